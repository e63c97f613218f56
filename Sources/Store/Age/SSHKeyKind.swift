internal import Basics

/// Kinds of SSH keys that nothing is sealed to here and that open nothing.
package enum SSHKeyKind: String, CaseIterable, Sendable {
  /// age's way with them, RSA with a label of its own, is not offered by the library that does the arithmetic.
  case rsa = "ssh-rsa"
  case dsa = "ssh-dss"
  case p256 = "ecdsa-sha2-nistp256"
  case p384 = "ecdsa-sha2-nistp384"
  case p521 = "ecdsa-sha2-nistp521"
  /// In a security key, which signs and can do nothing else.
  case ed25519InHardware = "sk-ssh-ed25519@openssh.com"
  case p256InHardware = "sk-ecdsa-sha2-nistp256@openssh.com"

  /// Nil for a name of another kind.
  init?(_ name: RawSpan) {
    guard let kind = SSHKeyKind.allCases.first(where: { name.equals($0.rawValue.utf8) }) else {
      return nil
    }
    self = kind
  }
}
