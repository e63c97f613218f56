/// Tells tags from texts that only look like one.
///
/// A name with a capital letter is a component and some others are HTML's; but `<YOUR_KEY>`, `<Your Key>` and
/// `<path>` stand in guides for what a reader has to fill in. So a tag has to show that it is one: by an attribute with
/// a value, by closing itself, by being closed somewhere in the file, or by being one that HTML need not close.
struct TagNames {
  /// Names that are closed somewhere in the file.
  private let closed: Set<String>

  init(_ lines: [SourceLine]) {
    var closed: Set<String> = []
    for line in lines {
      var rest = line.content
      while let start = rest.firstIndex(of: "</", from: rest.startIndex) {
        rest = rest[(start + 2)...]
        closed.insert(rest.prefix(while: MDXTag.isNameByte).string)
      }
    }
    self.closed = closed
  }

  func isTag(_ tag: MDXTag) -> Bool {
    guard Self.mayBeTag(tag.name) else { return false }
    return tag.kind != .open || tag.hasValues || closed.contains(tag.name)
      || Self.callouts.contains(tag.name) || Self.neverClosed.contains(tag.name)
  }

  static func mayBeTag(_ name: String) -> Bool {
    guard let first = name.utf8.first else { return false }
    return (0x41...0x5A).contains(first) || html.contains(name)
  }

  /// One of these that is not closed is reported, not shown.
  private static let callouts = Set(Callout.allCases.map(\.rawValue))

  private static let neverClosed: Set = ["br", "col", "embed", "hr", "img", "li", "source", "wbr"]

  private static let html: Set = [
    "a", "abbr", "article", "aside", "audio", "b", "big", "blockquote", "br", "button", "caption",
    "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "embed", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "i", "iframe", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p",
    "picture", "pre", "q", "s", "samp", "section", "small", "source", "span", "strike", "strong",
    "sub", "summary", "sup", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u",
    "ul", "var", "video", "wbr", "path",
  ]

  /// Tags inside a line that leave their text where it is.
  static let inline: Set = [
    "a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "u", "var", "wbr", "br",
    "button", "img", "Image", "svg", "path", "Tooltip", "Icon",
  ]
}
