/// Which characters of a string are written as escapes.
package enum JSONEscaping: Sendable {
  /// What JSON asks for, and DEL.
  case controls
  /// Also the C1 range, which a terminal would act on, and the two separators that end a line elsewhere (U+2028, U+2029).
  case display

  /// The character at an offset that has to be escaped; nil for one that stays as it is.
  fileprivate func escaped(_ text: RawSpan, at offset: Int) -> DecodedScalar? {
    switch text[offset] {
    case 0x00...0x1F, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"): return text.scalar(at: offset)
    case 0xC2 where self == .display, 0xE2 where self == .display:
      let decoded = text.scalar(at: offset)
      let value = decoded.value
      return (0x80...0x9F).contains(value) || value == 0x2028 || value == 0x2029 ? decoded : nil
    default: return nil
    }
  }
}

extension ByteSink where Self: ~Copyable {
  /// As the inside of a JSON string. Bytes that are no UTF-8 are written as they are: what was typed is kept, and the
  /// reader says where it fails.
  package mutating func append(jsonEscaped text: RawSpan, _ escaping: JSONEscaping) {
    var (offset, written) = (0, 0)
    while offset < text.byteCount {
      guard let found = escaping.escaped(text, at: offset) else {
        offset += 1
        continue
      }
      append(text.extracting(written..<offset))
      append(jsonEscape: found.value)
      offset += found.length
      written = offset
    }
    append(text.extracting(written..<offset))
  }

  private mutating func append(jsonEscape value: UInt32) {
    append(UInt8(ascii: "\\"))
    switch value {
    case 0x22, 0x5C: append(UInt8(value))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0x09: append(UInt8(ascii: "t"))
    default:
      append(UInt8(ascii: "u"))
      append(hex: UInt8(truncatingIfNeeded: value >> 8))
      append(hex: UInt8(truncatingIfNeeded: value))
    }
  }
}
