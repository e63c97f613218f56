/// Tables, which go on as long as lines have bars.
extension MDXNormalizer {
  /// Wider tables are text: no author wrote one, and every row is filled up to the width.
  private static let columnLimit = 100
  /// Larger tables are text, in cells with those that are filled in. The largest known one has some 60.
  private static let cellLimit = 100_000

  /// The rows of the table that begins with `head`, and its number of columns; nil when it is no table.
  mutating func tableShape(_ head: SourceLine) -> (end: Int, columns: Int)? {
    guard index > oversizedTableEnd, head.isTableRow, index < lines.count,
      lines[index].isTableRule
    else { return nil }
    var columns = Self.cells(head.content).count
    var end = index + 1
    while end < lines.count, lines[end].isTableRow {
      columns = max(columns, Self.cells(lines[end].content).count)
      end += 1
      guard columns <= Self.columnLimit, columns * (end - index) <= Self.cellLimit else {
        // Nor can a table begin in the rows before this one, which all have it in them.
        oversizedTableEnd = end
        return nil
      }
    }
    return columns <= Self.columnLimit ? (end, columns) : nil
  }

  /// A table goes on as long as lines have bars. Its head and its rule are written anew with as many columns as its
  /// longest row has: CommonMark takes a table whose rule is shorter for text, and drops cells beyond the head's.
  mutating func table(
    _ head: SourceLine, _ shape: (end: Int, columns: Int), _ output: inout PrepassOutput
  ) {
    flushMark(&output)
    place(head)
    separate(&output)
    let names = InlineTags.text(MDXScanner.parts(head.content, output.tags), &output)
    var cells = Self.cells(names[...]).map { $0.string }
    cells += Array(repeating: "", count: max(0, shape.columns - cells.count))
    write("| \(cells.joined(separator: " | ")) |".utf8, &output)
    var rule = Self.cells(lines[index].content).prefix(shape.columns).map { $0.trimmed.string }
    rule += Array(repeating: "---", count: max(0, shape.columns - rule.count))
    write("| \(rule.joined(separator: " | ")) |".utf8, &output)
    for line in lines[(index + 1)..<shape.end] { row(line, &output) }
    index = shape.end
    last = .structure
  }

  private mutating func row(_ line: SourceLine, _ output: inout PrepassOutput) {
    write(InlineTags.text(MDXScanner.parts(line.content, output.tags), &output), &output)
  }

  /// Splits at bars that are not escaped; one at either end does not count.
  private static func cells(_ row: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var cells: [ArraySlice<UInt8>] = []
    var rest = row.first == UInt8(ascii: "|") ? row.dropFirst() : row
    if rest.last == UInt8(ascii: "|"), rest.dropLast().last != UInt8(ascii: "\\") {
      rest = rest.dropLast()
    }
    var start = rest.startIndex
    for index in rest.indices where rest[index] == UInt8(ascii: "|") {
      if index > rest.startIndex, rest[index - 1] == UInt8(ascii: "\\") { continue }
      cells.append(rest[start..<index])
      start = index + 1
    }
    cells.append(rest[start...])
    return cells
  }
}
