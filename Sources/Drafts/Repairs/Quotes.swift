internal import Basics

/// Quotes around a value, as source code, settings files and word processors put them.
enum Quotes {
  private static let pairs: [(opening: String, closing: String)] = [
    ("\"", "\""), ("'", "'"), ("`", "`"), ("\u{201C}", "\u{201D}"), ("\u{2018}", "\u{2019}"),
    ("\u{201E}", "\u{201C}"), ("\u{201A}", "\u{2018}"), ("\u{AB}", "\u{BB}"),
    ("\u{201D}", "\u{201D}"), ("\u{2019}", "\u{2019}"), ("\\\"", "\\\""),
  ]

  static func normalize(_ text: RawSpan) -> NormalizedText? {
    guard let range = inside(text, 0..<text.byteCount) else { return nil }
    return NormalizedText(text, range, .quotes)
  }

  /// The range between the quotes; nil when there are none. A comma or semicolon after them is taken off too.
  static func inside(_ text: RawSpan, _ range: Range<Int>) -> Range<Int>? {
    let part = text.extracting(range)
    for pair in pairs where part.has(pair.opening.utf8) {
      let start = pair.opening.utf8.count
      for tail in ["", ",", ";"] {
        let closing = pair.closing + tail
        let end = part.byteCount - closing.utf8.count
        guard end > start, part.has(closing.utf8, at: end) else { continue }
        // A quote of the same kind inside means that the two at the ends are no pair.
        let inner = part.extracting(start..<end)
        guard inner.firstOffset(of: pair.closing.utf8) == nil else { continue }
        return range.lowerBound + start..<range.lowerBound + end
      }
    }
    return nil
  }
}
