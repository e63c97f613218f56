internal import GuideText
internal import TerminalUI

/// A table fitted to the width: columns shrink and their cells wrap between words. Where a column would have to part
/// words, or a row would become a tower, each row becomes a record of names and values instead.
struct TableLines {
  /// A longer word may be parted: it is a list without blanks. An address is not, or it could not be copied.
  private static let longestWord = 30
  /// More lines than this and a row cannot be read across any more.
  private static let tallestRow = 7
  private static let gap = 2

  /// A cell's words, and where they stand in the guide.
  private struct Cell {
    var runs: [StyledText]
    var passage: Int
  }

  private let setting: LayoutContext
  private let alignments: [Table.Alignment]
  private let header: [Cell]
  private let rows: [[Cell]]

  /// - Parameter spans: begin with the table's cells, which are taken.
  init(_ table: Table, _ spans: inout ArraySlice<TextSpan>, in setting: LayoutContext) {
    func cells(_ count: Int, _ style: Style) -> [Cell] {
      (0..<count).map { _ in
        let span = spans.removeFirst()
        return Cell(
          runs: setting.runs(span.inlines, style: style, passage: span.number),
          passage: span.number)
      }
    }
    self.setting = setting
    alignments = table.alignments
    header = cells(table.header.count, .strong)
    rows = table.rows.map { cells($0.count, .plain) }
  }

  var lines: [Line] {
    guard let columns = ([header] + rows).map(\.count).max(), columns > 0 else { return [] }
    let room = (setting.wideWidth ?? setting.width) - TableLines.gap * (columns - 1)
    let grid = widths(of: [header] + rows, columns: columns, room: room).map { widths in
      ([header] + rows).map { rowLines($0, widths) }
    }
    guard let grid, (grid.map(\.count).max() ?? 0) <= TableLines.tallestRow else {
      return records
    }
    return framed(grid).map { line in
      var line = line
      line.isWide = true
      return line
    }
  }

  // MARK: A grid

  /// Columns for each column, or nil when words would have to be parted. Takes from the widest until all fit.
  private func widths(of rows: [[Cell]], columns: Int, room: Int) -> [Int]? {
    func most(_ measure: ([StyledText]) -> Int) -> [Int] {
      (0..<columns).map { column in
        rows.map { column < $0.count ? measure($0[column].runs) : 0 }.max() ?? 0
      }
    }
    var widths = most { runs in
      Wrapping.lines(of: runs, columns: .max / 2).map { $0.reduce(0) { $0 + $1.width } }.max() ?? 0
    }
    let least = most { runs in
      max(
        min(TableLines.longestWord, Wrapping.longestWord(of: runs)),
        Wrapping.longestAddress(in: runs))
    }
    while widths.reduce(0, +) > room {
      let widest = widths.indices.filter { widths[$0] > least[$0] }
        .max { widths[$0] < widths[$1] }
      guard let widest else { return nil }
      widths[widest] -= 1
    }
    return widths.map { max(1, $0) }
  }

  private func rowLines(_ row: [Cell], _ widths: [Int]) -> [Line] {
    guard row.contains(where: { !$0.runs.isEmpty }) else { return [] }
    let cells = widths.indices.map { column in
      column < row.count ? setting.lines(row[column].runs, width: widths[column]) : []
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
      return Line(runs).part(of: row[0].passage)
    }
  }

  private func padded(_ line: Line, to width: Int, column: Int) -> [StyledText] {
    let room = max(0, width - line.width)
    let alignment = column < alignments.count ? alignments[column] : .none
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

  /// A rule below the header; air between the rows where one of them takes several lines.
  private func framed(_ grid: [[Line]]) -> [Line] {
    let rows = grid.dropFirst().filter { !$0.isEmpty }
    let isLoose = setting.isRoomy && rows.contains { $0.count > 1 }
    var lines = grid[0]
    if let head = lines.first {
      var rule = Line(setting.rule(head.width), .border)
      rule.passage = head.passage
      lines.append(rule)
    }
    for (index, row) in rows.enumerated() {
      if isLoose && index > 0 { lines.append(.blank) }
      lines += row
    }
    return lines
  }

  // MARK: Records

  /// `Header: value`, one below the other, the first cell above the others.
  private var records: [Line] {
    var lines: [Line] = []
    for row in rows.isEmpty ? [header] : rows where row.contains(where: { !$0.runs.isEmpty }) {
      if !lines.isEmpty { lines.append(.blank) }
      for (column, cell) in row.enumerated() where !cell.runs.isEmpty {
        let name = column < header.count && !rows.isEmpty ? header[column].runs : []
        let separator = name.isEmpty ? [] : [StyledText(": ", .strong)]
        let inner = column == 0 ? setting : setting.narrowed(by: 2)
        lines += inner.lines(name + separator + cell.runs, hangingIndent: 2).map {
          (column == 0 ? $0 : $0.indented(by: 2)).part(of: cell.passage)
        }
      }
    }
    return lines
  }
}
