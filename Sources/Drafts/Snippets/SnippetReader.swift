internal import Basics
internal import Secrets

/// The one reader of whatever is pasted, typed or handed in where a value is asked: it finds the values in a text, and
/// knows nothing of the field. The table of what it reads stands in the article of this target.
package enum SnippetReader {
  /// The most lines that are looked at one by one. Whoever pastes more pastes a document.
  private static let lineLimit = 200

  /// The values of a text; nil when the text is nothing but a value.
  package static func read(_ text: RawSpan) -> Snippet? {
    let range = Blanks.trimmed(text, 0..<text.byteCount)
    guard !range.isEmpty else { return nil }
    let text = text.extracting(range)
    if let snippet = JSONSnippet.read(text) {
      if snippet.items.isEmpty { return nil }
      return snippet
    }
    if let snippet = CommandReader.read(text) { return snippet }
    if let snippet = BasicHeader.read(text) { return snippet }
    if let snippet = CodeReader.readObject(text) { return snippet }
    guard text.contains(where: \.isLineEnd) else {
      if let snippet = line(text) { return snippet }
      if let snippet = ShellVariables.read(text) { return snippet }
      if let snippet = CodeReader.readCall(text) { return snippet }
      return CodeReader.readStatement(text)
    }
    return lines(text)
  }

  private static func line(_ text: RawSpan) -> Snippet? {
    guard let line = NamedLine.read(text, 0..<text.byteCount), !line.isTight || isTelling(line)
    else { return nil }
    var snippet = Snippet(.line)
    line.add(to: &snippet)
    if snippet.items.isEmpty { return nil }
    return snippet
  }

  /// `k:v` is a name and its value only where the name says so: a user and a password look the same.
  private static func isTelling(_ line: borrowing NamedLine) -> Bool {
    let name = SnippetName(line.item.name)
    return name.isTelling && name.words.count > 1
  }

  private static func lines(_ text: RawSpan) -> Snippet? {
    if let snippet = DotenvReader.read(text), !snippet.items.isEmpty { return snippet }
    if let snippet = YAMLSnippet.read(text), !snippet.items.isEmpty { return snippet }
    if let snippet = KeyBlocks.read(text) { return snippet }
    if KeyBlocks.isBlock(text) { return nil }
    if let snippet = CodeReader.readCall(text) { return snippet }
    let snippet = separateLines(text)
    if snippet.items.isEmpty { return nil }
    return snippet
  }

  /// Every line by itself: with its name, with the label that stands on the line above it, or with its number.
  private static func separateLines(_ text: RawSpan) -> Snippet {
    var snippet = Snippet(.lines)
    var (offset, number, label) = (0, 0, nil as String?)
    while offset < text.byteCount, number < lineLimit {
      let end = text.firstOffset(from: offset, where: \.isLineEnd) ?? text.byteCount
      let range = Blanks.trimmed(text, offset..<end)
      offset = end + 1
      if range.isEmpty || isRemark(text.extracting(range)) { continue }
      number += 1
      if let line = NamedLine.read(text, range, line: number), !line.isTight || isTelling(line) {
        // A name with nothing behind it names the line below.
        label = line.value.isEmpty ? line.item.name : nil
        line.add(to: &snippet)
      } else if let name = label {
        snippet.add(
          Snippet.Item(name, .named(isExplicit: false), line: number, mark: .colon), text, range)
        label = nil
      } else if isLabel(text.extracting(range)), offset < text.byteCount {
        label = text.shownText(range)
      } else {
        snippet.add(Snippet.Item("", .line, line: number), text, range)
      }
    }
    return snippet
  }

  /// A comment, the marks of a code block, a section of a settings file.
  private static func isRemark(_ line: RawSpan) -> Bool {
    line.has("# ".utf8) || line.equals("#".utf8) || line.has("```".utf8) || line.has("~~~".utf8)
      || (line.has("[".utf8) && line[line.byteCount - 1] == UInt8(ascii: "]")
        && !line.contains(where: \.isBlank))
  }

  /// A few words that speak of a secret or an account and hold no digit: what a web page writes above a value.
  private static func isLabel(_ line: RawSpan) -> Bool {
    guard line.byteCount <= 40,
      !line.contains(where: { !$0.isLetter && !" _-()".utf8.contains($0) })
    else { return false }
    guard let last = line.wordRanges.last else { return false }
    let names = ["id", "name", "username", "user", "email", "domain"]
    return line.isOneOf(names, in: last) || line.endsTelling
  }
}
