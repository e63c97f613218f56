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
    var widths = [Int](repeating: 0, count: rows.map { $0.count }.max() ?? 0)
    for row in cells {
      for column in row.indices { widths[column] = max(widths[column], row[column].width) }
    }
    var text: [UInt8] = []
    text.reserveCapacity(cells.count * (widths.reduce(0, +) + 2 * widths.count))
    for (index, row) in cells.enumerated() {
      if index > 0 { text.append(UInt8(ascii: "\n")) }
      for (column, cell) in row.enumerated() {
        text += cell.text.utf8
        guard column < row.count - 1 else { continue }
        text += repeatElement(UInt8(ascii: " "), count: widths[column] - cell.width + 2)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
