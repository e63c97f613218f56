internal import TerminalUI

/// Where things are in a window of a given size. Small windows give up air first.
struct Frame {
  let size: Size
  /// The text's columns, and where they begin.
  let left: Int
  let width: Int
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
    let margin = size.columns >= 60 ? 2 : 1
    width = max(1, min(PageLayout.textWidth, size.columns - 2 * margin))
    left = max(0, (size.columns - width) / 2)
    isRoomy = size.rows >= 20
    let isTight = size.rows < 15
    headerRow = isRoomy ? 1 : 0
    ruleRow = isTight ? nil : headerRow + 1
    bodyRow = isRoomy ? 4 : isTight ? 2 : 3
    keyRow = size.rows - 1
  }

  /// Rows between the header and the key bar, less the blank one above the bar.
  var bodyAndDockRows: Int { keyRow - bodyRow - (size.rows >= 12 ? 1 : 0) }
}
