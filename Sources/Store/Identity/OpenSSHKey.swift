internal import Basics
internal import Secrets
internal import Signing

/// A private key in a file of OpenSSH (its `PROTOCOL.key`), as `ssh-keygen -t ed25519` writes it without a passphrase.
enum OpenSSHKey {
  /// What stands in the line before the key.
  static let label = "OPENSSH PRIVATE KEY"
  private static let magic = "openssh-key-v1\0"
  private static let keyLength = AgeSSHEd25519.keyLength
  /// What stands for no cipher, and for no way from a passphrase to its key.
  private static let none = "none"

  /// Reads the key whose Base64 stands in a range of a text, and adds it.
  static func read(
    _ range: Range<Int>, of text: RawSpan, into identities: inout AgeIdentities
  ) throws(IdentityFileError) {
    guard let file = PEM.decode(range, of: text) else { throw .damagedSSH }
    let length = magic.utf8.count
    try file.withBytes { bytes throws(IdentityFileError) in
      guard bytes.has(magic.utf8) else { throw .damagedSSH }
      var reader = SSHReader(length..<bytes.byteCount)
      guard let cipher = reader.text(in: bytes), reader.text(in: bytes) != nil,
        reader.text(in: bytes) != nil, reader.number(in: bytes) == 1,
        let publicHalf = reader.text(in: bytes), let privateHalf = reader.text(in: bytes),
        reader.isAtEnd
      else { throw .damagedSSH }
      let wire = bytes.extracting(publicHalf)
      try requireKind(wire)
      guard bytes.extracting(cipher).equals(none.utf8) else { throw .protectedSSH }
      guard add(bytes.extracting(privateHalf), wire, to: &identities) else { throw .damagedSSH }
    }
  }

  /// Adds a key as a text that `ssh-keygen` and `age` read, without a line end. False when it does not fit.
  static func write(_ seed: RawSpan, _ publicKey: [UInt8], to text: inout SecretBuffer) -> Bool {
    let wire = AgeSSHEd25519.wire(of: publicKey)
    // Twice the same, which shows whether a passphrase was the right one; there is none.
    let check = SystemRandom.bytes(4)
    var half = SecretBuffer(capacity: 256)
    half.append(text: check + check + wire + number(seed.byteCount + publicKey.count))
    half.append(seed)
    half.append(text: publicKey + number(0))
    var padding: UInt8 = 1
    while !half.count.isMultiple(of: 8) {
      half.append(padding)
      padding += 1
    }

    var file = SecretBuffer(capacity: 512)
    file.append(text: magic)
    for word in [none, none, ""] {
      file.append(text: number(word.utf8.count))
      file.append(text: word)
    }
    file.append(text: number(1) + number(wire.count) + wire + number(half.count))
    half.withBytes { _ = file.append($0) }
    var pem = SecretWriter()
    PEM.write(file, label: label, to: &pem)
    return pem.withBytes { text.append($0, 0..<$0.byteCount - 1) }
  }

  /// Refuses a key of another kind by its name. Also one with a passphrase has that in the clear.
  private static func requireKind(_ wire: RawSpan) throws(IdentityFileError) {
    var reader = SSHReader(0..<wire.byteCount)
    guard let range = reader.text(in: wire) else { throw .damagedSSH }
    let name = wire.extracting(range)
    guard !name.equals(AgeSSHEd25519.stanzaType.utf8) else { return }
    throw .ssh(SSHKeyKind(name))
  }

  /// Adds what is in the private half. False when anything in it is not as it was written.
  private static func add(
    _ half: RawSpan, _ wire: RawSpan, to identities: inout AgeIdentities
  ) -> Bool {
    var reader = SSHReader(0..<half.byteCount)
    guard let check = reader.number(in: half), reader.number(in: half) == check,
      let kind = reader.text(in: half), half.extracting(kind).equals(AgeSSHEd25519.stanzaType.utf8),
      let publicKey = reader.text(in: half).map({ half.extracting($0).copied() }),
      let both = reader.text(in: half), both.count == 2 * keyLength,
      reader.text(in: half) != nil
    else { return false }
    let padding = reader.offset..<half.byteCount
    guard padding.allSatisfy({ Int(half[$0]) == $0 - padding.lowerBound + 1 }),
      wire.equals(AgeSSHEd25519.wire(of: publicKey)),
      half.extracting(both.lowerBound + keyLength..<both.upperBound).equals(publicKey)
    else { return false }
    let seed = half.extracting(both.lowerBound..<both.lowerBound + keyLength)
    return identities.append(sshEd25519: seed, publicKey: publicKey)
  }

  private static func number(_ number: Int) -> [UInt8] {
    [0, 0, UInt8(number >> 8), UInt8(number & 0xFF)]
  }
}
