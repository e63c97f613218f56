/// How many columns a terminal gives to text. The table is our own (Unicode 17.0), so neither the locale nor the age of
/// the C library changes a layout or a snapshot.
///
/// It measures text that went through `Sanitizer`; of anything else the answer is what `Canvas` would draw.
package enum Width {
  /// 0 for a mark that joins the character before it, 2 for East Asian wide characters and emoji, else 1.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    // What screens are made of, and outside of both tables: punctuation, and boxes, bars and dots.
    if (0x2010..<0x20D0).contains(value) || (0x2500..<0x25FD).contains(value) { return 1 }
    if contains(value, in: WidthTables.zero) { return 0 }
    return contains(value, in: WidthTables.wide) ? 2 : 1
  }

  /// The columns of one line of text.
  package static func of(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// The same of a whole text. Of ASCII, which most are, every byte is a character of one column.
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    var columns = 0
    for scalar in text.unicodeScalars { columns += of(scalar) }
    return columns
  }

  /// The longest beginning of `text` that fits into `columns`. Never parts a mark from its base, nor the two halves of a
  /// flag, of which each is a letter of its own alone.
  package static func prefix<Text: StringProtocol>(_ text: Text, columns: Int) -> Text.SubSequence {
    var used = 0
    let scalars = text.unicodeScalars
    var end = scalars.startIndex
    while end < scalars.endIndex {
      used += of(scalars[end])
      var next = scalars.index(after: end)
      if isHalfFlag(scalars[end]), next < scalars.endIndex, isHalfFlag(scalars[next]) {
        used += of(scalars[next])
        next = scalars.index(after: next)
      }
      if used > columns { break }
      end = next
    }
    return text[..<end]
  }

  /// A regional indicator: two of them are the flag of a country.
  private static func isHalfFlag(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  /// `text`, or as much of it as fits with an ellipsis behind it.
  package static func truncate(_ text: String, columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    return String(prefix(text, columns: columns - 1)) + "…"
  }

  private static func contains(_ value: UInt32, in ranges: [UInt32]) -> Bool {
    var low = 0
    var high = ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if value > ranges[2 * middle + 1] {
        low = middle + 1
      } else if value < ranges[2 * middle] {
        high = middle
      } else {
        return true
      }
    }
    return false
  }
}
