internal import Basics
internal import Secrets

/// Takes a shell command apart into words, without running or expanding anything. Of all shells at once: the line may go
/// on behind a backslash (POSIX), a caret (Windows) or a backtick (PowerShell).
enum ShellWords {
  /// Reads the word that begins at or after `offset`, moves `offset` behind it, and returns it without its quotes;
  /// nil at the end of the command, which is a line break or a mark such as `|` and `;`.
  static func next(in text: RawSpan, at offset: inout Int) -> SecretBuffer? {
    skipBlanks(in: text, at: &offset)
    guard offset < text.byteCount, !text[offset].isLineEnd, !isEnd(text, offset) else { return nil }
    var word = SecretBuffer(capacity: text.byteCount)
    var quote: UInt8?
    var hasCaretQuote = false
    while offset < text.byteCount {
      let byte = text[offset]
      if quote == nil, byte.isBlank || byte == UInt8(ascii: ";") { break }
      offset += 1
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if quote == nil, byte == UInt8(ascii: "$"), text.has("'".utf8, at: offset) {
        readANSI(in: text, at: &offset, into: &word)
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        readEscaped(in: text, at: &offset, isQuoted: quote != nil, into: &word)
      } else if byte == UInt8(ascii: "^"), quote == nil || hasCaretQuote,
        isCaretEscape(text, offset)
      {
        // `^"` is a quote in a command for Windows, at both ends.
        hasCaretQuote = true
        if text[offset].isLineEnd { break }
      } else {
        word.append(byte)
      }
    }
    return word
  }

  static func skipBlanks(in text: RawSpan, at offset: inout Int) {
    while offset < text.byteCount {
      if text[offset].isBlank, !text[offset].isLineEnd {
        offset += 1
      } else if let length = continuation(in: text, at: offset) {
        offset += length
      } else {
        return
      }
    }
  }

  /// `|`, `&&`, `;`, `>` between commands.
  private static func isEnd(_ text: RawSpan, _ offset: Int) -> Bool {
    let byte = text[offset]
    if byte == UInt8(ascii: ";") { return true }
    guard "|&>".utf8.contains(byte) else { return false }
    let next = offset + 1 < text.byteCount ? text[offset + 1] : 0x20
    return next.isBlank || "|&>".utf8.contains(next)
  }

  /// How long the mark of a line that goes on, with the line end behind it, is; nil when there is none.
  private static func continuation(in text: RawSpan, at offset: Int) -> Int? {
    guard "\\^`".utf8.contains(text[offset]) else { return nil }
    if text.has([0x0D, 0x0A], at: offset + 1) { return 3 }
    return offset + 1 < text.byteCount && text[offset + 1].isLineEnd ? 2 : nil
  }

  private static func isCaretEscape(_ text: RawSpan, _ next: Int) -> Bool {
    next < text.byteCount && (text[next] == UInt8(ascii: "\"") || text[next].isLineEnd)
  }

  /// The character after a backslash. Between double quotes the backslash stays unless it has a meaning there.
  private static func readEscaped(
    in text: RawSpan, at offset: inout Int, isQuoted: Bool, into word: inout SecretBuffer
  ) {
    if let length = continuation(in: text, at: offset - 1) {
      offset += length - 1
      return
    }
    guard offset < text.byteCount else { return }
    let byte = text[offset]
    if isQuoted, !"\"\\$`".utf8.contains(byte) { word.append(UInt8(ascii: "\\")) }
    word.append(byte)
    offset += 1
  }

  /// `$'…'`, as browsers write it when they copy a request: backslashes escape there.
  private static func readANSI(
    in text: RawSpan, at offset: inout Int, into word: inout SecretBuffer
  ) {
    offset += 1
    while offset < text.byteCount, text[offset] != UInt8(ascii: "'") {
      if text[offset] == UInt8(ascii: "\\"), offset + 1 < text.byteCount { offset += 1 }
      word.append(text[offset])
      offset += 1
    }
    offset += 1
  }
}
