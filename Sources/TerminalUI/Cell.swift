/// One column of one row. Only `Canvas` makes cells, so no cell ever holds a character that could move a terminal.
///
/// Sixteen bytes that are compared as they lie: a screen has thousands of cells.
package struct Cell: Hashable, Sendable {
  /// How much of its character the cell is.
  package enum Extent: UInt8, Sendable {
    case single
    /// The left half of a character of two columns; the next cell is its `.rightHalf`.
    case leftHalf
    case rightHalf
  }

  /// A space where nothing was drawn, and in a right half.
  package let base: Unicode.Scalar
  /// Marks as numbers: 0, which nobody draws, where there is none.
  private var first: UInt32 = 0
  private var second: UInt32 = 0
  /// How much of the screen the letter takes.
  package let extent: Extent
  /// How the cell looks.
  package internal(set) var style: Style

  init(_ base: Unicode.Scalar = " ", extent: Extent = .single, style: Style = .plain) {
    self.base = base
    self.extent = extent
    self.style = style
  }

  /// A mark drawn over `base`; nil where there is none. There are two at most: more would leave the cell on some
  /// terminals.
  package var firstMark: Unicode.Scalar? { Cell.mark(first) }
  /// A second mark over or under the letter; nil where there is none.
  package var secondMark: Unicode.Scalar? { Cell.mark(second) }

  private static func mark(_ number: UInt32) -> Unicode.Scalar? {
    number == 0 ? nil : Unicode.Scalar(number)
  }

  /// Adds a mark while there is room; a third one is dropped.
  mutating func join(_ mark: Unicode.Scalar) {
    if first == 0 {
      first = mark.value
    } else if second == 0 {
      second = mark.value
    }
  }

  /// What the cell shows, empty for a right half.
  var text: String {
    guard extent != .rightHalf else { return "" }
    var text = String(Character(base))
    if let firstMark { text.unicodeScalars.append(firstMark) }
    if let secondMark { text.unicodeScalars.append(secondMark) }
    return text
  }
}
