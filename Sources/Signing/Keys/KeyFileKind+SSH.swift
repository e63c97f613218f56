internal import Basics

/// Keys of SSH, in the forms of OpenSSH and of PuTTY.
extension KeyFileKind {
  /// What a text is that says so in its first words.
  static func ofSSH(_ text: RawSpan) -> KeyFileKind? {
    let putty = "PuTTY-User-Key-File-"
    if text.has(putty.utf8) {
      let end = text.firstOffset(where: \.isLineEnd) ?? text.byteCount
      let name = text.firstOffset(of: ": ".utf8).map { $0 + 2 }
      guard let name, name < end else { return .putty(nil) }
      return .putty(kind(text.extracting(name..<end)))
    }
    if text.has("---- BEGIN SSH2 PUBLIC KEY ----".utf8) { return .sshPublicKey }
    let names = ["ssh-rsa ", "ssh-dss ", "ssh-ed25519 ", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"]
    guard names.contains(where: { text.has($0.utf8) }), text.firstOffset(of: " AAAA".utf8) != nil
    else { return nil }
    return .sshPublicKey
  }

  /// What stands in a block of OpenSSH: a magic word, the cipher, two words about the passphrase, the number of keys,
  /// and the public half, which begins with its kind.
  static func ofOpenSSH(_ bytes: RawSpan) -> KeyFileKind? {
    let magic = "openssh-key-v1\0"
    guard bytes.has(magic.utf8) else { return nil }
    var reader = SSHReader(magic.utf8.count..<bytes.byteCount)
    guard let cipher = reader.text(in: bytes), reader.text(in: bytes) != nil,
      reader.text(in: bytes) != nil, reader.number(in: bytes) != nil,
      let half = reader.text(in: bytes), reader.text(in: bytes) != nil
    else { return nil }
    var publicHalf = SSHReader(half)
    let name = publicHalf.text(in: bytes)
    return .openSSH(
      name.flatMap { kind(bytes.extracting($0)) },
      isEncrypted: !bytes.extracting(cipher).equals("none".utf8))
  }

  private static func kind(_ name: RawSpan) -> KeyKind? {
    let kinds: [(name: String, kind: KeyKind)] = [
      ("ssh-rsa", .rsa), ("ssh-ed25519", .ed25519), ("ecdsa-sha2-nistp256", .p256),
      ("ecdsa-sha2-nistp384", .p384), ("ecdsa-sha2-nistp521", .p521),
    ]
    return kinds.first { name.equals($0.name.utf8) }?.kind
  }
}
