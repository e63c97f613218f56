/// Columns and rows of a terminal or of a part of it. Never negative.
package struct Size: Hashable, Sendable {
  /// In cells.
  package var columns: Int
  /// In cells.
  package var rows: Int

  /// Numbers below 0 count as 0.
  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// A place on a canvas, zero-based from the top left.
package struct Point: Hashable, Sendable {
  /// From 0 on, from the left.
  package var column: Int
  /// From 0 on, from the top.
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}
