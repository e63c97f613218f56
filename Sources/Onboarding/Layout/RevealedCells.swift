internal import Drafts
internal import TerminalUI

/// How the ends of a secret come on the screen: the text of their line has holes, and the characters are put into the
/// cells that these take. No text of them is ever made, for a text stays in memory when it is gone.
extension RevealedEnds {
  /// Takes the place of one column in texts. Nothing else that stands in such a line has it.
  static let hole: Unicode.Scalar = "◌"

  /// `◌◌◌◌ … ◌◌◌◌`
  var holes: String {
    var (first, last) = ("", "")
    forEachScalar { scalar, isFirst in
      let width = RevealedEnds.shown(scalar).map { Width.of($0) } ?? 0
      let holes = String(repeating: String(RevealedEnds.hole), count: width)
      if isFirst { first += holes } else { last += holes }
    }
    return "\(first) … \(last)"
  }

  /// Fills the holes of a row.
  func fill(_ columns: Range<Int>, ofRow row: Int, on canvas: inout Canvas) {
    canvas.isSensitive = true
    var column = columns.lowerBound
    forEachScalar { scalar, _ in
      guard let shown = RevealedEnds.shown(scalar) else { return }
      while columns.contains(column), canvas[column, row].base != RevealedEnds.hole { column += 1 }
      guard columns.contains(column) else { return }
      let style = canvas[column, row].style
      column += canvas.write(
        String(Character(shown)), at: Point(column: column, row: row), style: style)
    }
  }

  /// What of a character can be put into a cell of its own; nil of a mark.
  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard Sanitizer.isSafe(scalar) else { return "\u{FFFD}" }
    return Width.of(scalar) > 0 ? scalar : nil
  }
}
