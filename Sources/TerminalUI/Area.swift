/// A rectangle of cells. May lie partly or wholly outside a canvas: drawing clips.
package struct Area: Hashable, Sendable {
  /// The upper left cell.
  package var origin: Point
  /// Columns and rows.
  package var size: Size

  package init(origin: Point, size: Size) {
    self.origin = origin
    self.size = size
  }

  /// May begin outside a canvas; numbers below 0 make an area without cells.
  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.init(origin: Point(column: column, row: row), size: Size(columns: columns, rows: rows))
  }

  /// The columns that belong to the area.
  package var columns: Range<Int> { origin.column..<origin.column + size.columns }
  /// The rows that belong to the area.
  package var rows: Range<Int> { origin.row..<origin.row + size.rows }
}
