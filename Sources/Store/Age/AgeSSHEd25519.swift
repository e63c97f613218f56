internal import Basics
internal import Crypto
internal import FoundationEssentials
internal import Secrets
internal import Signing

/// The ssh-ed25519 recipient type that age has beside its own: X25519 with the SSH key's point and number, bound to the
/// key by a factor that is derived from it.
///
/// age multiplies the common secret with that factor. Here the other side's public point is multiplied before, which
/// comes to the same and leaves the secret in the library's wiped memory.
enum AgeSSHEd25519 {
  static let stanzaType = "ssh-ed25519"
  static let keyLength = 32
  private static let info = Array("age-encryption.org/v1/ssh-ed25519".utf8)
  private static let shareLength = 32

  /// The public key as SSH sends it (RFC 8709, section 4): the name of its kind and its bytes, each behind its length.
  static func wire(of key: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(stanzaType.utf8.count)] + Array(stanzaType.utf8) + [0, 0, 0, UInt8(key.count)]
      + key
  }

  /// The public key's point for X25519. Nil when it is none, or one that gives everybody the same secret.
  static func point(of key: [UInt8]) -> [UInt8]? {
    guard let point = Edwards25519.montgomery(key), !AgeX25519.isLowOrder(point[...]) else {
      return nil
    }
    return point
  }

  /// Whether a public key belongs to a seed, the sign of its point left aside.
  static func isPublicKey(_ key: [UInt8], of seed: RawSpan) -> Bool {
    privateKey(seed).map { Array($0.publicKey.rawRepresentation) } == Edwards25519.montgomery(key)
  }

  static func wrap(
    _ fileKey: borrowing SecretBuffer, for recipient: [UInt8]
  ) throws(AgeError) -> AgeStanza {
    guard let point = point(of: recipient) else {
      throw .header("an ssh-ed25519 recipient is malformed")
    }
    let wire = wire(of: recipient)
    let ephemeral = Curve25519.KeyAgreement.PrivateKey()
    let share = Array(ephemeral.publicKey.rawRepresentation)
    let key = try AgeX25519.wrapKey(
      ephemeral, with: multiplied(point, for: wire), salt: share + point, info: info)
    return AgeStanza(
      type: stanzaType,
      arguments: [tag(wire), String(decoding: Base64.unpadded.encode(share), as: UTF8.self)],
      body: try AgePrimitives.wrap(fileKey, with: key))
  }

  /// The file key, or nil when the stanza is for another identity.
  /// - Parameter publicKey: that of the seed.
  static func unwrap(
    _ stanza: AgeStanza, with seed: RawSpan, _ publicKey: [UInt8]
  ) throws(AgeError) -> SecretBuffer? {
    guard stanza.arguments.count == 2, let share = Base64.unpadded.decode(stanza.arguments[1].utf8),
      share.count == shareLength
    else { throw .header("an ssh-ed25519 recipient is malformed") }
    let wire = wire(of: publicKey)
    guard stanza.arguments[0] == tag(wire) else { return nil }
    try AgePrimitives.checkLength(ofWrappedKey: stanza.body)
    guard let own = privateKey(seed) else { throw .header("an ssh-ed25519 identity is malformed") }
    let salt = share + own.publicKey.rawRepresentation
    let key = try AgeX25519.wrapKey(
      own, with: multiplied(share, for: wire), salt: salt, info: info)
    return try AgePrimitives.unwrap(stanza.body, with: key)
  }

  /// The private number of a seed (RFC 8032, section 5.1.5), which X25519 itself prunes.
  private static func privateKey(_ seed: RawSpan) -> Curve25519.KeyAgreement.PrivateKey? {
    Digests.sha512(seed).withBytes { digest in
      unsafe digest.extracting(0..<keyLength).withUnsafeBytes { bytes in
        try? unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
      }
    }
  }

  /// Which key a stanza is for: the first bytes of its digest.
  private static func tag(_ wire: [UInt8]) -> String {
    String(decoding: Base64.unpadded.encode(Array(wire.sha256.prefix(4))), as: UTF8.self)
  }

  /// A point times the factor of a public key.
  private static func multiplied(
    _ point: [UInt8], for wire: [UInt8]
  ) throws(AgeError) -> [UInt8] {
    let factor = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: [UInt8]()), salt: wire, info: info,
      outputByteCount: AgePrimitives.keyLength)
    let key = unsafe factor.withUnsafeBytes { bytes in
      try? unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
    }
    guard let key else { throw .header("an ssh-ed25519 recipient is malformed") }
    return unsafe try AgeX25519.secret(key, with: point).withUnsafeBytes { unsafe Array($0) }
  }
}
