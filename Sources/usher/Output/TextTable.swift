internal import TerminalUI

/// Left-aligned columns, two spaces apart, as wide as their widest cell. Where a window is too narrow for them each row
/// stands on lines of its own.
struct TextTable {
  /// What stands in a cell that has nothing to say.
  static let nothing = "–"

  let rows: [[String]]
  /// Whether the first row says what the columns are.
  var hasTitles = true

  private typealias Cell = (text: String, width: Int)

  /// In columns, however wide.
  var text: String { text(fitting: nil) }

  /// Each cell is cleaned and measured once: a list may have thousands of rows.
  /// - Parameter columns: of the window; nil where nobody looks at it through one, as in a pipe.
  func text(fitting columns: Int?) -> String {
    let cells = rows.map { row in
      row.map { cell -> Cell in
        let text = Sanitizer.clean(cell, keepingLineBreaks: false)
        return (text, Width.of(text))
      }
    }
    let widths = widths(of: cells)
    if let columns, widths.reduce(0, +) + 2 * (widths.count - 1) > columns {
      return lines(of: cells, columns: columns)
    }
    return table(of: cells, widths)
  }

  private func widths(of cells: [[Cell]]) -> [Int] {
    var widths = [Int](repeating: 0, count: rows.map { $0.count }.max() ?? 0)
    for row in cells {
      for column in row.indices { widths[column] = max(widths[column], row[column].width) }
    }
    return widths
  }

  /// The first cell of a row, and below it the others, set in, with the titles of their columns; what is longer than the
  /// window is broken.
  private func lines(of cells: [[Cell]], columns: Int) -> String {
    let titles = hasTitles ? cells[0].map { "\($0.text.lowercased()): " } : []
    var lines: [String] = []
    for row in cells.dropFirst(hasTitles ? 1 : 0) {
      for (column, cell) in row.enumerated() where cell.text != TextTable.nothing {
        let margin = column == 0 ? 0 : 2
        let title = column > 0 && column < titles.count ? titles[column] : ""
        lines += Wrapping.lines(of: title + cell.text, columns: columns - margin).map { line in
          String(repeating: " ", count: margin) + line.map(\.text).joined()
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private func table(of cells: [[Cell]], _ widths: [Int]) -> String {
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
