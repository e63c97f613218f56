internal import Basics

/// What of an X.509 certificate (RFC 5280, section 4.1) tells how strong it is and who issued it. Reading verifies nothing.
package struct CertificateOutline: Equatable, Sendable {
  /// A hash that can be forged is part of the issuer's signature: MD5 or SHA-1.
  package let hasWeakSignature: Bool
  /// The length of the key's modulus in bits; nil for a key that is not RSA.
  package let rsaBits: Int?
  /// Whether it was issued by the one whom it names, as authorities' own certificates are.
  package let isSelfIssued: Bool
  /// The issuer's name and its own, in DER: to be compared with those of others.
  package let issuer: [UInt8]
  /// The name it was issued to, in DER, tag and length included.
  package let subject: [UInt8]
  /// What the issuer has signed, how, and its signature; all in DER but the last.
  let signed: [UInt8]
  let algorithm: [UInt8]
  let signature: [UInt8]
  /// SubjectPublicKeyInfo.
  let publicKey: [UInt8]

  /// Nil when the bytes are no certificate in DER.
  package init?(der: RawSpan) {
    var outer = DERReader(0..<der.byteCount)
    guard let whole = outer.next(DERReader.sequence, in: der) else { return nil }
    var parts = DERReader(whole.content)
    guard let body = parts.next(DERReader.sequence, in: der),
      let algorithm = parts.next(DERReader.sequence, in: der)?.content,
      let signature = parts.next(DERReader.bits, in: der)?.content
    else { return nil }
    var members = DERReader(body.content)
    // The version, which the oldest certificates do not have.
    _ = members.next(DERReader.firstTagged, in: der)
    guard members.next(DERReader.integer, in: der) != nil,
      members.next(DERReader.sequence, in: der) != nil,
      let issuer = members.next(DERReader.sequence, in: der)?.whole,
      members.next(DERReader.sequence, in: der) != nil,
      let subject = members.next(DERReader.sequence, in: der)?.whole,
      let key = members.next(DERReader.sequence, in: der)
    else { return nil }
    signed = der.extracting(body.whole).copied()
    self.algorithm = der.extracting(algorithm).copied()
    // The first byte counts the bits that are not used: none, or it is no signature.
    let bytes = der.extracting(signature).copied()
    self.signature = bytes.first == 0 ? Array(bytes.dropFirst()) : []
    publicKey = der.extracting(key.whole).copied()
    self.issuer = der.extracting(issuer).copied()
    self.subject = der.extracting(subject).copied()
    isSelfIssued = self.issuer == self.subject
    hasWeakSignature = Self.isWeak(der.extracting(algorithm))
    rsaBits = Self.rsaBits(key.content, der)
  }

  static let rsaArc: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01]
  /// ecdsa-with-SHA1 and dsa-with-sha1.
  private static let otherWeak: [[UInt8]] = [
    [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01], [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x03],
  ]
  /// What SHA-256, 384 and 512 have in common.
  private static let strongHashes: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02]

  private static func isWeak(_ algorithm: RawSpan) -> Bool {
    var reader = DERReader(0..<algorithm.byteCount)
    guard let name = reader.next(DERReader.identifier, in: algorithm)?.content else { return true }
    let identifier = algorithm.extracting(name).copied()
    guard identifier.starts(with: rsaArc), identifier.count == rsaArc.count + 1 else {
      return otherWeak.contains(identifier)
    }
    switch identifier[rsaArc.count] {
    // MD2, MD4, MD5 and SHA-1 with RSA (RFC 8017, appendix C).
    case 2, 3, 4, 5: return true
    // RSASSA-PSS takes SHA-1 where its parameters name nothing else.
    case 10: return algorithm.firstOffset(of: strongHashes) == nil
    default: return false
    }
  }

  private static func rsaBits(_ key: Range<Int>, _ der: RawSpan) -> Int? {
    var members = DERReader(key)
    guard let algorithm = members.next(DERReader.sequence, in: der)?.content,
      let bits = members.next(DERReader.bits, in: der)?.content, bits.count > 1
    else { return nil }
    var names = DERReader(algorithm)
    guard let name = names.next(DERReader.identifier, in: der)?.content,
      der.extracting(name).has(rsaArc)
    else { return nil }
    // The first byte counts the bits that are not used: none.
    var inner = DERReader(bits.lowerBound + 1..<bits.upperBound)
    guard let numbers = inner.next(DERReader.sequence, in: der)?.content else { return nil }
    var reader = DERReader(numbers)
    guard var modulus = reader.next(DERReader.integer, in: der)?.content else { return nil }
    while !modulus.isEmpty, der[modulus.lowerBound] == 0 {
      modulus = modulus.lowerBound + 1..<modulus.upperBound
    }
    guard !modulus.isEmpty else { return 0 }
    return modulus.count * 8 - der[modulus.lowerBound].leadingZeroBitCount
  }
}
