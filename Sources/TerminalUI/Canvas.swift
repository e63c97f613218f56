/// A grid of cells to draw on. Drawing never writes outside it and never fails: what does not fit is not there.
///
/// All text goes through `Sanitizer` on its way into a cell. That is the last of the fences, not the first: text that was
/// not cleaned before is drawn safely, but may measure otherwise than it is drawn.
package struct Canvas: Equatable, Sendable {
  /// Columns and rows; fixed when the canvas is made.
  package let size: Size
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Point?
  /// Whether it shows a part of a secret. The next canvas that does not is painted from scratch, so that nothing of it
  /// stays in the memory of the program.
  package var isSensitive = false
  private var cells: [Cell]

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: Cell(), count: size.columns * size.rows)
  }

  /// The cell at a place; an empty one outside the canvas.
  package subscript(column: Int, row: Int) -> Cell {
    index(column, row).map { cells[$0] } ?? Cell()
  }

  /// The whole canvas as an area.
  package var bounds: Area { Area(origin: Point(column: 0, row: 0), size: size) }

  /// Writes one line of text from `point` to the right, at most `columns` wide (the rest of the row when nil).
  /// Returns how many columns it used. A wide character of which only half would fit is left out and ends the text.
  @discardableResult
  package mutating func write(
    _ text: String, at point: Point, style: Style = .plain, limit columns: Int? = nil
  ) -> Int {
    let end = min(size.columns, columns.map { point.column + max(0, $0) } ?? size.columns)
    var column = point.column
    var base: Int?
    for scalar in Sanitizer.clean(text).unicodeScalars {
      let width = Width.of(scalar)
      if width == 0 {
        if let base { cells[base].join(scalar) }
        continue
      }
      guard column + width <= end else { break }
      base = put(scalar, width: width, at: Point(column: column, row: point.row), style: style)
      column += width
    }
    return column - point.column
  }

  /// Writes styled text as `write` does, run after run.
  @discardableResult
  package mutating func write(
    _ line: [StyledText], at point: Point, limit columns: Int? = nil
  ) -> Int {
    var used = 0
    for run in line {
      let rest = columns.map { $0 - used }
      let start = Point(column: point.column + used, row: point.row)
      used += write(run.text, at: start, style: run.style, limit: rest)
    }
    return used
  }

  /// Fills an area with one character of one column.
  package mutating func fill(
    _ area: Area, with scalar: Unicode.Scalar = " ", style: Style = .plain
  ) {
    let safe = Sanitizer.isSafe(scalar) && Width.of(scalar) == 1 ? scalar : " "
    for row in area.rows.clamped(to: 0..<size.rows) {
      for column in area.columns.clamped(to: 0..<size.columns) {
        put(safe, width: 1, at: Point(column: column, row: row), style: style)
      }
    }
  }

  /// Draws another canvas over this one. Its cursor and its sensitivity are not taken over.
  package mutating func place(
    _ other: borrowing Canvas, at origin: Point = Point(column: 0, row: 0)
  ) {
    for row in 0..<other.size.rows {
      for column in 0..<other.size.columns where other[column, row].extent != .rightHalf {
        let cell = other[column, row]
        let point = Point(column: origin.column + column, row: origin.row + row)
        let width = cell.extent == .leftHalf ? 2 : 1
        guard let index = put(cell.base, width: width, at: point, style: cell.style) else {
          continue
        }
        cells[index].firstMark = cell.firstMark
        cells[index].secondMark = cell.secondMark
      }
    }
  }

  /// Overwrites all cells where they are in memory, unless another canvas shares them.
  package mutating func wipe() {
    for index in cells.indices { cells[index] = Cell() }
  }

  /// The text of all rows, blanks at their ends cut off: what a snapshot compares.
  package var lines: [String] {
    (0..<size.rows).map { row in
      var line = (0..<size.columns).reduce(into: "") { $0 += self[$1, row].text }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private func index(_ column: Int, _ row: Int) -> Int? {
    guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return nil }
    return row * size.columns + column
  }

  /// Puts a character down and returns where marks for it go. Nothing happens unless all of it is inside.
  @discardableResult
  private mutating func put(
    _ scalar: Unicode.Scalar, width: Int, at point: Point, style: Style
  ) -> Int? {
    guard let first = index(point.column, point.row),
      let last = index(point.column + width - 1, point.row)
    else { return nil }
    separate(first)
    separate(last)
    if width == 2 {
      cells[first] = Cell(scalar, extent: .leftHalf, style: style)
      cells[last] = Cell(extent: .rightHalf, style: style)
    } else {
      cells[first] = Cell(scalar, style: style)
    }
    return first
  }

  /// Blanks the other half of a wide character that is about to lose this one.
  private mutating func separate(_ index: Int) {
    switch cells[index].extent {
    case .single: break
    case .leftHalf: cells[index + 1] = Cell(style: cells[index + 1].style)
    case .rightHalf: cells[index - 1] = Cell(style: cells[index - 1].style)
    }
  }
}
