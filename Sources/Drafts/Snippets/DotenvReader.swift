internal import Basics
internal import Secrets

/// Reads a `.env` file as python-dotenv 1.2.4 does, which of all readers leaves the least open: quotes, escapes,
/// comments, values of several lines. Names that stand in a value (`${OTHER}`) are left as they are: what they stand for
/// is no business of a file that was handed in.
struct DotenvReader {
  private var offset = 0
  private let end: Int
  /// Lines that are no variable.
  private var others = 0
  private var variables = 0

  /// More variables than any such file has.
  private static let limit = 4 * Snippet.limit

  private init(_ text: RawSpan) { end = text.byteCount }

  /// Nil when the text is no such file: fewer variables than other lines.
  static func read(_ text: RawSpan) -> Snippet? {
    var reader = DotenvReader(text)
    var snippet = Snippet(.dotenv)
    while reader.variables < limit, reader.readBinding(text, into: &snippet) {}
    guard reader.variables > 0, reader.others == 0 || reader.variables > reader.others + 1 else {
      return nil
    }
    return snippet
  }

  /// One line, or several where a quoted value has them. False at the end.
  private mutating func readBinding(_ text: RawSpan, into snippet: inout Snippet) -> Bool {
    skip(text) { _ in true }
    guard offset < end else { return false }
    let start = offset
    if text.has("export".utf8, at: offset) {
      let name = offset
      offset += 6
      let blanks = offset
      skip(text) { !$0.isLineEnd }
      if offset == blanks { offset = name }
    }
    guard let name = readName(text) else {
      let isRemark = "#[".utf8.contains(text[start])
      if !isRemark { others += 1 }
      skipLine(text)
      return true
    }
    skip(text) { !$0.isLineEnd }
    guard text.has("=".utf8, at: offset), let value = readValue(text), endLine(text) else {
      // A section of a settings file is a line without `=`.
      if !text.has("[".utf8, at: start) { others += 1 }
      skipLine(text)
      return true
    }
    let shown = text.extracting(name)
    // A line of Base64 ends with `=`, and has no variable's name before it.
    let isPadding = !value.isEmpty && value.withBytes { !$0.contains { $0 != UInt8(ascii: "=") } }
    let isValue = !isPadding || shown.byteCount < 16 || shown.contains { $0 == UInt8(ascii: "_") }
    guard shown.isVariableName, shown.isPlausibleName, isValue else {
      others += 1
      return true
    }
    variables += 1
    let isExplicit = text.has("export".utf8, at: start)
    let bare = shown.hasIgnoringCase("$env:".utf8) ? shown.extracting(5..<shown.byteCount) : shown
    snippet.add(
      Snippet.Item(bare.shownText, .named(isExplicit: isExplicit), mark: .equals), value)
    return true
  }

  /// Between single quotes anything; else what is no `=`, `#` or blank.
  private mutating func readName(_ text: RawSpan) -> Range<Int>? {
    guard offset < end, text[offset] != UInt8(ascii: "#") else { return nil }
    if text[offset] == 0x27 {
      guard let close = text.firstOffset(from: offset + 1, where: { $0 == 0x27 }),
        close > offset + 1
      else { return nil }
      defer { offset = close + 1 }
      return offset + 1..<close
    }
    let start = offset
    while offset < end, !"=#".utf8.contains(text[offset]), text.blankLength(at: offset) == 0 {
      offset += 1
    }
    return offset > start ? start..<offset : nil
  }

  private mutating func readValue(_ text: RawSpan) -> SecretBuffer? {
    offset += 1
    let start = offset
    skip(text) { !$0.isLineEnd }
    guard offset < end, !text[offset].isLineEnd else { return SecretBuffer(capacity: 1) }
    let byte = text[offset]
    if byte == UInt8(ascii: "#"), offset > start { return SecretBuffer(capacity: 1) }
    guard byte == 0x22 || byte == 0x27 else { return readBare(text) }
    var value = SecretBuffer(capacity: max(1, end - offset))
    guard let close = QuotedText.read(text, offset..<end, as: .dotenv, into: &value) else {
      return nil
    }
    offset = close
    return value
  }

  private mutating func readBare(_ text: RawSpan) -> SecretBuffer {
    let start = offset
    while offset < end, !text[offset].isLineEnd { offset += 1 }
    var (last, position) = (offset, start)
    while position < offset {
      let blank = text.blankLength(at: position)
      guard blank > 0 else {
        position += 1
        continue
      }
      var next = position
      while next < offset, text.blankLength(at: next) > 0 { next += text.blankLength(at: next) }
      if next < offset, text[next] == UInt8(ascii: "#") {
        last = position
        break
      }
      position = next
    }
    // What is blank at the end is no part of the value.
    var value = start..<last
    var (scan, content) = (start, start)
    while scan < last {
      let blank = text.blankLength(at: scan)
      scan += max(1, blank)
      if blank == 0 { content = scan }
    }
    value = start..<content
    return SecretBuffer(copying: text.extracting(value))
  }

  /// A comment, and the end of the line.
  private mutating func endLine(_ text: RawSpan) -> Bool {
    skip(text) { !$0.isLineEnd }
    if text.has("#".utf8, at: offset) {
      while offset < end, !text[offset].isLineEnd { offset += 1 }
    }
    guard offset == end || text[offset].isLineEnd else { return false }
    skipLine(text)
    return true
  }

  private mutating func skipLine(_ text: RawSpan) {
    while offset < end, !text[offset].isLineEnd { offset += 1 }
    if text.has([0x0D, 0x0A], at: offset) {
      offset += 2
    } else if offset < end {
      offset += 1
    }
  }

  private mutating func skip(_ text: RawSpan, where passes: (UInt8) -> Bool) {
    while offset < end {
      let length = text.blankLength(at: offset)
      guard length > 0, passes(text[offset]) else { return }
      offset += length
    }
  }
}

extension RawSpan {
  /// How many bytes the white space at an offset takes, as Unicode has it; 0 for anything else.
  fileprivate func blankLength(at offset: Int) -> Int {
    let byte = self[offset]
    if byte < 0x80 { return byte.isBlank || (0x1C...0x1F).contains(byte) ? 1 : 0 }
    let decoded = scalar(at: offset)
    return decoded.scalar?.properties.isWhitespace == true ? decoded.length : 0
  }

  /// What variables and settings are called: letters, digits and a few marks, a letter first.
  fileprivate var isVariableName: Bool {
    guard byteCount > 0, byteCount <= 128 else { return false }
    let start = hasIgnoringCase("$env:".utf8) ? 5 : 0
    guard start < byteCount, self[start].isLetter || self[start] == UInt8(ascii: "_") else {
      return false
    }
    return !extracting(start..<byteCount).contains {
      !$0.isLetter && !$0.isDigit && !"_.-".utf8.contains($0)
    }
  }
}
