/// Finds web addresses that stand in a text without any mark-up.
package enum Addresses {
  /// The text with its addresses as links without words of their own. Everything else stays as it is.
  package static func inlines(_ text: Substring) -> [Inline] {
    var inlines: [Inline] = []
    var rest = text
    for range in ranges(in: text) {
      if rest.startIndex < range.lowerBound {
        inlines.append(.text(String(rest[..<range.lowerBound])))
      }
      inlines.append(.link([], url: String(text[range])))
      rest = text[range.upperBound...]
    }
    if !rest.isEmpty { inlines.append(.text(String(rest))) }
    return inlines
  }

  /// Addresses that lead somewhere: they have a host, and no blank to be filled in. Punctuation at the end belongs to
  /// the sentence, and so does a closing bracket that was not opened inside.
  private static func ranges(in text: Substring) -> [Range<String.Index>] {
    guard text.utf8.contains(UInt8(ascii: ":")) else { return [] }
    var ranges: [Range<String.Index>] = []
    var index = text.startIndex
    while let start = nextScheme(in: text, from: index) {
      let end = self.end(of: text[start...])
      let address = text[start..<end]
      index = max(end, text.index(after: start))
      if hasHost(address), !address.contains("{") { ranges.append(start..<end) }
    }
    return ranges
  }

  private static func hasHost(_ address: Substring) -> Bool {
    host(of: address).first.map { $0.isLetter || $0.isNumber || $0 == "[" } ?? false
  }

  /// What stands between `://` and the path; empty where nothing does.
  package static func host(of address: Substring) -> Substring {
    address.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#".contains($0) }
  }

  /// Where the next `http://` or `https://` begins at or after `start`.
  package static func nextScheme(in text: Substring, from start: String.Index) -> String.Index? {
    var index = start
    while let found = text[index...].firstIndex(of: "h") {
      let rest = text[found...]
      if rest.hasPrefix("http://") || rest.hasPrefix("https://") { return found }
      index = text.index(after: found)
    }
    return nil
  }

  private static func end(of text: Substring) -> String.Index {
    var address = text.prefix { !$0.isWhitespace && !"<>\"`".contains($0) }
    var unopened =
      address.count { $0 == ")" } - address.count { $0 == "(" }
    let hasBracket = address.contains("[")
    while let last = address.last {
      if last == ")", unopened > 0 {
        unopened -= 1
      } else if !".,:;!?*_~'”’".contains(last), last != "]" || hasBracket {
        break
      }
      address.removeLast()
    }
    return address.endIndex
  }
}
