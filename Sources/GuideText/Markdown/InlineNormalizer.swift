/// What guides need done to inlines beyond CommonMark: adjoining texts put together, bold that CommonMark's rules for
/// punctuation reject, addresses in the text made into links.
enum InlineNormalizer {
  /// Longer texts, in bytes, are left as they are: no sentence is that long, and mending one takes its square.
  fileprivate static let lengthLimit = 4096
  /// Paragraphs of more pieces are left as they are, for the same reason.
  private static let countLimit = 1000

  /// Puts adjoining texts together, and takes spaces away around line breaks.
  static func merged(_ inlines: [Inline]) -> [Inline] {
    var result: [Inline] = []
    var text = ""
    func flush() {
      if !text.isEmpty { result.append(.text(text)) }
      text = ""
    }
    for inline in inlines {
      switch inline {
      case .text(let more):
        let isAtStart = text.isEmpty && result.last == .lineBreak
        text += isAtStart ? String(more.drop { $0 == " " }) : more
      case .lineBreak:
        text = withoutSpacesAtEnd(text)
        flush()
        result.append(inline)
      case .strong, .emphasis, .code, .link, .figure:
        flush()
        result.append(inline)
      }
    }
    flush()
    return result
  }

  private static func withoutSpacesAtEnd(_ text: String) -> String {
    var rest = text[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  /// Without spaces and breaks at either end, and without empty texts.
  static func trimmed(_ inlines: [Inline]) -> [Inline] {
    var rest = inlines.filter { $0 != .text("") }[...]
    while let first = rest.first {
      if let kept = trimmed(first, atStart: true) {
        rest[rest.startIndex] = kept
        break
      }
      rest.removeFirst()
    }
    while let last = rest.last {
      if let kept = trimmed(last, atStart: false) {
        rest[rest.endIndex - 1] = kept
        break
      }
      rest.removeLast()
    }
    return Array(rest)
  }

  private static func trimmed(_ inline: Inline, atStart: Bool) -> Inline? {
    switch inline {
    case .lineBreak: return nil
    case .text(let text):
      let rest = atStart ? String(text.drop { $0 == " " }) : withoutSpacesAtEnd(text)
      return rest.isEmpty ? nil : .text(rest)
    case .strong, .emphasis, .code, .link, .figure: return inline
    }
  }

  // MARK: Bold

  /// Makes `**…**` bold where CommonMark left it as text: `**Note:**Text` has no space behind the closing marks.
  static func bold(_ inlines: [Inline]) -> [Inline] {
    guard inlines.count <= countLimit, inlines.contains(where: \.hasStars) else { return inlines }
    var result: [Inline] = []
    var rest = inlines[...]
    while let inline = rest.popFirst() {
      guard case .text(let text) = inline, let open = opening(in: text) else {
        result.append(inline)
        continue
      }
      let behind = Inline.text(String(text[open.upperBound...]))
      guard let (inner, after) = upToClosing([behind] + rest) else {
        result.append(inline)
        continue
      }
      result.append(.text(String(text[..<open.lowerBound])))
      result.append(.strong(merged(inner.filter { $0 != .text("") })))
      rest = after[...]
    }
    return merged(result.filter { $0 != .text("") })
  }

  /// Two asterisks with a text directly behind them.
  private static func opening(in text: String) -> Range<String.Index>? {
    stars(in: text).first { $0.upperBound == text.endIndex || text[$0.upperBound] != " " }
  }

  private static func upToClosing(_ inlines: [Inline]) -> (inner: [Inline], after: [Inline])? {
    var inner: [Inline] = []
    for (index, inline) in inlines.enumerated() {
      if case .text(let text) = inline {
        let closing = stars(in: text).first { range in
          range.lowerBound > text.startIndex
            ? text[text.index(before: range.lowerBound)] != " " : !inner.isEmpty
        }
        if let closing {
          inner.append(.text(String(text[..<closing.lowerBound])))
          let after = Inline.text(String(text[closing.upperBound...]))
          return (inner, [after] + inlines[(index + 1)...])
        }
      }
      inner.append(inline)
    }
    return nil
  }

  /// Exactly two asterisks in a row.
  private static func stars(in text: String) -> [Range<String.Index>] {
    var ranges: [Range<String.Index>] = []
    var index = text.startIndex
    while let start = text[index...].firstIndex(of: "*") {
      let end = text[start...].firstIndex { $0 != "*" } ?? text.endIndex
      if text.distance(from: start, to: end) == 2 { ranges.append(start..<end) }
      index = end
    }
    return ranges
  }

  // MARK: Addresses

  /// Makes addresses in the text into links, also inside bold and italics.
  static func linked(_ inlines: [Inline]) -> [Inline] {
    inlines.flatMap { inline -> [Inline] in
      switch inline {
      case .text(let text): Addresses.inlines(text[...]).map(\.named)
      case .strong(let inner): [.strong(linked(inner))]
      case .emphasis(let inner): [.emphasis(linked(inner))]
      case .code, .link, .figure, .lineBreak: [inline]
      }
    }
  }
}

extension Inline {
  fileprivate var hasStars: Bool {
    guard case .text(let text) = self else { return false }
    return text.utf8.contains(UInt8(ascii: "*")) && text.utf8.count <= InlineNormalizer.lengthLimit
  }

  /// A link without words has its address for them.
  fileprivate var named: Inline {
    if case .link([], let url) = self { .link([.text(url)], url: url) } else { self }
  }
}
