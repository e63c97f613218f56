/// Strings with their escapes.
extension JSONReader {
  mutating func string(_ bytes: RawSpan) throws(JSONError) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while true {
      guard offset < bytes.byteCount else { throw JSONError(.unfinished, at: offset) }
      let byte = bytes.byte(at: offset)
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw JSONError(.badText, at: start)
        }
        return string
      case UInt8(ascii: "\\"): text += try escape(bytes)
      case 0..<0x20: throw JSONError(.badText, at: offset - 1)
      default: text.append(byte)
      }
    }
  }

  private mutating func escape(_ bytes: RawSpan) throws(JSONError) -> [UInt8] {
    let byte = try peek(bytes)
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return Array(String(Character(try unicodeEscape(bytes))).utf8)
    default: throw JSONError(.unexpected, at: offset - 1)
    }
  }

  private mutating func unicodeEscape(_ bytes: RawSpan) throws(JSONError) -> Unicode.Scalar {
    let start = offset
    let first = try fourHexDigits(bytes)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, offset + 1 < bytes.byteCount,
      bytes.byte(at: offset) == UInt8(ascii: "\\"),
      bytes.byte(at: offset + 1) == UInt8(ascii: "u")
    else { throw JSONError(.badText, at: start) }
    offset += 2
    let second = try fourHexDigits(bytes)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { throw JSONError(.badText, at: start) }
    return scalar
  }

  private mutating func fourHexDigits(_ bytes: RawSpan) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek(bytes)
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw JSONError(.unexpected, at: offset)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }
}
