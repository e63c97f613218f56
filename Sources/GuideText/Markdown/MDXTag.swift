/// A JSX or HTML tag.
struct MDXTag {
  enum Kind { case open, close, selfClosing }

  let kind: Kind
  let name: String
  /// Attributes with a text value; expressions such as `style={{…}}` are left out.
  let attributes: [String: String]
  /// Whether any attribute has a value, of whatever kind.
  let hasValues: Bool

  /// Longer tags, in bytes, are text.
  private static let lengthLimit = 4096

  /// Letters, digits, `-`, `.` and `_`.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  func attribute(_ names: String...) -> String? {
    names.lazy.compactMap { attributes[$0] }.first { !$0.isEmpty }
  }

  /// Reads the tag that begins at `start`, where a `<` stands. Returns it and the index behind it; nil when this is
  /// no tag, or when it does not end within `bytes`.
  static func read(_ bytes: ArraySlice<UInt8>, at start: Int) -> (tag: MDXTag, end: Int)? {
    let window = bytes[start..<min(bytes.endIndex, start + lengthLimit)]
    var reader = TagReader(bytes: window, index: start + 1)
    let isClosing = reader.consume(UInt8(ascii: "/"))
    guard let name = reader.name() else { return nil }
    if isClosing {
      reader.skipBlanks()
      guard reader.consume(UInt8(ascii: ">")) else { return nil }
      return (MDXTag(kind: .close, name: name, attributes: [:], hasValues: false), reader.index)
    }
    var attributes: [String: String] = [:]
    while true {
      let before = reader.index
      reader.skipBlanks()
      if reader.consume(UInt8(ascii: ">")) {
        return (reader.tag(.open, name, attributes), reader.index)
      }
      if reader.consume(UInt8(ascii: "/")) {
        reader.skipBlanks()
        guard reader.consume(UInt8(ascii: ">")) else { return nil }
        return (reader.tag(.selfClosing, name, attributes), reader.index)
      }
      // `<your-name@host>` and `<a:b>` are no tags: attributes stand apart from the name.
      guard reader.index > before else { return nil }
      guard reader.attribute(into: &attributes) else { return nil }
    }
  }
}

private struct TagReader {
  let bytes: ArraySlice<UInt8>
  var index: Int
  private var hasValues = false

  init(bytes: ArraySlice<UInt8>, index: Int) {
    self.bytes = bytes
    self.index = index
  }

  func tag(_ kind: MDXTag.Kind, _ name: String, _ attributes: [String: String]) -> MDXTag {
    MDXTag(kind: kind, name: name, attributes: attributes, hasValues: hasValues)
  }

  mutating func consume(_ byte: UInt8) -> Bool {
    guard index < bytes.endIndex, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func skipBlanks() {
    while index < bytes.endIndex, [0x20, 0x09, 0x0A].contains(bytes[index]) { index += 1 }
  }

  /// A letter, then letters, digits, `-`, `_`, `.`.
  mutating func name() -> String? {
    let start = index
    while index < bytes.endIndex, MDXTag.isNameByte(bytes[index]) { index += 1 }
    let name = bytes[start..<index]
    guard let first = name.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A else { return nil }
    return name.string
  }

  /// `name`, `name="text"`, `name='text'`, `name={expression}` or `{...spread}`.
  mutating func attribute(into attributes: inout [String: String]) -> Bool {
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "{") {
      hasValues = true
      return expression() != nil
    }
    guard let name = name() else { return false }
    let afterName = index
    skipBlanks()
    guard consume(UInt8(ascii: "=")) else {
      index = afterName
      return true
    }
    skipBlanks()
    hasValues = true
    guard index < bytes.endIndex else { return false }
    switch bytes[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let text = quoted() else { return false }
      attributes[name] = text
    case UInt8(ascii: "{"):
      guard let inner = expression() else { return false }
      if let text = Self.literal(inner) { attributes[name] = text }
    default: return false
    }
    return true
  }

  private mutating func quoted() -> String? {
    let quote = bytes[index]
    guard let end = bytes[(index + 1)...].firstIndex(of: quote) else { return nil }
    defer { index = end + 1 }
    return bytes[index + 1..<end].string
  }

  /// Up to the closing brace, which braces and quotes inside must leave alone.
  private mutating func expression() -> ArraySlice<UInt8>? {
    let start = index + 1
    var depth = 0
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 {
          defer { index += 1 }
          return bytes[start..<index]
        }
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        let quote = bytes[index]
        guard let end = endOfString(quote) else { return nil }
        index = end
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Where the string that begins here ends; a quote behind a backslash does not count.
  private func endOfString(_ quote: UInt8) -> Int? {
    var end = index + 1
    while end < bytes.endIndex, bytes[end] != quote {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return end < bytes.endIndex ? end : nil
  }

  /// The text of an expression that is nothing but a string.
  private static func literal(_ expression: ArraySlice<UInt8>) -> String? {
    let trimmed = expression.trimmed
    guard trimmed.count >= 2, let quote = trimmed.first, quote == trimmed.last,
      [0x22, 0x27, 0x60].contains(quote)
    else { return nil }
    var text: [UInt8] = []
    var isEscaped = false
    for byte in trimmed.dropFirst().dropLast() {
      if isEscaped {
        let isBlank = byte == UInt8(ascii: "n") || byte == UInt8(ascii: "t")
        text.append(isBlank ? 0x20 : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        text.append(byte)
      }
    }
    return text[...].string
  }
}
