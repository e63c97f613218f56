internal import Basics
internal import Secrets

/// A public key that files are sealed to. Not a secret.
package enum AgeRecipient: Hashable, Sendable {
  /// `age1…`: 32 bytes, the default. Every age implementation opens such files.
  case x25519([UInt8])
  /// `age1pq…`: ML-KEM-768 with X25519, 1216 bytes. Also safe against a future quantum computer; needs age 1.3.
  case postQuantum([UInt8])
  /// `ssh-ed25519 …`: the 32 bytes of an SSH key, which opens such files by itself.
  case sshEd25519([UInt8])

  static let x25519Prefix = "age"
  static let postQuantumPrefix = "age1pq"
  static let x25519Length = 32
  static let postQuantumLength = 1216

  /// The text that age reads, in one line; that of an SSH key without a comment.
  package var text: String {
    switch self {
    case .x25519(let key): AgeRecipient.text(key, AgeRecipient.x25519Prefix)
    case .postQuantum(let key): AgeRecipient.text(key, AgeRecipient.postQuantumPrefix)
    case .sshEd25519(let key):
      AgeSSHEd25519.stanzaType + " "
        + String(decoding: Base64.padded.encode(AgeSSHEd25519.wire(of: key)), as: UTF8.self)
    }
  }

  private static func text(_ key: [UInt8], _ prefix: String) -> String {
    var text = SecretBuffer(capacity: key.count * 2 + 32)
    let isEncoded = unsafe Bech32.encode(key.span.bytes, prefix: prefix, into: &text)
    precondition(isEncoded)
    return text.withBytes { String(decoding: $0.copied(), as: UTF8.self) }
  }

  /// Whether a file sealed to it stays closed to a future quantum computer.
  package var isPostQuantum: Bool {
    switch self {
    case .x25519: false
    case .postQuantum: true
    case .sshEd25519: false
    }
  }

  /// What a file key is wrapped by, in words for a person.
  var scheme: String {
    switch self {
    case .x25519: AgeX25519.stanzaType
    case .postQuantum: AgePostQuantum.scheme
    case .sshEd25519: AgeSSHEd25519.stanzaType
    }
  }

  /// Wraps a file key for this recipient.
  func wrap(_ fileKey: borrowing SecretBuffer) throws(AgeError) -> AgeStanza {
    switch self {
    case .x25519(let key): try AgeX25519.wrap(fileKey, for: key)
    case .postQuantum(let key): try AgePostQuantum.wrap(fileKey, for: key)
    case .sshEd25519(let key): try AgeSSHEd25519.wrap(fileKey, for: key)
    }
  }
}
