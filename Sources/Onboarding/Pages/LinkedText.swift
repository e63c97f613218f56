internal import Guides

/// Finds the links in a text that is not Markdown but may hold some: the description of a field.
enum LinkedText {
  /// The text with its bare addresses and `[name](address)` as links. Everything else stays as it is.
  static func inlines(_ text: String) -> [Inline] {
    var inlines: [Inline] = []
    var plain = ""
    var rest = text[...]
    while !rest.isEmpty {
      guard let (link, length) = named(rest) ?? bare(rest, after: plain.last) else {
        plain.append(rest.removeFirst())
        continue
      }
      if !plain.isEmpty { inlines.append(.text(plain)) }
      plain = ""
      inlines.append(link)
      rest = rest.dropFirst(length)
    }
    if !plain.isEmpty { inlines.append(.text(plain)) }
    return inlines
  }

  private static func named(_ text: Substring) -> (Inline, length: Int)? {
    guard text.first == "[", let close = text.firstIndex(of: "]"), close > text.startIndex else {
      return nil
    }
    let name = text[text.index(after: text.startIndex)..<close]
    let behind = text[text.index(after: close)...]
    guard behind.first == "(", let end = behind.firstIndex(of: ")") else { return nil }
    let url = behind[behind.index(after: behind.startIndex)..<end]
    guard !name.isEmpty, isAddress(url) || url.hasPrefix("#") else { return nil }
    return (
      .link([.text(String(name))], url: String(url)),
      text.distance(from: text.startIndex, to: end) + 1
    )
  }

  private static func bare(_ text: Substring, after previous: Character?) -> (Inline, length: Int)?
  {
    guard text.first == "h", previous.map({ !$0.isLetter }) ?? true, isAddress(text) else {
      return nil
    }
    var url = text.prefix { !$0.isWhitespace && !"<>\"`".contains($0) }
    // A sentence goes on or ends behind it.
    while let last = url.last, ".,;:!?)]'".contains(last) { url.removeLast() }
    // An address with a blank to be filled in leads nowhere.
    guard !url.contains("{"), Addresses.hasHost(url) else { return nil }
    return (.link([], url: String(url)), url.count)
  }

  private static func isAddress(_ text: Substring) -> Bool {
    text.hasPrefix("https://") || text.hasPrefix("http://")
  }
}
