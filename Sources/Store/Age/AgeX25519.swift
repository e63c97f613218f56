internal import Basics
internal import Crypto
internal import FoundationEssentials
internal import Secrets

/// The X25519 recipient type of age v1.
enum AgeX25519 {
  static let stanzaType = "X25519"
  private static let info = Array("age-encryption.org/v1/X25519".utf8)
  private static let shareLength = 32

  static func publicKey(of seed: RawSpan) -> [UInt8]? {
    unsafe seed.withUnsafeBytes { bytes in
      let key = try? unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
      return key.map { Array($0.publicKey.rawRepresentation) }
    }
  }

  static func wrap(
    _ fileKey: borrowing SecretBuffer, for recipient: [UInt8]
  ) throws(AgeError) -> AgeStanza {
    let ephemeral = Curve25519.KeyAgreement.PrivateKey()
    let share = Array(ephemeral.publicKey.rawRepresentation)
    let key = try wrapKey(
      ephemeral, with: recipient, salt: share + recipient, info: info)
    return AgeStanza(
      type: stanzaType, arguments: [String(decoding: Base64.unpadded.encode(share), as: UTF8.self)],
      body: try AgePrimitives.wrap(fileKey, with: key))
  }

  /// The file key, or nil when the stanza is for another identity.
  static func unwrap(_ stanza: AgeStanza, with seed: RawSpan) throws(AgeError) -> SecretBuffer? {
    guard stanza.arguments.count == 1, let share = Base64.unpadded.decode(stanza.arguments[0].utf8),
      share.count == shareLength
    else { throw .header("an X25519 recipient is malformed") }
    try AgePrimitives.checkLength(ofWrappedKey: stanza.body)
    let own = unsafe seed.withUnsafeBytes { bytes in
      try? unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
    }
    guard let own else { throw .header("an X25519 identity is malformed") }
    let salt = share + own.publicKey.rawRepresentation
    let key = try wrapKey(own, with: share, salt: salt, info: info)
    return try AgePrimitives.unwrap(stanza.body, with: key)
  }

  /// Whether a point gives every key the same, all-zero secret.
  static func isLowOrder(_ point: ArraySlice<UInt8>) -> Bool {
    let probe = Curve25519.KeyAgreement.PrivateKey()
    return (try? secret(probe, with: Array(point))) == nil
  }

  /// The key that a file key is wrapped by, of two keys' common secret.
  static func wrapKey(
    _ own: Curve25519.KeyAgreement.PrivateKey, with other: [UInt8], salt: [UInt8], info: [UInt8]
  ) throws(AgeError) -> SymmetricKey {
    try unsafe secret(own, with: other).withUnsafeBytes { secret in
      unsafe AgePrimitives.derive(from: RawSpan(_unsafeBytes: secret), salt: salt, info: info)
    }
  }

  /// swift-crypto hands out an all-zero secret for points of low order; with it anybody could open the file.
  static func secret(
    _ own: Curve25519.KeyAgreement.PrivateKey, with other: [UInt8]
  ) throws(AgeError) -> SharedSecret {
    guard let point = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: other),
      let secret = try? own.sharedSecretFromKeyAgreement(with: point)
    else { throw .header("an X25519 share is malformed") }
    let sum = unsafe secret.withUnsafeBytes { bytes in
      unsafe bytes.reduce(UInt8(0)) { $0 | $1 }
    }
    guard sum != 0 else { throw .header("an X25519 share is a point of low order") }
    return secret
  }
}
