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
  /// Row by row: rows that two canvases share are the same at a glance.
  private var rows: [[Cell]]

  /// Empty cells in the plain style, and no cursor.
  package init(size: Size) {
    self.size = size
    rows = Array(repeating: Canvas.blankRow(size.columns), count: size.rows)
  }

  /// The cell at a place; an empty one outside the canvas.
  package subscript(column: Int, row: Int) -> Cell {
    rows.indices.contains(row) && rows[row].indices.contains(column)
      ? rows[row][column] : Cell()
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
    // Taken out while it is written to, so that it is changed where it lies. None where nothing can be drawn.
    let isInside = rows.indices.contains(point.row)
    var row = isInside ? exchange(&rows[point.row], with: []) : []
    let column =
      Sanitizer.isPlain(text)
      ? Canvas.write(plain: text, from: point.column, to: end, style, in: &row)
      : Canvas.write(Sanitizer.clean(text), from: point.column, to: end, style, in: &row)
    if isInside { rows[point.row] = row }
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
    let columns = area.columns.clamped(to: 0..<size.columns)
    for row in area.rows.clamped(to: 0..<size.rows) {
      for column in columns {
        Canvas.put(safe, width: 1, at: column, style: style, in: &rows[row])
      }
    }
  }

  /// Blanks a row, as it was when the canvas was made.
  package mutating func clear(row: Int) {
    if rows.indices.contains(row) { rows[row] = Canvas.blankRow(size.columns) }
  }

  /// Draws another canvas over this one. Its cursor and its sensitivity are not taken over.
  package mutating func place(
    _ other: borrowing Canvas, at origin: Point = Point(column: 0, row: 0)
  ) {
    for row in 0..<other.size.rows where rows.indices.contains(origin.row + row) {
      for column in 0..<other.size.columns where other[column, row].extent != .rightHalf {
        let cell = other[column, row]
        let width = cell.extent == .leftHalf ? 2 : 1
        let index = Canvas.put(
          cell.base, width: width, at: origin.column + column, style: cell.style,
          in: &rows[origin.row + row])
        // With its marks.
        if let index { rows[origin.row + row][index] = cell }
      }
    }
  }

  /// From the first to the last column in which a row differs from that of another canvas, whole wide characters on both
  /// ends; nil where it does not. Columns that only one of them has are not compared.
  package func changedColumns(ofRow row: Int, since other: borrowing Canvas) -> Range<Int>? {
    guard rows.indices.contains(row), other.rows.indices.contains(row) else { return nil }
    let (new, old) = (rows[row], other.rows[row])
    // Rows that are shared are not looked into.
    if new == old { return nil }
    let width = min(new.count, old.count)
    guard var first = (0..<width).first(where: { new[$0] != old[$0] }) else { return nil }
    var end = width
    while new[end - 1] == old[end - 1] { end -= 1 }
    func isRightHalf(_ column: Int) -> Bool {
      new[column].extent == .rightHalf || old[column].extent == .rightHalf
    }
    if first > 0, isRightHalf(first) { first -= 1 }
    if end < width, isRightHalf(end) { end += 1 }
    return first..<end
  }

  /// Overwrites all cells where they are in memory, unless another canvas shares them.
  package mutating func wipe() {
    for row in rows.indices {
      for column in rows[row].indices { rows[row][column] = Cell() }
    }
  }

  /// The text of all rows, blanks at their ends cut off: what a snapshot compares.
  package var lines: [String] {
    (0..<size.rows).map { row in
      var line = (0..<size.columns).reduce(into: "") { $0 += self[$1, row].text }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func blankRow(_ columns: Int) -> [Cell] {
    Array(repeating: Cell(), count: columns)
  }
}

/// Drawing in one row. What is beside it is not drawn.
extension Canvas {
  /// Writes text that is printable ASCII: a column each. Returns the column behind it.
  private static func write(
    plain text: String, from start: Int, to end: Int, _ style: Style, in row: inout [Cell]
  ) -> Int {
    var column = start
    for byte in text.utf8 {
      guard column < end else { break }
      put(Unicode.Scalar(byte), width: 1, at: column, style: style, in: &row)
      column += 1
    }
    return column
  }

  /// Writes text that has been cleaned. Returns the column behind it.
  private static func write(
    _ text: String, from start: Int, to end: Int, _ style: Style, in row: inout [Cell]
  ) -> Int {
    var column = start
    var base: Int?
    for scalar in text.unicodeScalars {
      let width = Width.of(scalar)
      if width == 0 {
        if let base { row[base].join(scalar) }
        continue
      }
      guard column + width <= end else { break }
      base = put(scalar, width: width, at: column, style: style, in: &row)
      column += width
    }
    return column
  }

  /// Puts a character down and returns where marks for it go. Nothing happens unless all of it is inside.
  @discardableResult
  private static func put(
    _ scalar: Unicode.Scalar, width: Int, at column: Int, style: Style, in row: inout [Cell]
  ) -> Int? {
    guard column >= 0, column + width <= row.count else { return nil }
    separate(column, in: &row)
    if width == 2 {
      separate(column + 1, in: &row)
      row[column] = Cell(scalar, extent: .leftHalf, style: style)
      row[column + 1] = Cell(extent: .rightHalf, style: style)
    } else {
      row[column] = Cell(scalar, style: style)
    }
    return column
  }

  /// Blanks the other half of a wide character that is about to lose this one.
  private static func separate(_ column: Int, in row: inout [Cell]) {
    switch row[column].extent {
    case .single: break
    case .leftHalf: row[column + 1] = Cell(style: row[column + 1].style)
    case .rightHalf: row[column - 1] = Cell(style: row[column - 1].style)
    }
  }
}
