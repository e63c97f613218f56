internal import TerminalUI

/// Where things are in a window of a given size. Small windows give up air first.
struct Frame {
  let size: Size
  /// The text's columns, and where they begin.
  private(set) var left: Int
  let width: Int
  /// Blank columns at the edges of the window.
  let margin: Int
  /// Whether there is room for blank rows inside the page.
  let isRoomy: Bool
  let headerRow: Int
  /// The rule below the header, where there is room for one.
  let ruleRow: Int?
  /// The first row below the header.
  let bodyRow: Int
  let keyRow: Int

  init(_ size: Size) {
    self.size = size
    margin = size.columns >= 60 ? 2 : 1
    width = max(1, min(PageLayout.textWidth, size.columns - 2 * margin))
    left = max(0, (size.columns - width) / 2)
    isRoomy = size.rows >= 20
    let isTight = size.rows < 15
    headerRow = isRoomy ? 1 : 0
    ruleRow = isTight ? nil : headerRow + 1
    bodyRow = isRoomy ? 4 : isTight ? 2 : 3
    keyRow = size.rows - 1
  }

  /// The blank row above the key bar. What would be cut without it may have it.
  var spareRows: Int { size.rows >= 12 ? 1 : 0 }

  /// Rows between the header and the key bar, less the blank one above the bar.
  var bodyAndDockRows: Int { keyRow - bodyRow - spareRows }

  /// The most rows that fields may take, however little stands beside them.
  var fieldRows: Int { max(3, bodyAndDockRows - 1) }

  /// Columns from the text's left edge to the margin: code and tables may use them all.
  var wideWidth: Int { max(1, size.columns - margin - left) }

  /// The same, moved to the left as far as code or a table of that many columns needs it.
  func fitting(_ columns: Int) -> Frame {
    var frame = self
    frame.left = min(left, max(margin, size.columns - margin - columns))
    return frame
  }
}
