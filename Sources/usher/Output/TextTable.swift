internal import TerminalUI

/// Left-aligned columns, two spaces apart, as wide as their widest cell.
struct TextTable {
  let rows: [[String]]

  /// Each cell is cleaned and measured once: a list may have thousands of rows.
  var text: String {
    let cells = rows.map { row in
      row.map { cell -> (text: String, width: Int) in
        let text = Sanitizer.clean(cell, keepingLineBreaks: false)
        return (text, Width.of(text))
      }
    }
    var widths = [Int](repeating: 0, count: rows.map(\.count).max() ?? 0)
    for row in cells {
      for column in row.indices { widths[column] = max(widths[column], row[column].width) }
    }
    let blanks = String(repeating: " ", count: (widths.max() ?? 0) + 2)
    var text = ""
    text.reserveCapacity(cells.count * (widths.reduce(0, +) + 2 * widths.count))
    for (index, row) in cells.enumerated() {
      if index > 0 { text += "\n" }
      for (column, cell) in row.enumerated() {
        text += cell.text
        guard column < row.count - 1 else { continue }
        text += blanks.prefix(widths[column] - cell.width + 2)
      }
    }
    return text
  }
}
