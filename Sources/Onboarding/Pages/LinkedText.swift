internal import GuideText

/// Finds the links in a text that is not Markdown but may hold some: the description of a field.
enum LinkedText {
  /// The text with its bare addresses and `[name](address)` as links. Everything else stays as it is.
  static func inlines(_ text: String) -> [Inline] {
    // Asked with every key, and of a text that rarely has one.
    guard text.utf8.contains(UInt8(ascii: "[")) else { return Addresses.inlines(text[...]) }
    var inlines: [Inline] = []
    var rest = text[...]
    var index = rest.startIndex
    while let open = text[index...].firstIndex(of: "[") {
      guard let (link, end) = named(text[open...]) else {
        index = text.index(after: open)
        continue
      }
      inlines += Addresses.inlines(rest[..<open]) + [link]
      rest = text[end...]
      index = end
    }
    return inlines + Addresses.inlines(rest)
  }

  /// A link that begins with the text, and where it ends.
  private static func named(_ text: Substring) -> (Inline, end: String.Index)? {
    guard let close = text.firstIndex(of: "]") else { return nil }
    let name = text[..<close].dropFirst()
    let behind = text[close...].dropFirst()
    guard behind.first == "(", let end = behind.firstIndex(of: ")") else { return nil }
    let url = behind[..<end].dropFirst()
    guard !name.isEmpty, ["https://", "http://", "#"].contains(where: url.hasPrefix) else {
      return nil
    }
    return (.link([.text(String(name))], url: String(url)), text.index(after: end))
  }
}
