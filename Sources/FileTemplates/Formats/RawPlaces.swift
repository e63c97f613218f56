internal import Basics

/// A file of which nothing is known but its lines.
struct RawPlaces: PlaceReader {
  private let text: [UInt8]
  /// Whether somebody has said that values are put in as they are.
  private let isKnown: Bool

  init(_ text: [UInt8], isKnown: Bool) {
    self.text = text
    self.isKnown = isKnown
  }

  var isInComment: Bool { false }

  mutating func read(at offset: Int) -> PlaceProblem? { nil }

  mutating func place(of range: Range<Int>) -> ValuePlace {
    guard isKnown else { return .filled(.harmless(.unknown)) }
    let isFirst = range.lowerBound == 0 || text[range.lowerBound - 1].isLineEnd
    let isLast = range.upperBound == text.count || text[range.upperBound].isLineEnd
    return .filled(isFirst && isLast ? .rawLines : .rawLine)
  }
}
