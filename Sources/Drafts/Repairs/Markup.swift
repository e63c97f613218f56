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
    guard context.isMasked, !context.isMultiline, let inner = inside(text),
      !context.rules.takesPassword, Placeholder.of(text) == nil
    else { return nil }
    return inner
  }

  private static func inside(_ text: RawSpan) -> NormalizedText? {
    if let inner = element(text) { return inner }
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

  /// `<apiKey>v</apiKey>`
  private static func element(_ text: RawSpan) -> NormalizedText? {
    guard text.has("<".utf8), let open = text.firstOffset(where: { $0 == UInt8(ascii: ">") }),
      open > 1, open <= 64
    else { return nil }
    let name = text.extracting(1..<open)
    guard !name.contains(where: { !$0.isLetter && !$0.isDigit && !"-_.:".utf8.contains($0) }) else {
      return nil
    }
    let end = text.byteCount - name.byteCount - 3
    guard end > open + 1, text.has("</".utf8, at: end),
      text.extracting(end + 2..<end + 2 + name.byteCount).equals(name)
    else { return nil }
    let inner = Blanks.trimmed(text, open + 1..<end)
    if text.extracting(inner).contains(where: { $0 == UInt8(ascii: "<") }) { return nil }
    return inner.isEmpty ? nil : NormalizedText(text, inner, .markup("<…>…</…>"))
  }

  /// The mark that ends a sentence or an item, behind a value that has none of the kind inside; a comment behind it; the
  /// mark of a list or of a prompt in front of it.
  static func punctuation(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard context.isMasked, !context.isMultiline, let value = value(in: text),
      !context.rules.takesPassword
    else { return nil }
    return NormalizedText(text, value, .punctuation)
  }

  private static func value(in text: RawSpan) -> Range<Int>? {
    if let range = withoutComment(text) ?? withoutListMark(text), isKey(text.extracting(range)) {
      return range
    }
    for mark in [".", ",", ";", "\\n"] {
      let end = text.byteCount - mark.utf8.count
      guard end >= 8, text.has(mark.utf8, at: end), text[end - 1].isLetter || text[end - 1].isDigit,
        isKey(text.extracting(0..<end))
      else { continue }
      return 0..<end
    }
    return nil
  }

  private static func withoutComment(_ text: RawSpan) -> Range<Int>? {
    guard let blank = text.firstOffset(where: \.isBlank), blank > 0 else { return nil }
    let rest = Blanks.trimmed(text, blank..<text.byteCount)
    let isComment = ["# ", "// ", "-- ", "<!--", "/*"].contains {
      text.has($0.utf8, at: rest.lowerBound)
    }
    return isComment ? 0..<blank : nil
  }

  private static func withoutListMark(_ text: RawSpan) -> Range<Int>? {
    for mark in ["- ", "* ", "• ", "> ", "$ ", "– "] where text.has(mark.utf8) {
      return Blanks.trimmed(text, mark.utf8.count..<text.byteCount)
    }
    return nil
  }

  /// One word with a digit in it, as words of a sentence are not.
  private static func isKey(_ text: RawSpan) -> Bool {
    text.byteCount >= 8 && text.contains(where: \.isDigit) && !text.contains(where: \.isBlank)
  }
}
