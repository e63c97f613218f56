internal import TerminalUI

/// As much of a text as an input shows: the part around the caret, with marks where there is more.
struct TextWindow {
  let text: String
  /// In columns from the beginning of `text`.
  let caret: Int

  init(_ whole: String, caret: Int, columns: Int) {
    guard Width.of(whole) > columns else {
      text = whole
      self.caret = caret
      return
    }
    // The caret keeps a column at the right, and a mark one at the left.
    var start = max(0, caret - columns + 2)
    if start > 0 { start += 1 }
    var shown = ""
    var column = 0
    for scalar in whole.unicodeScalars {
      let width = Width.of(scalar)
      if column >= start, column + width <= start + columns - (start > 0 ? 1 : 0) {
        shown.unicodeScalars.append(scalar)
      }
      column += width
    }
    if start > 0 { shown = "…" + shown }
    if Width.of(whole) > start + columns, Width.of(shown) >= columns {
      shown = Width.truncate(shown + "…", columns: columns)
    }
    text = shown
    self.caret = caret - start + (start > 0 ? 1 : 0)
  }
}
