internal import Basics
internal import Secrets

/// Reading the text of a recipient: the one place that does.
extension AgeRecipient {
  /// Nil when the text is no recipient of a kind we know.
  package init?(_ text: String) {
    do throws(AgeRecipientError) {
      try self.init(parsing: text)
    } catch {
      return nil
    }
  }

  /// Reads `age1…`, or a line of an SSH public key, as in a file `.pub`: its comment is left aside. Blanks around it do
  /// not count.
  package init(parsing text: String) throws(AgeRecipientError) {
    let words = text.utf8.split(whereSeparator: \.isBlank)
    guard let first = words.first else { throw .unknown }
    let name = String(Substring(first))
    guard !name.hasPrefix("AGE-"), !name.hasPrefix("-----BEGIN") else { throw .isPrivate }
    if words.count == 1, name.hasPrefix("age1") {
      self = try AgeRecipient.native(name)
    } else {
      self = try AgeRecipient.ssh(name, words.dropFirst().first.map { Array($0) })
    }
  }

  private static func native(_ text: String) throws(AgeRecipientError) -> AgeRecipient {
    let isPostQuantum = text.hasPrefix(postQuantumPrefix + "1")
    // No character of a key is a 1: what stands before another one is a plugin's name.
    let name = text.utf8.dropFirst(4).prefix { $0 != UInt8(ascii: "1") }
    if !isPostQuantum, name.count < text.utf8.count - 4 {
      guard !name.isEmpty, name.allSatisfy({ $0.isLowercase || $0.isDigit || $0 == 0x2D }) else {
        throw .damaged
      }
      throw .plugin(String(Substring(name)))
    }
    let length = isPostQuantum ? postQuantumLength : x25519Length
    var data = SecretBuffer(capacity: length)
    let isRead = text.withBytes { bytes in
      Bech32.decode(
        bytes, prefix: isPostQuantum ? postQuantumPrefix : x25519Prefix, into: &data)
    }
    guard isRead, data.count == length else { throw .damaged }
    let key = data.withBytes { $0.copied() }
    return isPostQuantum ? .postQuantum(key) : .x25519(key)
  }

  /// - Parameter base64: what stands behind the name: the name once more, and the key.
  private static func ssh(
    _ name: String, _ base64: [UInt8]?
  ) throws(AgeRecipientError) -> AgeRecipient {
    guard name == AgeSSHEd25519.stanzaType else {
      if let kind = SSHKeyKind(rawValue: name) { throw .ssh(kind) }
      let isSSH = ["ssh-", "ecdsa-", "sk-"].contains(where: name.hasPrefix)
      throw isSSH && base64 != nil ? .ssh(nil) : .unknown
    }
    guard let wire = base64.flatMap({ Base64.padded.decode($0) }) else { throw .damagedSSH }
    let key = Array(wire.suffix(AgeSSHEd25519.keyLength))
    guard wire == AgeSSHEd25519.wire(of: key), AgeSSHEd25519.point(of: key) != nil else {
      throw .damagedSSH
    }
    return .sshEd25519(key)
  }
}
