/// The blocks that are recognised by their first line: headings, code, quotes, rules. Tables are in `PrepassTables`.
extension MDXNormalizer {
  /// A heading ends every list, except one that begins an item's text.
  mutating func heading(_ line: SourceLine, _ output: inout PrepassOutput) {
    if pendingMark == nil {
      items.removeAll()
      htmlLists.removeAll()
    }
    separate(&output)
    write(headingText(line.content, &output), &output)
    last = .structure
  }

  /// One that is underlined, written with signs in front.
  mutating func heading(_ heading: UnderlinedHeading, _ output: inout PrepassOutput) {
    items.removeAll()
    htmlLists.removeAll()
    separate(&output)
    let mark = [UInt8](repeating: UInt8(ascii: "#"), count: heading.level) + [0x20]
    write(headingText((mark + heading.content)[...], &output), &output)
    index = heading.lines.upperBound + 1
    last = .structure
  }

  /// The underlined heading that begins with a line of this file, where a paragraph can begin. The text of an item is none:
  /// its underline would have to be indented as well.
  func underlinedHeading(_ line: SourceLine) -> UnderlinedHeading? {
    guard pendingMark == nil, index > 0, lines[index - 1].number == line.number,
      !(isAttached && last == .text), items.allSatisfy({ line.indent < $0.indent + 2 })
    else { return nil }
    return UnderlinedHeading(lines, at: index - 1)
  }

  private func headingText(
    _ line: ArraySlice<UInt8>, _ output: inout PrepassOutput
  ) -> [UInt8] {
    let (content, anchor) = Self.splitHeadingAnchor(line)
    var text = InlineTags.text(MDXScanner.parts(content, output.tags), &output)
    if let anchor { text += output.mark(anchor: anchor) }
    return text
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
    let closing = unclosed.closing(of: fence, in: lines, from: index)
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
    let quoted = textPrefix + Array("> ".utf8)
    if let first = inner.firstIndex(where: { !$0.isBlank }), let alert = Alert(inner[first]) {
      inner.removeSubrange(...first)
      beginCallout(alert.callout, titled: alert.title, quoted, &output)
    }
    MDXNormalizer.run(inner, prefix: quoted, depth: depth + 1, &output)
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
}
