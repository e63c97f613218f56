/// One column of one row. Only `Canvas` makes cells, so no cell ever holds a character that could move a terminal.
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
  /// Marks drawn over `base`: none, one or two. More would leave the cell on some terminals.
  package internal(set) var firstMark: Unicode.Scalar?
  /// A second mark over or under the letter; nil where there is none.
  package internal(set) var secondMark: Unicode.Scalar?
  /// How much of the screen the letter takes.
  package let extent: Extent
  /// How the cell looks.
  package internal(set) var style: Style

  init(_ base: Unicode.Scalar = " ", extent: Extent = .single, style: Style = .plain) {
    self.base = base
    self.extent = extent
    self.style = style
  }

  /// Adds a mark while there is room; a third one is dropped.
  mutating func join(_ mark: Unicode.Scalar) {
    if firstMark == nil {
      firstMark = mark
    } else if secondMark == nil {
      secondMark = mark
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
