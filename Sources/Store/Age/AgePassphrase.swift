internal import Basics
internal import Crypto
internal import CryptoExtras
internal import Secrets

/// The scrypt recipient type of age v1: a passphrase.
enum AgePassphrase {
  static let stanzaType = "scrypt"
  /// What we write: 2^18 rounds are 256 MiB and about a second.
  static let defaultWorkFactor = 18
  /// The most we compute, whoever asks: 2^20 rounds are 1 GiB, and what other programs come to on a fast machine. A
  /// file could otherwise stop this one.
  static let largestWorkFactor = 20
  private static let label = Array("age-encryption.org/v1/scrypt".utf8)
  private static let saltLength = 16

  static func wrap(
    _ fileKey: borrowing SecretBuffer, with passphrase: borrowing SecretBuffer, workFactor: Int
  ) throws(AgeError) -> AgeStanza {
    precondition((1...largestWorkFactor).contains(workFactor))
    let salt = SystemRandom.bytes(saltLength)
    let key = try key(from: passphrase, salt: salt, workFactor: workFactor)
    let text = String(decoding: Base64.unpadded.encode(salt), as: UTF8.self)
    return AgeStanza(
      type: stanzaType, arguments: [text, String(workFactor)],
      body: try AgePrimitives.wrap(fileKey, with: key))
  }

  /// The file key. A file that asks for too much work is refused before any is done.
  /// - Throws: `.header`, `.noMatch` for a wrong passphrase or a file that wants none.
  static func unwrap(
    _ stanzas: [AgeStanza], with passphrase: borrowing SecretBuffer
  ) throws(AgeError) -> SecretBuffer {
    guard let stanza = stanzas.first, stanza.type == stanzaType else { throw .noMatch }
    guard stanza.arguments.count == 2, let salt = Base64.unpadded.decode(stanza.arguments[0].utf8),
      salt.count == saltLength, let workFactor = number(stanza.arguments[1])
    else { throw .header("its passphrase entry is malformed") }
    try AgePrimitives.checkLength(ofWrappedKey: stanza.body)
    guard workFactor <= largestWorkFactor else {
      throw .header(
        "its passphrase entry asks for the scrypt work factor \(workFactor), and usher computes "
          + "\(largestWorkFactor) at most")
    }
    let key = try key(from: passphrase, salt: salt, workFactor: workFactor)
    guard let fileKey = try AgePrimitives.unwrap(stanza.body, with: key) else { throw .noMatch }
    return fileKey
  }

  /// A decimal number without sign and leading zero; nil also when it is far too large.
  private static func number(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ $0.isDigit }), !text.hasPrefix("0") else {
      return nil
    }
    return Int(text)
  }

  private static func key(
    from passphrase: borrowing SecretBuffer, salt: [UInt8], workFactor: Int
  ) throws(AgeError) -> SymmetricKey {
    do {
      return try passphrase.withBytes { bytes in
        try unsafe bytes.withUnsafeBytes { passphrase in
          try unsafe KDF.Scrypt.deriveKey(
            from: passphrase, salt: label + salt, outputByteCount: AgePrimitives.keyLength,
            rounds: 1 << workFactor, blockSize: 8, parallelism: 1)
        }
      }
    } catch {
      throw .header("there is not enough memory for its passphrase entry")
    }
  }
}
