internal import Basics

/// A shell's prompt that was copied together with the command behind it: `$ `, `user@host:~$ `, `PS C:\> `, `C:\>`.
enum Prompt {
  /// The most bytes in front of a prompt's sign: user, machine and directory.
  private static let limit = 80

  /// Where the line goes on behind its prompt; its beginning when it has none.
  static func end(in text: RawSpan, _ range: Range<Int>) -> Int {
    for sign in ["$ ", "% ", "> ", "❯ ", "➜ ", "» ", ">>> ", "PS> "]
    where text.has(sign.utf8, at: range.lowerBound) && range.count > sign.utf8.count {
      return skipBlanks(text, range.lowerBound + sign.utf8.count, range.upperBound)
    }
    let end = min(range.upperBound, range.lowerBound + limit)
    for offset in range.lowerBound..<max(range.lowerBound, end) {
      let byte = text[offset]
      if byte == 0x22 || byte == 0x27 || byte == UInt8(ascii: "=") { break }
      let front = text.extracting(range.lowerBound..<offset)
      let next = offset + 1 < range.upperBound ? text[offset + 1] : 0
      switch byte {
      case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "%"):
        guard next == 0x20, isPlace(front) else { continue }
      case UInt8(ascii: ">"):
        guard offset > range.lowerBound, isDrive(front) else { continue }
      default: continue
      }
      return skipBlanks(text, offset + 1, range.upperBound)
    }
    return range.lowerBound
  }

  /// `user@host:~`, `[user@host dir]`
  private static func isPlace(_ front: RawSpan) -> Bool {
    front.contains { $0 == UInt8(ascii: "@") }
  }

  /// `C:\Users\x`, `PS C:\`
  private static func isDrive(_ front: RawSpan) -> Bool {
    let start = front.has("PS ".utf8) ? 3 : 0
    return front.byteCount >= start + 2 && front[start].isLetter
      && front[start + 1] == UInt8(ascii: ":")
  }

  private static func skipBlanks(_ text: RawSpan, _ start: Int, _ end: Int) -> Int {
    var start = start
    while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    return start
  }
}
