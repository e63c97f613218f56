/// Reads one JSON string, byte by byte of its unescaped UTF-8.
@usableFromInline
enum JSONStringReader {
  /// `offset` is on the opening quote before and behind the closing one after.
  @inlinable
  static func read(
    _ text: RawSpan, at offset: inout Int, _ takesHalfPairs: Bool, _ take: (UInt8) -> Void
  ) throws(JSONError) {
    offset += 1
    while offset < text.byteCount {
      let byte = text[offset]
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return
      case UInt8(ascii: "\\"): try readEscape(text, at: &offset, takesHalfPairs, take)
      case 0x00...0x1F: throw JSONError(.badText, at: offset)
      default:
        let decoded = text.scalar(at: offset)
        guard decoded.scalar != nil else { throw JSONError(.badText, at: offset) }
        for index in 0..<decoded.length { take(text[offset + index]) }
        offset += decoded.length
      }
    }
    throw JSONError(.unfinished, at: offset)
  }

  @inlinable
  static func readEscape(
    _ text: RawSpan, at offset: inout Int, _ takesHalfPairs: Bool, _ take: (UInt8) -> Void
  ) throws(JSONError) {
    guard offset + 1 < text.byteCount else { throw JSONError(.unfinished, at: offset) }
    let byte = text[offset + 1]
    offset += 2
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): take(byte)
    case UInt8(ascii: "b"): take(0x08)
    case UInt8(ascii: "f"): take(0x0C)
    case UInt8(ascii: "n"): take(0x0A)
    case UInt8(ascii: "r"): take(0x0D)
    case UInt8(ascii: "t"): take(0x09)
    case UInt8(ascii: "u"):
      let scalar = try readScalar(text, at: &offset, takesHalfPairs)
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { take(byte) }
    default: throw JSONError(.unexpected, at: offset - 1)
    }
  }

  /// Four hexadecimal digits, or two times four for a surrogate pair; half a pair is no text, or one of an unknown character.
  @usableFromInline
  static func readScalar(
    _ text: RawSpan, at offset: inout Int, _ takesHalfPairs: Bool
  ) throws(JSONError) -> Unicode.Scalar {
    let start = offset
    let first = try readUnit(text, at: &offset)
    if let scalar = Unicode.Scalar(first) { return scalar }
    let end = offset
    if (0xD800...0xDBFF).contains(first), text.has("\\u".utf8, at: offset) {
      offset += 2
      let second = try readUnit(text, at: &offset)
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    guard takesHalfPairs else { throw JSONError(.badText, at: start) }
    // What follows is read by itself.
    offset = end
    return "\u{FFFD}"
  }

  private static func readUnit(
    _ text: RawSpan, at offset: inout Int
  ) throws(JSONError) -> UInt32 {
    guard offset + 4 <= text.byteCount else { throw JSONError(.unfinished, at: text.byteCount) }
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = text[offset].hexValue else { throw JSONError(.unexpected, at: offset) }
      unit = unit << 4 | UInt32(digit)
      offset += 1
    }
    return unit
  }
}
