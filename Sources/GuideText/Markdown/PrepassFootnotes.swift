internal import Basics

/// Footnotes: `[^1]: …` with the indented lines behind it. A reference in the text needs nothing done to it.
extension MDXNormalizer {
  struct Footnote {
    /// `[^1]:`
    let mark: [UInt8]
    let text: ArraySlice<UInt8>
  }

  /// The footnote that begins with a line; nil for a line that is something else, and for a note that nothing refers to,
  /// which stays in the text.
  func footnote(_ line: SourceLine, _ output: inout PrepassOutput) -> Footnote? {
    let text = line.content
    guard text.starts(with: "[^".utf8), let end = text.firstIndex(of: UInt8(ascii: "]")),
      end > text.startIndex + 2, text[(end + 1)...].first == UInt8(ascii: ":"),
      !text[..<end].contains(0x20), !output.isUselessDefinition(text)
    else { return nil }
    return Footnote(mark: Array(text[...(end + 1)]), text: text[(end + 2)...].trimmed)
  }

  /// Writes it as an item of the document, which takes the lines that are indented below it.
  mutating func begin(_ note: Footnote, _ line: SourceLine, _ output: inout PrepassOutput) {
    flushMark(&output)
    items.removeAll()
    separate(&output)
    pendingMark = note.mark
    // CommonMark wants what belongs to a note indented by four columns.
    items.append(OpenItem(indent: line.indent, width: 4))
    guard !note.text.isEmpty else { return }
    text(
      SourceLine(
        indent: line.indent + 4, content: note.text, breaksHard: line.breaksHard,
        number: line.number), &output)
  }
}
