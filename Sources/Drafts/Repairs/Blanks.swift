internal import Basics

/// Blanks, line ends and characters without a width around a value: they come along when text is selected.
enum Blanks {
  static func normalize(_ text: RawSpan) -> NormalizedText? {
    let range = trimmed(text, 0..<text.byteCount)
    guard range.count < text.byteCount else { return nil }
    return NormalizedText(text, range, .blanks)
  }

  /// The range without what is blank at its ends.
  static func trimmed(_ text: RawSpan, _ range: Range<Int>) -> Range<Int> {
    let part = text.extracting(range)
    var (start, end) = (0, part.byteCount)
    while start < end {
      let decoded = part.scalar(at: start)
      guard let scalar = decoded.scalar, isBlank(scalar) else { break }
      start += decoded.length
    }
    while end > start {
      let previous = part.offset(before: end)
      guard let scalar = part.scalar(at: previous).scalar, isBlank(scalar) else { break }
      end = previous
    }
    return range.lowerBound + start..<range.lowerBound + end
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064,
      0x2066...0x2069, 0x3000, 0xFEFF:
      true
    default: false
    }
  }
}
