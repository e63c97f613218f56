internal import FoundationEssentials
internal import Secrets

/// The DER form of public keys.
enum PublicKeyDER {
  /// SubjectPublicKeyInfo of a PEM key: a public one as it is, of a private one its public half.
  static func spki(ofPEM text: RawSpan) -> SecretBuffer? {
    if text.firstOffset(of: "-----BEGIN PUBLIC KEY-----".utf8) != nil { return PEM.decode(text) }
    guard let der = try? PEM.privateKey(text) else { return nil }
    return der.withBytes { der in
      guard let found = try? PrivateKeyDER(der) else { return nil }
      guard let algorithm = algorithm(of: found.kind) else { return rsa(der) }
      let key = try? SigningKey(found.kind, der.extracting(found.range), for: algorithm)
      return key?.publicKeyDER()
    }
  }

  /// An algorithm that a curve's key signs by; nil for other kinds.
  private static func algorithm(of kind: KeyKind) -> TokenAlgorithm? {
    switch kind {
    case .shared, .rsa: nil
    case .p256: .es256
    case .p384: .es384
    case .p521: .es512
    case .ed25519: .edDSA
    }
  }

  private static func rsa(_ der: RawSpan) -> SecretBuffer? {
    guard let part = PrivateKeyDER.rsaPublicPart(der) else { return nil }
    var key = SecretWriter()
    key.append(der: DERReader.sequence, der.extracting(part))
    return key.withBytes { info(KeyIdentifier.rsa, parameters: [0x05, 0x00], key: $0) }
  }

  /// RFC 8410, section 4. No parameters stand beside the algorithm's name.
  static func ed25519(_ key: some ContiguousBytes) -> SecretBuffer? {
    SecretBuffer(copying: key).withBytes { info(KeyIdentifier.ed25519, parameters: [], key: $0) }
  }

  private static func info(
    _ identifier: [UInt8], parameters: [UInt8], key: RawSpan
  ) -> SecretBuffer? {
    var algorithm = SecretWriter()
    algorithm.append(DERReader.identifier)
    algorithm.append(UInt8(identifier.count))
    for byte in identifier + parameters { algorithm.append(byte) }
    // A BIT STRING says first how many bits of its last byte are unused: none.
    var bits = SecretWriter()
    bits.append(0x00)
    bits.append(key)
    var content = SecretWriter()
    algorithm.withBytes { content.append(der: DERReader.sequence, $0) }
    bits.withBytes { content.append(der: DERReader.bits, $0) }
    var whole = SecretWriter()
    content.withBytes { whole.append(der: DERReader.sequence, $0) }
    return whole.finish()
  }
}

extension SecretWriter {
  /// One element: tag, length, content.
  fileprivate mutating func append(der tag: UInt8, _ content: RawSpan) {
    append(tag)
    let length = content.byteCount
    if length < 0x80 {
      append(UInt8(length))
    } else {
      let bytes = stride(from: 24, through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: length >> $0)
      }
      .drop { $0 == 0 }
      append(0x80 | UInt8(bytes.count))
      for byte in bytes { append(byte) }
    }
    append(content)
  }
}
