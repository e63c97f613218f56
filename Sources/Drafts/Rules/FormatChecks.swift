internal import Basics
internal import ProviderFormat

extension Field.Format {
  /// Whether a value has the format. Hand-written on bytes, so that no secret gets into a library's hands.
  func accepts(_ bytes: RawSpan) -> Bool {
    switch self {
    case .hostname: bytes.isHostname
    case .uuid: bytes.isUUID
    case .email: bytes.isEmail
    case .uri: bytes.isAbsoluteURI
    }
  }
}

extension RawSpan {
  /// Letters, digits, dots and hyphens, at least one.
  var isHostname: Bool {
    !isEmpty
      && !contains {
        !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-")
      }
  }

  /// The text form of RFC 9562: version 1 to 8 and variant 8 to b, or nil, or max.
  var isUUID: Bool {
    guard hasFormOfUUID else { return false }
    let digits = (0..<36).compactMap { self[$0].hexValue }
    if digits.allSatisfy({ $0 == 0 }) || digits.allSatisfy({ $0 == 15 }) { return true }
    let (version, variant) = (self[14].hexValue ?? 0, self[19].hexValue ?? 0)
    return (1...8).contains(version) && (8...11).contains(variant)
  }

  /// 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, whatever version they name.
  var hasFormOfUUID: Bool {
    guard byteCount == 36 else { return false }
    return (0..<36).allSatisfy { offset in
      [8, 13, 18, 23].contains(offset)
        ? self[offset] == UInt8(ascii: "-") : self[offset].hexValue != nil
    }
  }

  /// One `@` with something before it, and a domain with a dot that is not at its ends; no blanks.
  var isEmail: Bool {
    guard !contains(where: { $0 <= 0x20 || $0 == 0x7F }),
      let at = firstOffset(where: { $0 == UInt8(ascii: "@") }), at > 0,
      firstOffset(from: at + 1, where: { $0 == UInt8(ascii: "@") }) == nil
    else { return false }
    let domain = extracting(at + 1..<byteCount)
    guard domain.isHostname, domain[0] != UInt8(ascii: "."),
      domain[domain.byteCount - 1] != UInt8(ascii: ".")
    else { return false }
    return domain.contains { $0 == UInt8(ascii: ".") }
  }

  /// A scheme, a colon and something behind it; for http and https a host.
  var isAbsoluteURI: Bool {
    guard !contains(where: { $0 <= 0x20 || $0 == 0x7F }),
      let colon = firstOffset(where: { $0 == UInt8(ascii: ":") }), colon > 0, self[0].isLetter,
      colon + 1 < byteCount
    else { return false }
    let scheme = extracting(0..<colon)
    let isScheme = !scheme.contains { !$0.isLetter && !$0.isDigit && !"+-.".utf8.contains($0) }
    guard isScheme else { return false }
    guard hasIgnoringCase("http:".utf8) || hasIgnoringCase("https:".utf8) else { return true }
    return (try? Origin(ofAddress: self)) != nil
  }
}
