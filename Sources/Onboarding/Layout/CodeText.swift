internal import TerminalUI

/// A block of code as text that can be shown: cleaned, line by line, with tabs as the blanks up to the next stop.
struct CodeText {
  /// Columns from one tab stop to the next. Eight would push deep code out of every window.
  private static let tabStop = 4

  let lines: [String]

  init(_ text: String) {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    while lines.count > 1, lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    self.lines = lines.map(CodeText.expanded)
  }

  /// The same for a clipboard: what would be dangerous in a terminal is spelled out here too, and tabs stay.
  static func copyable(_ text: String) -> String {
    text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { Sanitizer.clean(String($0), keepingLineBreaks: true) }.joined(separator: "\t")
  }

  private static func expanded(_ line: Substring) -> String {
    var text = ""
    for (index, piece) in line.split(separator: "\t", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 {
        let blanks = tabStop - Width.of(text) % tabStop
        text += String(repeating: " ", count: blanks)
      }
      text += Sanitizer.clean(String(piece))
    }
    return text
  }
}
