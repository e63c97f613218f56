internal import Basics

/// TOML 1.0. In quotes a value is written by their rules; where none are, it becomes a basic string.
struct TOMLPlaces: PlaceReader {
  private enum Mode: Equatable {
    case outside, comment
    /// A string, by its quote; `isLong` with three of them.
    case string(quote: UInt8, isLong: Bool)
  }

  private static let basic = UInt8(ascii: "\"")
  private static let literal = UInt8(ascii: "'")

  private let text: [UInt8]
  private var mode = Mode.outside
  /// What is in front of it has been read.
  private var resume = 0
  /// Where the string begins, behind its quotes.
  private var start = 0
  /// Of a basic string: what is left of an escape, in bytes.
  private var escape = 0
  /// Behind a backslash at a line's end, blanks and line ends are left out.
  private var isJoining = false
  /// The last byte outside on this line that is no blank.
  private var last: UInt8?
  private var isBehindValue = false

  init(_ text: [UInt8]) { self.text = text }

  var isInComment: Bool { mode == .comment }

  mutating func read(at offset: Int) -> PlaceProblem? {
    guard offset >= resume else { return nil }
    let byte = text[offset]
    switch mode {
    case .comment:
      if byte == UInt8(ascii: "\n") { mode = .outside }
      return nil
    case .string(let quote, let isLong):
      return isLong ? readLong(byte, quote, at: offset) : readShort(byte, quote)
    case .outside: return readOutside(byte, at: offset)
    }
  }

  private mutating func readOutside(_ byte: UInt8, at offset: Int) -> PlaceProblem? {
    if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { return nil }
    let touches = isBehindValue && !",]}=.#\r\n".utf8.contains(byte)
    isBehindValue = false
    last = byte.isLineEnd ? nil : byte
    if byte == UInt8(ascii: "#") {
      mode = .comment
      last = nil
    } else if byte == Self.basic || byte == Self.literal {
      let isLong = run(of: byte, at: offset) >= 3
      mode = .string(quote: byte, isLong: isLong)
      start = offset + (isLong ? 3 : 1)
      resume = start
    }
    return touches ? .touched : nil
  }

  private mutating func readShort(_ byte: UInt8, _ quote: UInt8) -> PlaceProblem? {
    if byte.isLineEnd {
      return .here(
        "a string is not closed on its line",
        advice: "a string of several lines has three quotes around it")
    }
    if passEscape(byte, quote) { return nil }
    if byte == quote { mode = .outside }
    return nil
  }

  private mutating func readLong(
    _ byte: UInt8, _ quote: UInt8, at offset: Int
  ) -> PlaceProblem? {
    if isJoining {
      if byte.isMarkupBlank { return nil }
      isJoining = false
    }
    if escape == Self.unread, byte.isMarkupBlank {
      escape = 0
      isJoining = true
      return nil
    }
    if passEscape(byte, quote) { return nil }
    let quotes = byte == quote ? run(of: quote, at: offset) : 0
    if quotes >= 3 {
      // One or two more in front of the end belong to the text.
      resume = offset + min(quotes, 5)
      mode = .outside
    }
    return nil
  }

  /// Behind a backslash nothing is known yet.
  private static let unread = 9

  private mutating func passEscape(_ byte: UInt8, _ quote: UInt8) -> Bool {
    guard quote == Self.basic else { return false }
    if escape == Self.unread {
      escape = byte == UInt8(ascii: "u") ? 4 : byte == UInt8(ascii: "U") ? 8 : 0
      return true
    }
    if escape > 0 {
      escape -= 1
      return true
    }
    if byte == UInt8(ascii: "\\") { escape = Self.unread }
    return escape > 0
  }

  private func run(of quote: UInt8, at offset: Int) -> Int {
    text[offset...].prefix { $0 == quote }.count
  }

  mutating func place(of range: Range<Int>) -> ValuePlace {
    switch mode {
    case .comment: return .comment
    case .string(Self.basic, _):
      defer { (escape, isJoining) = (0, false) }
      return escape > 0 || isJoining ? .behindBackslash : .filled(.json)
    case .string(_, let isLong):
      return .filled(.tomlLiteral(isLong: isLong, isFirst: range.lowerBound == start))
    case .outside:
      guard !isBehindValue, last.map("=[,{.".utf8.contains) ?? true else { return .touches }
      last = TemplateMark.mask
      isBehindValue = true
      return .filled(.json, quote: "\"")
    }
  }

  func end() -> PlaceProblem? {
    if case .string = mode { .here("the last string is not closed", advice: nil) } else { nil }
  }
}
