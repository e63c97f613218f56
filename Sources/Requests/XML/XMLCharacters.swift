internal import Basics
internal import Secrets

/// The characters of XML text, one by one, with references resolved.
enum XMLCharacters {
  /// Reads the character or reference at an offset and hands on its UTF-8.
  static func read(
    _ text: RawSpan, at offset: inout Int, _ take: (UInt8) -> Void
  ) throws(SecretXMLError) {
    if text[offset] == UInt8(ascii: "&") {
      try readReference(text, at: &offset, take)
    } else {
      try readPlain(text, at: &offset, take)
    }
  }

  /// Reads a character where `&` is one like any other.
  static func readPlain(
    _ text: RawSpan, at offset: inout Int, _ take: (UInt8) -> Void
  ) throws(SecretXMLError) {
    let decoded = text.scalar(at: offset)
    guard let scalar = decoded.scalar, isAllowed(scalar) else {
      throw SecretXMLError(reason: .badText, offset: offset)
    }
    for index in 0..<decoded.length { take(text[offset + index]) }
    offset += decoded.length
  }

  /// Whether XML 1.0 can hold a character at all, however it is written.
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  private static let named: [(name: String, byte: UInt8)] = [
    ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&amp;", UInt8(ascii: "&")),
    ("&quot;", UInt8(ascii: "\"")), ("&apos;", UInt8(ascii: "'")),
  ]

  private static func readReference(
    _ text: RawSpan, at offset: inout Int, _ take: (UInt8) -> Void
  ) throws(SecretXMLError) {
    for (name, byte) in named where text.has(name.utf8, at: offset) {
      offset += name.utf8.count
      return take(byte)
    }
    let start = offset
    guard text.has("&#".utf8, at: start) else {
      throw SecretXMLError(reason: .badReference, offset: start)
    }
    let radix: UInt32 = text.has("x".utf8, at: start + 2) ? 16 : 10
    var value: UInt32 = 0
    var position = start + (radix == 16 ? 3 : 2)
    let firstDigit = position
    while position < text.byteCount, let digit = text[position].hexValue, digit < radix,
      value <= 0x10FFFF
    {
      value = value * radix + UInt32(digit)
      position += 1
    }
    guard position > firstDigit, text.has(";".utf8, at: position),
      let scalar = Unicode.Scalar(value), isAllowed(scalar)
    else { throw SecretXMLError(reason: .badReference, offset: start) }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { take(byte) }
    offset = position + 1
  }
}

extension RawSpan {
  /// What is left between the blanks at both ends.
  var withoutXMLBlanks: Range<Int> { trimmed(0..<byteCount, where: \.isMarkupBlank) }

  /// The text of an element's content or of an attribute's value: references resolved, tags left out, nothing trimmed.
  /// Nil when it is not well-formed.
  func xmlText() -> SecretBuffer? {
    var text = SecretWriter()
    var reader = SecretXMLReader()
    while let event = try? reader.next(self) {
      switch event {
      case .start, .end: continue
      case .literal(let range): text.append(extracting(range))
      case .text(let range):
        var offset = range.lowerBound
        while offset < range.upperBound {
          guard (try? XMLCharacters.read(self, at: &offset, { text.append($0) })) != nil else {
            return nil
          }
        }
      case .finish: return text.finish()
      }
    }
    return nil
  }
}

extension SecretWriter {
  /// As the text of an element or of an attribute. False, and nothing more added, at a character that XML cannot hold.
  mutating func append(xmlEscaped bytes: RawSpan) -> Bool {
    var offset = 0
    while offset < bytes.byteCount {
      let decoded = bytes.scalar(at: offset)
      guard let scalar = decoded.scalar, XMLCharacters.isAllowed(scalar) else { return false }
      switch scalar {
      case "<": append(text: "&lt;")
      case ">": append(text: "&gt;")
      case "&": append(text: "&amp;")
      case "\"": append(text: "&quot;")
      case "'": append(text: "&apos;")
      // A reader would turn it into a line feed.
      case "\r": append(text: "&#13;")
      default: append(bytes.extracting(offset..<offset + decoded.length))
      }
      offset += decoded.length
    }
    return true
  }
}
