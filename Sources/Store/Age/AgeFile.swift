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
    let fileKey = SecretBuffer(random: AgePrimitives.fileKeyLength)
    return try seal(plaintext, wrap(fileKey, for: recipients), fileKey)
  }

  /// The key of a file, wrapped for each of its recipients. Throws as `seal` does.
  static func wrap(
    _ fileKey: borrowing SecretBuffer, for recipients: [AgeRecipient]
  ) throws(AgeError) -> [AgeStanza] {
    guard !recipients.isEmpty else { throw .header("there is no recipient to seal to") }
    guard Set(recipients.map(\.isPostQuantum)).count == 1 else {
      throw .header("post-quantum recipients are not mixed with others")
    }
    var stanzas: [AgeStanza] = []
    for recipient in recipients { stanzas.append(try recipient.wrap(fileKey)) }
    return stanzas
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
    (try? AgeHeader(parsing: file))?.wantsPassphrase ?? false
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
    _ file: [UInt8], passphrase: borrowing SecretBuffer, into plaintext: inout SecretBuffer
  ) throws(AgeError) {
    let header = try AgeHeader(parsing: file)
    let fileKey = try AgePassphrase.unwrap(header.stanzas, with: passphrase)
    try open(file, header, fileKey, into: &plaintext)
  }

  private static func seal(
    _ plaintext: borrowing SecretBuffer, _ stanzas: [AgeStanza], _ fileKey: borrowing SecretBuffer
  ) throws(AgeError) -> [UInt8] {
    var file = AgeHeader.sealed(stanzas, with: fileKey)
    try plaintext.withBytes { bytes throws(AgeError) in
      try AgeStream.seal(bytes, fileKey: fileKey, into: &file)
    }
    return file
  }

  private static func open(
    _ file: [UInt8], _ header: AgeHeader, _ fileKey: borrowing SecretBuffer,
    into plaintext: inout SecretBuffer
  ) throws(AgeError) {
    try header.authenticate(with: fileKey)
    try AgeStream.open(file, from: header.length, fileKey: fileKey, into: &plaintext)
  }
}
