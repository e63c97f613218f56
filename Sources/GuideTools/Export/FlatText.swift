internal import GuideText

/// Texts without mark-up, on one line.
enum FlatText {
  /// The words of a text; figures in it say nothing.
  static func words(_ inlines: [Inline]) -> String { collapsed(plain(inlines)) }

  /// The words of blocks, one after the other.
  static func words(_ blocks: [Block]) -> String {
    var words: [String] = []
    blocks.walk { event in
      switch event {
      case .span(let span):
        if case .code(_, let text) = span.content { words.append(text) }
        words.append(plain(span.inlines))
      case .itemBegins(let item):
        switch item.marker {
        case .bullet, .task: words.append("-")
        case .number(let number): words.append("\(number).")
        }
      case .itemEnds, .tableBegins, .calloutBegins, .calloutEnds, .quoteBegins, .quoteEnds: break
      }
    }
    return collapsed(words.joined(separator: " "))
  }

  private static func collapsed(_ text: String) -> String {
    // By scalars: a mark behind a space makes one character of the two.
    text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map(String.init)
      .joined(separator: " ")
  }

  private static func plain(_ inlines: [Inline]) -> String {
    var text = ""
    inlines.forEachRun { run in
      if case .figure = run { text += " " } else { text += run.written }
    }
    return text
  }

  // MARK: Addresses

  /// Web addresses that stand in the text as they were written, asterisks included, but not in links or code. The
  /// asterisks of `**https://**` make no host.
  static func addresses(in inlines: [Inline]) -> [String] {
    let text = source(inlines)
    guard text.contains("://") else { return [] }
    var found: [String] = []
    var index = text.startIndex
    while let start = Addresses.nextScheme(in: text[...], from: index) {
      let behind = text[start...].drop { $0 != ":" }.dropFirst(3)
      let tail = behind.prefix { !$0.isWhitespace && !"()[]<>\"`'".contains($0) }
      var address = text[start..<tail.endIndex]
      while let last = address.last, ".,:;!?*_".contains(last) { address.removeLast() }
      if !Addresses.host(of: address).allSatisfy({ $0 == "*" }) { found.append(String(address)) }
      index = max(tail.endIndex, behind.startIndex)
    }
    return found
  }

  private static func source(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text
      case .strong(let inner): "**" + source(inner) + "**"
      case .emphasis(let inner): "*" + source(inner) + "*"
      case .code, .link, .figure, .lineBreak: " "
      }
    }.joined()
  }
}
