internal import Guides
internal import TerminalUI

/// A table fitted to the width: columns shrink, their cells wrap; where that leaves too little, each row becomes a
/// short list of names and values.
struct TableLines {
  /// Below this a column holds no word.
  private static let narrowest = 8
  private static let gap = 2

  private let setting: Setting
  private let table: Table

  init(_ table: Table, in setting: Setting) {
    self.table = table
    self.setting = setting
  }

  private var columns: Int {
    max(table.header.count, table.rows.map(\.count).max() ?? 0)
  }

  var lines: [Line] {
    guard columns > 0 else { return [] }
    let room = setting.width - TableLines.gap * (columns - 1)
    guard room >= TableLines.narrowest * columns || naturalWidths.reduce(0, +) <= room else {
      return stacked
    }
    let widths = fitted(to: room)
    var lines = rowLines(table.header, widths, style: .strong)
    if !lines.isEmpty {
      let total = widths.reduce(0, +) + TableLines.gap * (columns - 1)
      lines.append(Line(setting.rule(total), .border))
    }
    for row in table.rows { lines += rowLines(row, widths, style: .plain) }
    return lines
  }

  private var naturalWidths: [Int] {
    (0..<columns).map { column in
      ([table.header] + table.rows).map { row in
        column < row.count
          ? setting.runs(row[column]).reduce(0) { $0 + $1.width } : 0
      }.max() ?? 0
    }
  }

  /// Takes from the widest column until all fit.
  private func fitted(to room: Int) -> [Int] {
    var widths = naturalWidths.map { min($0, room) }
    while widths.reduce(0, +) > room,
      let widest = widths.indices.max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
    }
    return widths.map { max(1, $0) }
  }

  private func rowLines(_ row: [[Inline]], _ widths: [Int], style: Style) -> [Line] {
    guard row.contains(where: { !$0.isEmpty }) else { return [] }
    let cells = widths.indices.map { column -> [Line] in
      column < row.count
        ? setting.lines(setting.runs(row[column], style: style), width: widths[column]) : []
    }
    let height = cells.map(\.count).max() ?? 0
    return (0..<height).map { index in
      var runs: [StyledText] = []
      for (column, cell) in cells.enumerated() {
        let line = index < cell.count ? cell[index] : .blank
        runs += padded(line, to: widths[column], column: column)
        if column + 1 < cells.count {
          runs.append(StyledText(String(repeating: " ", count: TableLines.gap)))
        }
      }
      return Line(runs)
    }
  }

  private func padded(_ line: Line, to width: Int, column: Int) -> [StyledText] {
    let room = max(0, width - line.width)
    let alignment = column < table.alignments.count ? table.alignments[column] : .none
    let left =
      switch alignment {
      case .none, .left: 0
      case .center: room / 2
      case .right: room
      }
    let before = StyledText(String(repeating: " ", count: left))
    let after = StyledText(String(repeating: " ", count: room - left))
    return [before] + line.runs + [after]
  }

  private var stacked: [Line] {
    var lines: [Line] = []
    for row in table.rows {
      if !lines.isEmpty { lines.append(.blank) }
      for (column, cell) in row.enumerated() {
        let name =
          column < table.header.count ? setting.runs(table.header[column], style: .strong) : []
        let separator = name.isEmpty ? [] : [StyledText(": ", .strong)]
        lines += setting.lines(name + separator + setting.runs(cell), hangingIndent: 2)
      }
    }
    return lines
  }
}
