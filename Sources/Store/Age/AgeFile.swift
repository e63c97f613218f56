internal import Basics
internal import Crypto
internal import Secrets

/// Files in the age v1 format (c2sp.org/age), whole in memory. Plaintext stays in locked buffers.
///
/// `age -d -i IDENTITY` opens what is written here, and the other way round.
enum AgeFile {
  /// Seals to recipients. Each of them alone can open the file.
  /// - Throws: `.header` for no recipient, or for post-quantum recipients mixed with others: the weaker one would
  ///   decide.
  static func seal(
    _ plaintext: borrowing SecretBuffer, to recipients: [AgeRecipient]
  ) throws(AgeError) -> [UInt8] {
    guard !recipients.isEmpty else { throw .header("there is no recipient to seal to") }
    guard Set(recipients.map(\.isPostQuantum)).count == 1 else {
      throw .header("post-quantum recipients are not mixed with others")
    }
    let fileKey = SecretBuffer(random: AgePrimitives.fileKeyLength)
    var stanzas: [AgeStanza] = []
    for recipient in recipients { stanzas.append(try recipient.wrap(fileKey)) }
    return try seal(plaintext, stanzas, fileKey)
  }

  /// Seals with a passphrase.
  static func seal(
    _ plaintext: borrowing SecretBuffer, passphrase: borrowing SecretBuffer,
    workFactor: Int = AgePassphrase.defaultWorkFactor
  ) throws(AgeError) -> [UInt8] {
    let fileKey = SecretBuffer(random: AgePrimitives.fileKeyLength)
    let stanza = try AgePassphrase.wrap(fileKey, with: passphrase, workFactor: workFactor)
    return try seal(plaintext, [stanza], fileKey)
  }

  /// Whether the file wants a passphrase. False also for what is no age file.
  static func wantsPassphrase(_ file: [UInt8]) -> Bool {
    (try? AgeHeader(parsing: file))?.stanzas.first?.type == AgePassphrase.stanzaType
  }

  /// Opens a file and adds its content to `plaintext`.
  static func open(
    _ file: [UInt8], with identities: borrowing AgeIdentities, into plaintext: inout SecretBuffer
  ) throws(AgeError) {
    let header = try AgeHeader(parsing: file)
    let fileKey = try identities.unwrap(header.stanzas)
    try open(file, header, fileKey, into: &plaintext)
  }

  /// Opens a file with a passphrase and adds its content to `plaintext`.
  static func open(
    _ file: [UInt8], passphrase: borrowing SecretBuffer,
    limit: Int = AgePassphrase.defaultWorkFactor, into plaintext: inout SecretBuffer
  ) throws(AgeError) {
    let header = try AgeHeader(parsing: file)
    let fileKey = try AgePassphrase.unwrap(header.stanzas, with: passphrase, limit: limit)
    try open(file, header, fileKey, into: &plaintext)
  }

  private static func seal(
    _ plaintext: borrowing SecretBuffer, _ stanzas: [AgeStanza], _ fileKey: borrowing SecretBuffer
  ) throws(AgeError) -> [UInt8] {
    var file = AgeHeader.text(of: stanzas)
    let key = AgePrimitives.derive(from: fileKey, salt: [], info: "header")
    let mac = HMAC<SHA256>.authenticationCode(for: file, using: key)
    file.append(UInt8(ascii: " "))
    file += Base64.unpadded.encode(Array(mac))
    file.append(UInt8(ascii: "\n"))
    try plaintext.withBytes { bytes throws(AgeError) in
      try AgeStream.seal(bytes, fileKey: fileKey, into: &file)
    }
    return file
  }

  private static func open(
    _ file: [UInt8], _ header: AgeHeader, _ fileKey: borrowing SecretBuffer,
    into plaintext: inout SecretBuffer
  ) throws(AgeError) {
    let key = AgePrimitives.derive(from: fileKey, salt: [], info: "header")
    guard
      HMAC<SHA256>.isValidAuthenticationCode(
        header.mac, authenticating: header.authenticated, using: key)
    else { throw .authentication }
    try AgeStream.open(file, from: header.length, fileKey: fileKey, into: &plaintext)
  }
}
