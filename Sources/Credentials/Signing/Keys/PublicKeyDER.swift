internal import Secrets

/// The DER form of public keys.
enum PublicKeyDER {
  /// SubjectPublicKeyInfo of a PEM key: a public one as it is, the public half of a private RSA key.
  static func spki(ofPEM text: RawSpan) -> SecretBuffer? {
    if text.firstOffset(of: "-----BEGIN PUBLIC KEY-----".utf8) != nil { return PEM.decode(text) }
    guard let der = try? PEM.privateKey(text) else { return nil }
    return der.withBytes { der in
      guard let part = PrivateKeyDER.rsaPublicPart(der) else { return nil }
      var key = SecretWriter()
      key.append(der: DERReader.sequence, der.extracting(part))
      var algorithm = SecretWriter()
      algorithm.append(DERReader.identifier)
      algorithm.append(UInt8(KeyIdentifier.rsa.count))
      for byte in KeyIdentifier.rsa { algorithm.append(byte) }
      algorithm.append(0x05)
      algorithm.append(0x00)
      // A BIT STRING says first how many bits of its last byte are unused: none.
      var bits = SecretWriter()
      bits.append(0x00)
      key.withBytes { bits.append($0) }
      var content = SecretWriter()
      algorithm.withBytes { content.append(der: DERReader.sequence, $0) }
      bits.withBytes { content.append(der: 0x03, $0) }
      var whole = SecretWriter()
      content.withBytes { whole.append(der: DERReader.sequence, $0) }
      return whole.finish()
    }
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
