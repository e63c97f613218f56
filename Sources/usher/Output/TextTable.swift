internal import TerminalUI

/// Left-aligned columns, two spaces apart, as wide as their widest cell.
struct TextTable {
  let rows: [[String]]

  var text: String {
    let clean = rows.map { $0.map { Sanitizer.clean($0, keepingLineBreaks: false) } }
    let columns = clean.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      clean.map { column < $0.count ? Width.of($0[column]) : 0 }.max() ?? 0
    }
    return clean.map { row in
      row.enumerated().map { column, cell in
        let isLast = column == row.count - 1
        return isLast ? cell : cell + String(repeating: " ", count: widths[column] - Width.of(cell))
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
