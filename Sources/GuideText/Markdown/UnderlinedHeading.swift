internal import Basics

/// A heading that is underlined: one to three lines of text, and a line of `=` or `-` below them.
///
/// Three dashes below a text are a rule in most guides, where they part sections from each other. They underline only what
/// can be nothing but a heading: the words of a step or of a known section, or a word that is just as long.
package struct UnderlinedHeading {
  /// Longer texts are paragraphs, in lines: no author underlines one.
  private static let lineLimit = 3

  /// 1 for `=`, 2 for `-`.
  package let level: Int
  /// The lines of the text; the line behind them is the underline.
  package let lines: Range<Int>
  /// The text on one line, with its mark-up.
  package let content: [UInt8]

  /// The heading whose text begins at `start`; nil when it is none.
  package init?(_ lines: [SourceLine], at start: Int) {
    guard start < lines.count, Self.isText(lines[start]), lines[start].indent < 4 else {
      return nil
    }
    var end = start + 1
    while end < lines.count, end - start <= Self.lineLimit {
      let line = lines[end]
      if line.indent < 4, let (level, length) = Self.underline(line.content) {
        let content = Array(lines[start..<end].map(\.content).joined(separator: [0x20]))
        guard level == 1 || Self.underlines(content[...].string, dashes: length) else { return nil }
        self.level = level
        self.lines = start..<end
        self.content = content
        return
      }
      guard Self.isText(line) else { return nil }
      end += 1
    }
    return nil
  }

  private static func isText(_ line: SourceLine) -> Bool {
    guard !line.isBlank, !line.isRule, !line.isQuote, line.headingLevel == nil, line.fence == nil,
      ListMarker(line) == nil, let first = line.content.first
    else { return false }
    return first != UInt8(ascii: "<") && first != UInt8(ascii: "{") && first != UInt8(ascii: "|")
      && underline(line.content) == nil
  }

  /// One `=` or more, or two dashes or more: a single one is the mark of an item.
  private static func underline(_ content: ArraySlice<UInt8>) -> (level: Int, length: Int)? {
    guard let mark = content.first, content.allSatisfy({ $0 == mark }) else { return nil }
    if mark == UInt8(ascii: "=") { return (1, content.count) }
    return mark == UInt8(ascii: "-") && content.count > 1 ? (2, content.count) : nil
  }

  private static func underlines(_ text: String, dashes: Int) -> Bool {
    guard dashes == 3 else { return true }
    let words = text.filter { !"*_`".contains($0) }
    return words.count == dashes || HeadingText.kind(of: words) != .other
  }
}
