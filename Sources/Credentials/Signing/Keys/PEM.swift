internal import Secrets

/// Key files in PEM (RFC 7468), as they arrive in forms: with line ends that are missing or written as the two
/// characters `\n`, without their header lines, or wrapped in Base64 once more.
enum PEM {
  /// The bytes between the first BEGIN and END lines; nil when there are none.
  static func decode(_ text: RawSpan) -> SecretBuffer? {
    guard let block = nextBlock(in: text, from: 0), block.isClosed else { return nil }
    return compact(text, block.body).withBytes { SecretBuffer(base64: $0) }
  }

  /// The DER of a private key.
  static func privateKey(_ text: RawSpan) throws(KeyFault) -> SecretBuffer {
    try privateKey(text, wrapped: 0)
  }

  /// Keys wrapped in Base64 twice occur; more would be no key.
  private static let deepest = 3

  private struct Block {
    var label: Range<Int>
    var body: Range<Int>
    var isClosed: Bool
  }

  private static func privateKey(
    _ text: RawSpan, wrapped depth: Int
  ) throws(KeyFault) -> SecretBuffer {
    var fault = KeyFault.notPEM
    guard var block = nextBlock(in: text, from: 0) else {
      return try unwrap(text, 0..<text.byteCount, wrapped: depth)
    }
    while true {
      let label = text.shownText(block.label)
      if label.hasSuffix("PRIVATE KEY") {
        let isProtected = text.extracting(block.body).firstOffset(of: "ENCRYPTED".utf8) != nil
        if isProtected || label.hasPrefix("ENCRYPTED") { throw .encrypted }
        return try unwrap(text, block.body, wrapped: depth)
      }
      if label.hasSuffix("PUBLIC KEY") { fault = .isPublic }
      if label.hasSuffix("CERTIFICATE") { fault = .isCertificate }
      guard let next = nextBlock(in: text, from: block.body.upperBound) else { throw fault }
      block = next
    }
  }

  private static func nextBlock(in text: RawSpan, from start: Int) -> Block? {
    let dashes = "-----"
    guard let begin = text.firstOffset(of: "-----BEGIN ".utf8, from: start),
      let labelEnd = text.firstOffset(of: dashes.utf8, from: begin + 11)
    else { return nil }
    let body = labelEnd + dashes.utf8.count
    let end = text.firstOffset(of: "-----END".utf8, from: body)
    return Block(
      label: begin + 11..<labelEnd, body: body..<(end ?? text.byteCount), isClosed: end != nil)
  }

  private static func unwrap(
    _ text: RawSpan, _ range: Range<Int>, wrapped depth: Int
  ) throws(KeyFault) -> SecretBuffer {
    guard depth < deepest,
      let bytes = compact(text, range).withBytes({ SecretBuffer(base64: $0) })
    else { throw .notPEM }
    let isDER = bytes.withBytes { DERReader.isElement($0) }
    if isDER { return bytes }
    return try bytes.withBytes { inner throws(KeyFault) in
      try privateKey(inner, wrapped: depth + 1)
    }
  }

  /// A part of a text without blanks, quotes and line ends that are written out.
  private static func compact(_ text: RawSpan, _ range: Range<Int>) -> SecretBuffer {
    var body = SecretBuffer(capacity: max(1, range.count))
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      offset += 1
      if byte == UInt8(ascii: "\\") {
        while offset < range.upperBound, text[offset] == byte { offset += 1 }
        if offset < range.upperBound, "nrt".utf8.contains(text[offset]) { offset += 1 }
      } else if !byte.isBlank, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'") {
        body.append(byte)
      }
    }
    return body
  }
}
