/// Which characters of a string are written as escapes.
package enum JSONEscaping: Sendable {
  /// What JSON asks for, and DEL.
  case controls
  /// Also whatever a terminal would act on, or would not show: the C1 range, marks that reorder the text around them,
  /// characters without a width, tags, those of private use, and the two separators that end a line elsewhere (U+2028,
  /// U+2029). To a reader of JSON the text is the same.
  case display

  /// The character at an offset that has to be escaped; nil for one that stays as it is.
  fileprivate func escaped(_ text: RawSpan, at offset: Int) -> DecodedScalar? {
    switch text[offset] {
    case 0x00...0x1F, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"): return text.scalar(at: offset)
    default: return unseen(text, at: offset)
    }
  }

  /// The same beyond ASCII, where JSON itself asks for nothing.
  fileprivate func unseen(_ text: RawSpan, at offset: Int) -> DecodedScalar? {
    // No character begins with a byte below this one.
    guard self == .display, text[offset] >= 0xC2 else { return nil }
    let decoded = text.scalar(at: offset)
    guard decoded.length > 1, let scalar = Unicode.Scalar(decoded.value) else { return nil }
    return scalar.isShown ? nil : decoded
  }
}

extension Unicode.Scalar {
  /// Whether something is to be seen of it, in its place, on every terminal.
  fileprivate var isShown: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: !properties.isDefaultIgnorableCodePoint
    }
  }
}

extension ByteSink where Self: ~Copyable {
  /// As the inside of a JSON string. Bytes that are no UTF-8 are written as they are: what was typed is kept, and the
  /// reader says where it fails.
  package mutating func append(jsonEscaped text: RawSpan, _ escaping: JSONEscaping) {
    append(text) { escaping.escaped($0, at: $1) }
  }

  /// A whole JSON text, in which only what is beyond ASCII may still be to be escaped: it can stand nowhere but in strings.
  package mutating func append(json text: RawSpan, _ escaping: JSONEscaping) {
    append(text) { escaping.unseen($0, at: $1) }
  }

  private mutating func append(
    _ text: RawSpan, escaping escaped: (RawSpan, Int) -> DecodedScalar?
  ) {
    var (offset, written) = (0, 0)
    while offset < text.byteCount {
      guard let found = escaped(text, offset) else {
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
    switch value {
    case 0x22, 0x5C: append(escape: UInt8(value))
    case 0x0A: append(escape: UInt8(ascii: "n"))
    case 0x0D: append(escape: UInt8(ascii: "r"))
    case 0x09: append(escape: UInt8(ascii: "t"))
    case 0x1_0000...:
      // Two units of UTF-16.
      append(unit: 0xD800 + (value - 0x1_0000) >> 10)
      append(unit: 0xDC00 + (value - 0x1_0000) & 0x3FF)
    default: append(unit: value)
    }
  }

  private mutating func append(unit: UInt32) {
    append(escape: UInt8(ascii: "u"))
    append(hex: UInt8(truncatingIfNeeded: unit >> 8))
    append(hex: UInt8(truncatingIfNeeded: unit))
  }

  private mutating func append(escape letter: UInt8) {
    append(UInt8(ascii: "\\"))
    append(letter)
  }
}
