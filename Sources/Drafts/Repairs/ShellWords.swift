internal import Basics
internal import Secrets

/// Takes a shell command apart into words, without running or expanding anything.
enum ShellWords {
  /// Reads the word that begins at or after `offset`, moves `offset` behind it, and returns it without its quotes;
  /// nil at the end. A line break ends the command unless a backslash stands before it.
  static func next(in text: RawSpan, at offset: inout Int) -> SecretBuffer? {
    skipBlanks(in: text, at: &offset)
    guard offset < text.byteCount, !text[offset].isLineEnd else { return nil }
    var word = SecretBuffer(capacity: text.byteCount)
    var quote: UInt8?
    while offset < text.byteCount {
      let byte = text[offset]
      if quote == nil, byte.isBlank { break }
      offset += 1
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        takeEscaped(in: text, at: &offset, isQuoted: quote != nil, into: &word)
      } else {
        word.append(byte)
      }
    }
    return word
  }

  private static func skipBlanks(in text: RawSpan, at offset: inout Int) {
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

  /// How long a backslash with the line end behind it is; nil when there is none.
  private static func continuation(in text: RawSpan, at offset: Int) -> Int? {
    guard text[offset] == UInt8(ascii: "\\") else { return nil }
    if text.has([0x0D, 0x0A], at: offset + 1) { return 3 }
    return offset + 1 < text.byteCount && text[offset + 1].isLineEnd ? 2 : nil
  }

  /// The character after a backslash. Between double quotes the backslash stays unless it has a meaning there.
  private static func takeEscaped(
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
}
