internal import Basics

/// Finds the private key in PKCS #8 (RFC 5208), PKCS #1 (RFC 8017) and SEC 1 (RFC 5915).
struct PrivateKeyDER {
  let kind: KeyKind
  /// For RSA the sequence of PKCS #1, for a curve the private number, for Ed25519 the seed.
  let range: Range<Int>

  init(_ der: RawSpan) throws(KeyFault) {
    var outer = DERReader(0..<der.byteCount)
    guard let whole = outer.next(DERReader.sequence, in: der) else { throw .notPEM }
    var members = DERReader(whole.content)
    guard members.next(DERReader.integer, in: der) != nil else {
      throw Self.faultOfForeign(members, der)
    }
    switch members.nextTag(in: der) {
    case DERReader.sequence: try self.init(pkcs8: &members, der)
    case DERReader.integer:
      _ = members.next(DERReader.integer, in: der)
      // The public key has two numbers only.
      if members.nextTag(in: der) == nil { throw .isPublic }
      self.init(kind: .rsa, range: whole.whole)
    case DERReader.octets: try self.init(sec1: whole.whole, curve: nil, der)
    default: throw .unknownForm
    }
  }

  private init(kind: KeyKind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  private init(pkcs8 members: inout DERReader, _ der: RawSpan) throws(KeyFault) {
    guard let algorithm = members.next(DERReader.sequence, in: der)?.content,
      let key = members.next(DERReader.octets, in: der)?.content
    else { throw .unknownForm }
    var reader = DERReader(algorithm)
    guard let name = reader.next(DERReader.identifier, in: der)?.content else {
      throw .unknownForm
    }
    let identifier = der.extracting(name)
    if identifier.equals(KeyIdentifier.rsa) {
      self.init(kind: .rsa, range: key)
    } else if identifier.equals(KeyIdentifier.rsaPSS) {
      self.init(kind: .rsaPSS, range: key)
    } else if identifier.equals(KeyIdentifier.ellipticCurve) {
      try self.init(
        sec1: key, curve: reader.next(DERReader.identifier, in: der)?.content, der)
    } else if identifier.equals(KeyIdentifier.ed25519) {
      var inner = DERReader(key)
      guard let seed = inner.next(DERReader.octets, in: der)?.content else { throw .badNumbers }
      self.init(kind: .ed25519, range: seed)
    } else {
      throw .unknownForm
    }
  }

  /// - Parameter curve: where PKCS #8 names it; nil when the key itself does.
  private init(sec1 key: Range<Int>, curve: Range<Int>?, _ der: RawSpan) throws(KeyFault) {
    var outer = DERReader(key)
    guard let content = outer.next(DERReader.sequence, in: der)?.content else {
      throw .unknownForm
    }
    var members = DERReader(content)
    guard members.next(DERReader.integer, in: der) != nil,
      let number = members.next(DERReader.octets, in: der)?.content
    else { throw .unknownForm }
    var curve = curve
    if curve == nil, let tagged = members.next(DERReader.firstTagged, in: der)?.content {
      var inner = DERReader(tagged)
      curve = inner.next(DERReader.identifier, in: der)?.content
    }
    guard let curve, let kind = KeyIdentifier.curve(der.extracting(curve)) else {
      throw .unknownForm
    }
    self.init(kind: kind, range: number)
  }

  /// What a sequence is that does not begin with a version.
  static func faultOfForeign(_ members: DERReader, _ der: RawSpan) -> KeyFault {
    var members = members
    guard members.next(DERReader.sequence, in: der) != nil else { return .unknownForm }
    return switch members.nextTag(in: der) {
    case DERReader.octets: .encrypted
    case DERReader.bits: .isPublic
    case DERReader.sequence: .isCertificate
    default: .unknownForm
    }
  }
}
