internal import Basics
internal import Secrets

/// What stands behind a name on its line: with quotes or without, with a comment or the mark that ends a statement.
enum LineValue {
  /// Nil when something stands behind the quotes that belongs to no such line.
  static func read(
    _ text: RawSpan, _ range: Range<Int>, _ mark: LineMark, isCode: Bool, isCommand: Bool
  ) -> SecretBuffer? {
    guard !range.isEmpty else { return SecretBuffer(capacity: 1) }
    let isSetting = mark.mark == .equals && !isCode
    // `K= # c` has a comment and no value; `K=#v` has a value.
    if isSetting, mark.isLoose, text[range.lowerBound] == UInt8(ascii: "#") {
      return SecretBuffer(capacity: 1)
    }
    switch text[range.lowerBound] {
    case 0x22, 0x27, 0x60: return quoted(text, range, mark)
    default: return bare(text, range, mark, isCode: isCode, isCommand: isCommand)
    }
  }

  private static func quoted(_ text: RawSpan, _ range: Range<Int>, _ mark: LineMark)
    -> SecretBuffer?
  {
    var value = SecretBuffer(capacity: max(1, range.count))
    guard
      let close = QuotedText.read(
        text, range, as: mark.mark == .colon ? .json : .dotenv, into: &value)
    else { return nil }
    let rest = Blanks.trimmed(text, close..<range.upperBound)
    if isEnd(text.extracting(rest)) { return value }
    // In front of a command a variable is set for it alone: `K='v' npm start`.
    let isForCommand =
      mark.mark == .equals && text[close].isBlank
      && !text.extracting(rest).contains { $0 == 0x22 || $0 == 0x27 }
    if !isForCommand { return nil }
    return value
  }

  /// Nothing, the mark that ends a member or a statement, or a comment.
  private static func isEnd(_ rest: RawSpan) -> Bool {
    var start = 0
    while start < rest.byteCount, ",;)*}".utf8.contains(rest[start]) {
      // Behind the end of a statement another one may stand.
      if rest[start] == UInt8(ascii: ";") { return true }
      start += 1
    }
    while start < rest.byteCount, rest[start].isBlank { start += 1 }
    if start == rest.byteCount { return true }
    return ["#", "//", "/M", "/m", "--", "/*", "<!--", "&", "|"].contains {
      rest.has($0.utf8, at: start)
    }
  }

  private static func bare(
    _ text: RawSpan, _ range: Range<Int>, _ mark: LineMark, isCode: Bool, isCommand: Bool
  ) -> SecretBuffer {
    let isStatement = isCode || mark.mark != .equals
    var end = range.upperBound
    for offset in range.dropFirst() where text[offset - 1].isBlank {
      let isComment =
        text[offset] == UInt8(ascii: "#") || isStatement && text.has("// ".utf8, at: offset)
      let isNext =
        isCommand && ["&& ", "& ", "| ", "; "].contains { text.has($0.utf8, at: offset) }
      if isComment || isNext {
        end = offset
        break
      }
    }
    var value = Blanks.trimmed(text, range.lowerBound..<end)
    if isStatement {
      while value.count > 1, ",;".utf8.contains(text[value.upperBound - 1]) {
        value = Blanks.trimmed(text, value.lowerBound..<value.upperBound - 1)
      }
    }
    return SecretBuffer(copying: text.extracting(value))
  }
}

/// A text between quotes, its escapes undone.
enum QuotedText {
  /// Whose escapes they are.
  enum Dialect {
    /// Between double quotes `\n` and its kind are characters; between single quotes only the quote and the backslash
    /// can be escaped. Whatever else stands behind a backslash keeps it. As python-dotenv has it.
    case dotenv
    /// Between double quotes as JSON has it; between single quotes two of them stand for one, as YAML has it.
    case json
  }

  /// `range` begins with the quote.
  /// - Returns: where the text goes on behind the closing quote; nil when there is none.
  static func read(
    _ text: RawSpan, _ range: Range<Int>, as dialect: Dialect, into value: inout SecretBuffer
  ) -> Int? {
    let quote = text[range.lowerBound]
    var offset = range.lowerBound + 1
    while offset < range.upperBound {
      let byte = text[offset]
      let hasNext = offset + 1 < range.upperBound
      if byte == quote {
        guard dialect == .json, quote == 0x27, hasNext, text[offset + 1] == quote else {
          return offset + 1
        }
        value.append(quote)
        offset += 2
      } else if byte == UInt8(ascii: "\\"), hasNext, quote != 0x60,
        dialect == .dotenv || quote == 0x22
      {
        offset += escape(text, offset, range.upperBound, quote, dialect, into: &value)
      } else {
        value.append(byte)
        offset += 1
      }
    }
    return nil
  }

  /// How many bytes the escape takes.
  private static func escape(
    _ text: RawSpan, _ offset: Int, _ end: Int, _ quote: UInt8, _ dialect: Dialect,
    into value: inout SecretBuffer
  ) -> Int {
    let next = text[offset + 1]
    if next == UInt8(ascii: "\\") || next == 0x27 || (next == 0x22 && quote == 0x22) {
      value.append(next)
      return 2
    }
    if quote == 0x22, let control = control(next) {
      value.append(control)
      return 2
    }
    if dialect == .json, next == UInt8(ascii: "/") {
      value.append(next)
      return 2
    }
    if dialect == .json, next == UInt8(ascii: "u"), let scalar = unit(text, offset + 2, end) {
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { value.append(byte) }
      return 6
    }
    value.append(text[offset])
    // Of a longer character the first byte is enough: the others follow as they are.
    value.append(next)
    return 2
  }

  private static func control(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "v"): 0x0B
    default: nil
    }
  }

  private static func unit(_ text: RawSpan, _ start: Int, _ end: Int) -> Unicode.Scalar? {
    guard start + 4 <= end else { return nil }
    var unit: UInt32 = 0
    for offset in start..<start + 4 {
      guard let digit = text[offset].hexValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return Unicode.Scalar(unit)
  }
}
