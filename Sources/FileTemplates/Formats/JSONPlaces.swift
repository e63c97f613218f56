internal import Basics

/// JSON, and the comments that some readers of it allow. In a string a value is escaped; where no string is, it becomes one.
struct JSONPlaces: PlaceReader {
  private enum Mode { case outside, string, lineComment, blockComment }

  private let text: [UInt8]
  private var mode = Mode.outside
  /// Of the string: what is left of an escape, in bytes.
  private var escape = 0
  /// The last byte outside that is no blank; a letter for a value.
  private var last: UInt8?
  /// Whether nothing has come behind a value that became a string.
  private var isBehindValue = false

  init(_ text: [UInt8]) { self.text = text }

  var isInComment: Bool { mode == .lineComment || mode == .blockComment }

  mutating func read(at offset: Int) -> PlaceProblem? {
    let byte = text[offset]
    switch mode {
    case .outside: return readOutside(byte, at: offset)
    case .string: return readString(byte)
    case .lineComment: if byte == UInt8(ascii: "\n") { mode = .outside }
    case .blockComment:
      if byte == UInt8(ascii: "/"), text[offset - 1] == UInt8(ascii: "*") { mode = .outside }
    }
    return nil
  }

  private mutating func readOutside(_ byte: UInt8, at offset: Int) -> PlaceProblem? {
    if byte.isMarkupBlank { return nil }
    let next = offset + 1 < text.count ? text[offset + 1] : 0
    if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") || next == UInt8(ascii: "*") {
      mode = next == UInt8(ascii: "/") ? .lineComment : .blockComment
      return nil
    }
    last = byte
    if byte == UInt8(ascii: "\"") { mode = .string }
    guard isBehindValue else { return nil }
    isBehindValue = false
    return ",:]}".utf8.contains(byte) ? nil : .touched
  }

  private mutating func readString(_ byte: UInt8) -> PlaceProblem? {
    if byte.isLineEnd {
      return .here(
        "a string is not closed on its line", advice: "JSON has no strings of several lines")
    }
    if escape > 0 {
      // The letter behind the backslash says how much more there is.
      escape = escape == 5 ? (byte == UInt8(ascii: "u") ? 4 : 0) : escape - 1
    } else if byte == UInt8(ascii: "\\") {
      escape = 5
    } else if byte == UInt8(ascii: "\"") {
      mode = .outside
    }
    return nil
  }

  mutating func place(of range: Range<Int>) -> ValuePlace {
    switch mode {
    case .lineComment, .blockComment: return .comment
    case .string:
      defer { escape = 0 }
      return escape > 0 ? .behindBackslash : .filled(.json)
    case .outside:
      guard !isBehindValue, last.map("{[,:".utf8.contains) ?? true else { return .touches }
      last = TemplateMark.mask
      isBehindValue = true
      return .filled(.json, quote: "\"")
    }
  }

  func end() -> PlaceProblem? {
    mode == .string ? .here("the last string is not closed", advice: nil) : nil
  }
}
