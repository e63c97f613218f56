internal import Basics

/// Marks of Markdown, HTML and plain sentences around a value: a code block, `**v**`, `<v>`, a full stop.
enum Markup {
  /// The lines between the marks of the only code block of a text.
  static func codeBlock(_ text: RawSpan) -> NormalizedText? {
    for fence in ["```", "~~~"] {
      guard let open = start(of: fence, in: text, from: 0),
        let content = text.firstOffset(from: open, where: \.isLineEnd),
        let close = start(of: fence, in: text, from: content),
        start(of: fence, in: text, from: close + 3) == nil
      else { continue }
      let inner = Blanks.trimmed(text, content..<close)
      if !inner.isEmpty { return NormalizedText(text, inner, .codeBlock) }
    }
    return nil
  }

  /// Where a line begins with the fence.
  private static func start(of fence: String, in text: RawSpan, from offset: Int) -> Int? {
    var offset = offset
    while let found = text.firstOffset(of: fence.utf8, from: offset) {
      var line = found
      while line > 0, text[line - 1] == 0x20 { line -= 1 }
      if line == 0 || text[line - 1].isLineEnd { return found }
      offset = found + 1
    }
    return nil
  }

  /// `**v**`, `<v>`, `<code>v</code>`. What stands in place of a value (`<YOUR_KEY>`) is left for the rules.
  static func around(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard context.isMasked, !context.rules.takesPassword, Placeholder.of(text) == nil else {
      return nil
    }
    for (open, close) in [
      ("**", "**"), ("__", "__"), ("<code>", "</code>"), ("<b>", "</b>"), ("<", ">"), ("[", "]"),
      ("(", ")"), ("{", "}"), ("~~", "~~"),
    ] where text.has(open.utf8) {
      let (start, end) = (open.utf8.count, text.byteCount - close.utf8.count)
      guard end > start, text.has(close.utf8, at: end) else { continue }
      let inner = text.extracting(start..<end)
      guard inner.firstOffset(of: close.utf8) == nil, !inner.contains(where: \.isBlank) else {
        continue
      }
      return NormalizedText(text, start..<end, .markup(open + "…" + close))
    }
    return nil
  }

  /// The mark that ends a sentence or an item, behind a value that has none of the kind inside.
  static func punctuation(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard context.isMasked, !context.rules.takesPassword, text.byteCount > 8 else { return nil }
    let end = text.byteCount - 1
    guard ".,;".utf8.contains(text[end]), text[end - 1].isLetter || text[end - 1].isDigit else {
      return nil
    }
    let value = text.extracting(0..<end)
    guard !value.contains(where: \.isBlank), value.contains(where: \.isDigit) else { return nil }
    return NormalizedText(text, 0..<end, .punctuation)
  }
}
