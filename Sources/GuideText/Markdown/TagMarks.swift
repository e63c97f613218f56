internal import Basics

/// Writes `<strong>`, `<em>`, `<del>` and `<code>` with Markdown's marks, where they hold nothing but words and end on the same
/// line. Elsewhere they leave their text where it is.
struct TagMarks {
  private let parts: [MDXScanner.Part]

  init(_ parts: [MDXScanner.Part]) { self.parts = parts }

  /// The text of the tag that opens at `index`, in marks, and the index behind its end; nil when it cannot have them.
  func marked(_ tag: MDXTag, at index: Int) -> (text: [UInt8], end: Int)? {
    guard tag.kind == .open, tag.attribute("id") == nil, let mark = Self.marks[tag.name],
      index + 2 < parts.count,
      case .text(let words) = parts[index + 1], case .tag(let end, _) = parts[index + 2]
    else { return nil }
    guard end.kind == .close, end.name == tag.name else { return nil }
    let inner = words[...].trimmed
    let special: [UInt8] = mark == "`" ? Self.codeSpecial : Array(mark.utf8.prefix(1))
    guard let first = inner.first, let last = inner.last,
      !inner.contains(where: special.contains),
      mark == "`" || (Self.isWordByte(first) && (Self.isWordByte(last) || last == Self.colon))
    else { return nil }
    // Spaces inside of the marks would undo them.
    let before = words[..<inner.startIndex]
    let after = words[inner.endIndex...]
    return (before + Array(mark.utf8) + inner + Array(mark.utf8) + after, index + 3)
  }

  private static let marks = [
    "strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~",
    "code": "`", "kbd": "`", "samp": "`",
  ]

  /// What means something in a text and nothing in code: such a text keeps its meaning and goes without marks.
  private static let codeSpecial = Array("`\\*_&[<".utf8)

  private static let colon = UInt8(ascii: ":")

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter || byte >= 0x80
  }
}
