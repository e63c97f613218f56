internal import Basics

/// YAML. libyaml says in which scalar each value stands. In quotes and in a block it is written by their rules; a plain
/// text with a value in it becomes a text in double quotes, as a whole.
extension PlanDraft {
  mutating func readYAML() {
    let text = template.masked()
    do throws(YAMLScalarScan.Problem) {
      var tokens = try YAMLScalarScan.tokens(of: text)[...]
      for mark in template.marks { place(mark, among: &tokens, text) }
      closeText()
      copy(to: text.count)
      if faults.isEmpty { try YAMLScalarScan.checkGrammar(of: text) }
    } catch {
      add(
        TemplateFault(
          TextPlace(line: error.line + 1, column: error.column + 1),
          "this is no YAML, with letters in place of the values: \(error.what)",
          advice:
            "look here and on the line before for a quote, or an indentation that does not fit"
        ))
    }
  }

  private mutating func place(
    _ mark: TemplateMark, among tokens: inout ArraySlice<YAMLScalarScan.Token>, _ text: [UInt8]
  ) {
    let start = mark.range.lowerBound
    while let token = tokens.first, token.range.upperBound <= start { tokens.removeFirst() }
    let token = tokens.first.flatMap { $0.range.contains(start) ? $0 : nil }
    switch mark.kind {
    // A comment is no token.
    case .unclosed: if token != nil { refuseUnclosed(mark) }
    case .braces: placeBraces(mark, in: token)
    case .value(let name):
      guard let token else { return }
      guard let style = token.style else {
        refuse(
          mark, name, "stands in an anchor, an alias or a tag", advice: "write the name itself")
        return
      }
      place(mark, name, style, token.range, text)
    }
  }

  private mutating func placeBraces(_ mark: TemplateMark, in token: YAMLScalarScan.Token?) {
    guard let token else { return }
    if token.style == .plain {
      openText(token.range)
      copyPlain(to: mark.range.lowerBound + 2)
    } else {
      closeText()
    }
    writeBraces(mark)
  }

  private mutating func place(
    _ mark: TemplateMark, _ name: String, _ style: YAMLScalarScan.Style, _ scalar: Range<Int>,
    _ text: [UInt8]
  ) {
    let isAtMargin = Self.isAtMargin(mark.range, in: scalar, text)
    let isAlone =
      Self.isAlone(mark.range, in: scalar, text)
      || (isAtMargin && text[mark.range.upperBound...].first.map(Self.isOfMarker) ?? false)
    switch style {
    case .plain:
      openText(scalar)
      copyPlain(to: mark.range.lowerBound)
      writeValue(name, mark, .yamlDouble(isAlone: isAlone, isAtMargin: isAtMargin))
    case .double:
      closeText()
      writeValue(name, mark, .yamlDouble(isAlone: isAlone, isAtMargin: isAtMargin))
    case .single:
      closeText()
      let isFolded = text[scalar].contains { $0.isLineEnd }
      writeValue(
        name, mark, .yamlSingle(isFolded: isFolded, isAlone: isAlone, isAtMargin: isAtMargin))
    case .literal, .folded:
      closeText()
      placeInBlock(mark, name, style, text)
    }
  }

  /// A block is indented by one blank at least.
  private mutating func placeInBlock(
    _ mark: TemplateMark, _ name: String, _ style: YAMLScalarScan.Style, _ text: [UInt8]
  ) {
    let front = text[..<mark.range.lowerBound].lastIndex(where: \.isLineEnd).map { $0 + 1 } ?? 0
    let before = text[front..<mark.range.lowerBound]
    let isFirst = before.allSatisfy { $0 == UInt8(ascii: " ") }
    let behind = mark.range.upperBound
    let isAlone = isFirst && (behind == text.count || text[behind].isLineEnd)
    writeValue(
      name, mark,
      .yamlBlock(
        indentation: style == .literal && isAlone ? before.count : nil,
        isFirst: isFirst, isAlone: isAlone))
  }

  /// Whether nothing else stands on its line, which begins and ends within the scalar: an empty line there is a line end.
  private static func isAlone(_ range: Range<Int>, in scalar: Range<Int>, _ text: [UInt8]) -> Bool {
    let before = text[scalar.lowerBound..<range.lowerBound].reversed()
      .first { $0.isLineEnd || !$0.isBlank }
    let behind = text[range.upperBound..<max(range.upperBound, scalar.upperBound)]
      .first { $0.isLineEnd || !$0.isBlank }
    return before?.isLineEnd == true && behind?.isLineEnd == true
  }

  /// Whether its line begins within the scalar, and nothing in front of it keeps the line from being `---` or `...`.
  private static func isAtMargin(
    _ range: Range<Int>, in scalar: Range<Int>, _ text: [UInt8]
  ) -> Bool {
    let line = text[scalar.lowerBound..<range.lowerBound].lastIndex(where: \.isLineEnd)
    return line.map { text[($0 + 1)..<range.lowerBound].allSatisfy(isOfMarker) } ?? false
  }

  /// A sign of `---` or `...`, or one of another value.
  private static func isOfMarker(_ byte: UInt8) -> Bool {
    "-.".utf8.contains(byte) || byte == TemplateMark.mask
  }

  // MARK: A plain text that becomes one in quotes

  private mutating func openText(_ scalar: Range<Int>) {
    if openPlain == scalar { return }
    closeText()
    copy(to: scalar.lowerBound)
    write("\"")
    openPlain = scalar
  }

  /// Ends the one that is open.
  private mutating func closeText() {
    guard let scalar = openPlain else { return }
    copyPlain(to: scalar.upperBound)
    write("\"")
    openPlain = nil
  }

  /// The author's own text, as double quotes want it. Line ends in it mean the same there.
  private mutating func copyPlain(to end: Int) {
    for offset in copied..<max(copied, end)
    where "\"\\".utf8.contains(template.bytes[offset]) {
      copy(to: offset)
      write("\\")
    }
    copy(to: end)
  }
}
