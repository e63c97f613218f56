internal import CNcurses
internal import TerminalUI

/// Brings a canvas to the screen: only cells that changed since the last one are handed to ncurses.
struct Painter {
  private let theme: Theme
  private let encoding: TextEncoding
  /// What was painted last.
  private var shown: Canvas

  init(theme: Theme, encoding: TextEncoding, size: Size) {
    self.theme = theme
    self.encoding = encoding
    shown = Canvas(size: size)
  }

  /// A part of a row that is to be painted.
  struct Change {
    let start: Point
    private(set) var cells: [cchar_t]

    mutating func wipe() {
      for index in cells.indices { cells[index] = cchar_t() }
    }
  }

  /// What has to change on the screen to show `canvas`.
  mutating func changes(to canvas: borrowing Canvas) -> [Change] {
    var changes: [Change] = []
    for row in 0..<min(canvas.size.rows, shown.size.rows) {
      guard let columns = canvas.changedColumns(ofRow: row, since: shown) else { continue }
      // Its room is taken at once: an array that grows leaves what it held behind.
      var cells: [cchar_t] = []
      cells.reserveCapacity(columns.count)
      for column in columns {
        if let cell = cursesCell(canvas[column, row]) { cells.append(cell) }
      }
      changes.append(Change(start: Point(column: columns.lowerBound, row: row), cells: cells))
    }
    let next = shown.size == canvas.size ? copy canvas : shown.covered(by: canvas)
    if shown.isSensitive { shown.wipe() }
    shown = next
    return changes
  }

  /// Overwrites what is kept of the last canvas.
  mutating func forget() { shown.wipe() }

  /// Takes the screen to be empty and of this size.
  mutating func startOver(size: Size) {
    shown = Canvas(size: size)
  }

  // MARK: - One cell

  /// A cell for ncurses; nil for the right half of a wide character, which comes with its left one.
  private func cursesCell(_ cell: Cell) -> cchar_t? {
    let look = theme.look(of: cell.style)
    guard let text = drawable(cell) else { return nil }
    return curses_cell(
      wchar_t(text.base.value), wchar_t(text.first), wchar_t(text.second), look.attributes,
      look.pair)
  }

  private struct DrawableText {
    var base: Unicode.Scalar
    var first: UInt32 = 0
    var second: UInt32 = 0
  }

  /// What of a cell the locale can show. Its C library may know an older Unicode than our width table: a character that
  /// it does not know, or measures otherwise, would shift all that follows.
  private func drawable(_ cell: Cell) -> DrawableText? {
    if cell.extent == .single, cell.base.isASCII {
      return text(cell, base: cell.base)
    }
    switch encoding {
    case .ascii:
      return DrawableText(base: cell.extent == .rightHalf ? " " : Transliteration.ascii(cell.base))
    case .utf8:
      guard cell.extent != .rightHalf else { return nil }
      let columns: Int32 = cell.extent == .leftHalf ? 2 : 1
      if wcwidth(wchar_t(cell.base.value)) == columns { return text(cell, base: cell.base) }
      return DrawableText(base: columns == 2 ? "\u{FF1F}" : "\u{FFFD}")
    }
  }

  private func text(_ cell: Cell, base: Unicode.Scalar) -> DrawableText {
    var text = DrawableText(base: base)
    guard encoding == .utf8 else { return text }
    for mark in [cell.firstMark, cell.secondMark] {
      guard let mark, wcwidth(wchar_t(mark.value)) == 0 else { continue }
      if text.first == 0 { text.first = mark.value } else { text.second = mark.value }
    }
    return text
  }
}

extension Canvas {
  /// This canvas after painting another one of some other size over its top left corner.
  fileprivate func covered(by canvas: borrowing Canvas) -> Canvas {
    var result = Canvas(size: size)
    result.place(canvas)
    result.isSensitive = canvas.isSensitive
    return result
  }
}
