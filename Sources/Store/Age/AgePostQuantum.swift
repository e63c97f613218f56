internal import Basics
internal import Crypto
internal import FoundationEssentials
internal import Secrets

/// The ML-KEM-768 with X25519 recipient type of age v1: HPKE (RFC 9180) in base mode over X-Wing.
///
/// swift-crypto does not wipe the 32-byte seed it copies for X-Wing, so one copy of such an identity may stay on the
/// heap after use; X25519 identities leave none. One more reason why this kind is only made when asked for.
enum AgePostQuantum {
  static let stanzaType = "mlkem768x25519"
  /// In words for a person.
  static let scheme = "ML-KEM-768 and X25519"
  private static let info = Data("age-encryption.org/mlkem768x25519".utf8)
  private static let suite = HPKE.Ciphersuite(
    kem: .XWingMLKEM768X25519, kdf: .HKDF_SHA256, aead: .chaChaPoly)
  /// An ML-KEM-768 ciphertext and an X25519 share.
  private static let encapsulatedLength = 1120
  private static let shareLength = 32

  static func publicKey(of seed: RawSpan) -> [UInt8]? {
    privateKey(seed).map { Array($0.publicKey.rawRepresentation) }
  }

  static func wrap(
    _ fileKey: borrowing SecretBuffer, for recipient: [UInt8]
  ) throws(AgeError) -> AgeStanza {
    do {
      let key = try XWingMLKEM768X25519.PublicKey(rawRepresentation: recipient)
      var sender = try HPKE.Sender(recipientKey: key, ciphersuite: suite, info: info)
      let body = try fileKey.withBytes { bytes in
        try unsafe bytes.withUnsafeBytes { try unsafe sender.seal($0) }
      }
      let share = Base64.unpadded.encode(sender.encapsulatedKey)
      return AgeStanza(
        type: stanzaType, arguments: [String(decoding: share, as: UTF8.self)], body: Array(body))
    } catch {
      throw .header("a post-quantum recipient is malformed")
    }
  }

  /// The file key, or nil when the stanza is for another identity.
  static func unwrap(_ stanza: AgeStanza, with seed: RawSpan) throws(AgeError) -> SecretBuffer? {
    guard stanza.arguments.count == 1,
      let encapsulated = Base64.unpadded.decode(stanza.arguments[0].utf8),
      encapsulated.count == encapsulatedLength
    else { throw .header("a post-quantum recipient is malformed") }
    try AgePrimitives.checkLength(ofWrappedKey: stanza.body)
    // X-Wing itself takes such points; age does not.
    guard !AgeX25519.isLowOrder(encapsulated.suffix(shareLength)) else {
      throw .header("a post-quantum share is a point of low order")
    }
    guard let key = privateKey(seed) else { throw .header("a post-quantum identity is malformed") }
    guard
      var recipient = try? HPKE.Recipient(
        privateKey: key, ciphersuite: suite, info: info, encapsulatedKey: Data(encapsulated)),
      var opened = try? recipient.open(stanza.body)
    else { return nil }
    var fileKey = SecretBuffer(capacity: AgePrimitives.fileKeyLength)
    guard AgePrimitives.move(&opened, into: &fileKey) else { return nil }
    return fileKey
  }

  private static func privateKey(_ seed: RawSpan) -> XWingMLKEM768X25519.PrivateKey? {
    unsafe seed.withUnsafeBytes { bytes in
      try? unsafe XWingMLKEM768X25519.PrivateKey(seedRepresentation: bytes, publicKey: nil)
    }
  }
}
