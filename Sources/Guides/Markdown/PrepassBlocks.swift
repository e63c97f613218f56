/// The blocks that are recognised by their first line: headings, code, tables, quotes, rules.
extension Prepass {
  /// A heading ends every list, except one that begins an item's text.
  mutating func heading(_ line: SourceLine, _ output: inout PrepassOutput) {
    if pendingMark == nil { items.removeAll() }
    separate(&output)
    let (content, anchor) = Self.splitHeadingAnchor(line.content)
    var text = InlineTags.text(MDXScanner.parts(content, output.tags), &output)
    if let anchor { text += output.mark(anchor: anchor) }
    write(text, &output)
    last = .structure
  }

  /// `## Title {#anchor}`
  private static func splitHeadingAnchor(
    _ content: ArraySlice<UInt8>
  ) -> (ArraySlice<UInt8>, String?) {
    guard content.last == UInt8(ascii: "}"), let open = content.lastIndex(of: UInt8(ascii: "{")),
      content[(open + 1)...].first == UInt8(ascii: "#")
    else { return (content, nil) }
    let anchor = content[(open + 2)...].dropLast()
    guard !anchor.isEmpty, !anchor.contains(0x20) else { return (content, nil) }
    return (content[..<open].trimmed, anchor.string)
  }

  mutating func rule(_ line: SourceLine, _ output: inout PrepassOutput) {
    flushMark(&output)
    close(for: line.indent)
    separate(&output)
    // Asterisks: dashes under a text would make it a heading.
    write("***".utf8, &output)
    last = .structure
  }

  // MARK: Code

  mutating func code(
    _ line: SourceLine, _ fence: SourceLine.Fence, _ output: inout PrepassOutput
  ) {
    let closing = lines[index...].firstIndex { fence.isClosed(by: $0) }
    let end = closing ?? endOfUnclosed(fence)
    let content = lines[index..<end]
    defer { index = closing.map { $0 + 1 } ?? end }
    if closing == nil {
      output.report(
        "a code fence is not closed", line: line.number,
        advice: "close it with a line of the same marks, or remove it")
      // A stray fence with nothing behind it is no code.
      if content.allSatisfy(\.isBlank), fence.info.isEmpty { return }
    }
    place(line)
    separate(&output)
    if let title = fence.title {
      write("**\(title)**".utf8, &output)
      output.blank(textPrefix)
    }
    let mark = [UInt8](repeating: fence.mark, count: fence.length)
    write(mark + fence.info, &output)
    for line in content { output.line(textPrefix, line.dedented(by: fence.indent)) }
    output.line(textPrefix, mark)
    last = .structure
  }

  /// Code that nobody closed goes on to the next heading, so that no step disappears in it.
  private func endOfUnclosed(_ fence: SourceLine.Fence) -> Int {
    lines[index...].firstIndex { ($0.headingLevel ?? 0) >= 2 } ?? lines.count
  }

  // MARK: Quotes

  mutating func quote(_ first: SourceLine, _ output: inout PrepassOutput) {
    flushMark(&output)
    place(first)
    separate(&output)
    var inner = [Self.unquoted(first)]
    while index < lines.count {
      let line = lines[index]
      guard line.isQuote || (inner.last?.isPlainText == true && line.isPlainText) else { break }
      inner.append(line.isQuote ? Self.unquoted(line) : line)
      index += 1
    }
    Prepass.run(inner, prefix: textPrefix + Array("> ".utf8), depth: depth + 1, &output)
    isAttached = true
    last = .structure
  }

  private static func unquoted(_ line: SourceLine) -> SourceLine {
    var rest = line.content.dropFirst()
    if rest.first == 0x20 { rest.removeFirst() }
    let inner = SourceLine(rest, number: line.number)
    return SourceLine(
      indent: inner.indent, content: inner.content, raw: rest, breaksHard: line.breaksHard,
      number: line.number)
  }

  // MARK: Tables

  /// Wider tables are text: no author wrote one, and every row is filled up to the width.
  private static let columnLimit = 100

  /// The rows of the table that begins with `head`, and its number of columns; nil when it is no table.
  func tableShape(_ head: SourceLine) -> (end: Int, columns: Int)? {
    guard head.isTableRow, index < lines.count, lines[index].isTableRule else { return nil }
    let end = lines[(index + 1)...].firstIndex { !$0.isTableRow } ?? lines.count
    let rows = [head] + lines[(index + 1)..<end]
    let columns = rows.reduce(0) { max($0, Self.cells($1.content).count) }
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
