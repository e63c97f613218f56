/// Finds keys in PKCS #8 and PKCS #1.
enum PrivateKeyDER {
  static let rsa: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
  static let ed25519: [UInt8] = [0x2B, 0x65, 0x70]

  /// The 32 bytes of an Ed25519 key.
  static func ed25519Seed(_ der: RawSpan) -> Range<Int>? {
    guard let key = key(in: der, algorithm: ed25519) else { return nil }
    var reader = DERReader(key)
    guard let seed = reader.next(DERReader.octets, in: der)?.content, seed.count == 32 else {
      return nil
    }
    return seed
  }

  /// Modulus and public exponent, as the two whole elements that stand side by side.
  static func rsaPublicPart(_ der: RawSpan) -> Range<Int>? {
    let whole = 0..<der.byteCount
    var reader = DERReader(key(in: der, algorithm: rsa) ?? whole)
    guard let content = reader.next(DERReader.sequence, in: der)?.content else { return nil }
    var members = DERReader(content)
    guard members.next(DERReader.integer, in: der) != nil,
      let modulus = members.next(DERReader.integer, in: der)?.whole,
      let exponent = members.next(DERReader.integer, in: der)?.whole,
      modulus.count > 64
    else { return nil }
    return modulus.lowerBound..<exponent.upperBound
  }

  /// The content of PKCS #8's private key, if it is one for the algorithm.
  private static func key(in der: RawSpan, algorithm: [UInt8]) -> Range<Int>? {
    var outer = DERReader(0..<der.byteCount)
    guard let content = outer.next(DERReader.sequence, in: der)?.content else { return nil }
    var members = DERReader(content)
    guard members.next(DERReader.integer, in: der) != nil,
      let kind = members.next(DERReader.sequence, in: der)?.content
    else { return nil }
    var kindReader = DERReader(kind)
    guard let identifier = kindReader.next(DERReader.identifier, in: der)?.content,
      der.extracting(identifier).equals(algorithm)
    else { return nil }
    return members.next(DERReader.octets, in: der)?.content
  }
}
