internal import Basics

/// Files in binary: DER (X.690), and the key stores of Java.
extension KeyFileKind {
  /// What the bytes are when they are one of these and nothing else.
  static func ofBinary(_ bytes: RawSpan) -> KeyFileKind? {
    if bytes.has([0xFE, 0xED, 0xFE, 0xED]) || bytes.has([0xCE, 0xCE, 0xCE, 0xCE]) {
      return .javaKeyStore
    }
    guard bytes.byteCount > 0, bytes[0] == DERReader.sequence, DERReader.isElement(bytes) else {
      return nil
    }
    var outer = DERReader(0..<bytes.byteCount)
    guard let content = outer.next(DERReader.sequence, in: bytes)?.content else { return nil }
    var members = DERReader(content)
    switch members.nextTag(in: bytes) {
    case DERReader.integer: return ofVersioned(&members, bytes)
    case DERReader.sequence: return ofUnversioned(members, content, bytes)
    case DERReader.identifier:
      let name = members.next(DERReader.identifier, in: bytes)?.content
      return name.map { bytes.extracting($0).has(identifierOfPKCS7) } == true ? .pkcs7 : nil
    default: return nil
    }
  }

  /// What begins with a number: private keys, the public key of PKCS #1, and PKCS #12.
  private static func ofVersioned(_ members: inout DERReader, _ bytes: RawSpan) -> KeyFileKind? {
    guard let version = members.next(DERReader.integer, in: bytes)?.content else { return nil }
    let next = members.nextTag(in: bytes)
    if next == DERReader.sequence, version.count == 1, bytes[version.lowerBound] == 3 {
      return .pkcs12
    }
    do throws(KeyFault) {
      let key = try PrivateKeyDER(bytes)
      return .privateKey(next == DERReader.sequence ? .pkcs8 : .traditional, key.kind)
    } catch {
      if error == .isPublic { return .publicKey }
      guard next == DERReader.sequence || next == DERReader.octets else { return nil }
      return .privateKey(next == DERReader.sequence ? .pkcs8 : .traditional, nil)
    }
  }

  /// What begins with a sequence: certificates and requests for them, public and encrypted keys.
  private static func ofUnversioned(
    _ members: DERReader, _ content: Range<Int>, _ bytes: RawSpan
  ) -> KeyFileKind? {
    switch PrivateKeyDER.faultOfForeign(members, bytes) {
    case .encrypted: return .encryptedKey(.pkcs8)
    case .isPublic: return .publicKey
    case .isCertificate: break
    case .notPEM, .unknownForm, .wrongKind, .badNumbers, .notJWK, .isPublicJWK, .isKeySet,
      .badKeyID, .notHex, .notPair, .empty:
      return nil
    }
    var outer = DERReader(content)
    guard let signed = outer.next(DERReader.sequence, in: bytes)?.content else { return nil }
    // A request has a number, a name and a key; a certificate many more members.
    var parts = DERReader(signed)
    guard parts.next(DERReader.integer, in: bytes) != nil else { return .certificate }
    var sequences = 0
    while parts.next(DERReader.sequence, in: bytes) != nil { sequences += 1 }
    return sequences == 2 ? .certificateRequest : .certificate
  }

  /// 1.2.840.113549.1.7, of which the kinds of PKCS #7 are parts.
  private static let identifierOfPKCS7: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
}
