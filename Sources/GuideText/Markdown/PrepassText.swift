internal import Basics

/// Text lines, and the tags in them.
extension MDXNormalizer {
  /// Lines that one tag may be spread over.
  private static let tagLineLimit = 60

  mutating func text(_ line: SourceLine, _ output: inout PrepassOutput) {
    var next: SourceLine? = line
    while let line = next { next = piece(of: line, &output) }
  }

  /// Writes a line up to the end of its first call-out, and returns what stands behind that.
  private mutating func piece(
    of line: SourceLine, _ output: inout PrepassOutput
  ) -> SourceLine? {
    let (bytes, parts) = wholeTags(line, &output)
    var inline: [MDXScanner.Part] = []
    for part in parts {
      guard case .tag(let tag, let range) = part, !TagNames.inline.contains(tag.name) else {
        inline.append(part)
        continue
      }
      paragraph(inline, line, &output)
      inline = []
      guard tag.kind == .open, let callout = Callout(rawValue: tag.name) else {
        component(tag, line, &output)
        continue
      }
      if let rest = self.callout(callout, tag, line, bytes[range.upperBound...], &output) {
        return rest.content.isEmpty ? nil : rest
      }
      output.report(
        "<\(tag.name)> is not closed", line: line.number, advice: "add </\(tag.name)>")
    }
    paragraph(inline, line, &output, breaksHard: line.breaksHard)
    return nil
  }

  /// The line, with the lines behind it that its last tag or comment goes on in.
  private mutating func wholeTags(
    _ line: SourceLine, _ output: inout PrepassOutput
  ) -> (ArraySlice<UInt8>, [MDXScanner.Part]) {
    var bytes = line.content
    var end = index
    for _ in 0..<Self.tagLineLimit {
      switch MDXScanner.scan(bytes, output.tags) {
      case .parts(let parts):
        index = end
        return (bytes, parts)
      case .unfinished(let isComment):
        let next = isComment ? endOfComment(from: end, &output) : endOfTagLine(from: end)
        guard let next, output.mayLookAhead(bytes.count) else {
          return (line.content, MDXScanner.parts(line.content, output.tags))
        }
        var joined = Array(bytes)
        for added in lines[end...next] { joined += [0x0A] + added.content }
        bytes = joined[...]
        end = next + 1
      }
    }
    return (line.content, MDXScanner.parts(line.content, output.tags))
  }

  /// The next line, while a tag that is spread over lines can go on in it.
  private func endOfTagLine(from start: Int) -> Int? {
    start < lines.count && !lines[start].isBlank ? start : nil
  }

  /// The line in which a comment ends.
  private func endOfComment(from start: Int, _ output: inout PrepassOutput) -> Int? {
    for next in start..<max(start, lines.count) {
      let text = lines[next].content
      guard output.mayLookAhead(text.count) else { return nil }
      if text.firstIndex(of: "*/", from: text.startIndex) != nil
        || text.firstIndex(of: "-->", from: text.startIndex) != nil
      {
        return next
      }
    }
    return nil
  }

  /// Writes the text of a line, as a new paragraph or as more of the one before.
  private mutating func paragraph(
    _ parts: [MDXScanner.Part], _ line: SourceLine, _ output: inout PrepassOutput,
    breaksHard: Bool = false
  ) {
    guard !parts.isEmpty else { return }
    for text in InlineTags.text(parts, &output).split(separator: 0x0A) {
      let text = text.trimmed
      guard !text.isEmpty else { continue }
      if Self.isOnlyMarks(text, Marks.anchor) {
        anchor(text, &output)
        continue
      }
      let continues = isAttached && last == .text && pendingMark == nil
      if !continues {
        // A tag alone on its line leaves it open whether the next line belongs to the item before.
        place(line)
        separate(&output)
      }
      var content = continues && Self.beginsOwnLine(text) ? Array(String(Marks.lineBreak).utf8) : []
      content += Self.escaped(text, hidesText: output.isUselessDefinition(text))
      if breaksHard { content += String(Marks.lineBreak).utf8 }
      write(content, &output)
      // A figure on a line of its own ends where the line ends; what follows is a new paragraph.
      last = !continues && Self.isOnlyMarks(text, Marks.figure) ? .structure : .text
    }
  }

  /// An anchor stands between the blocks and belongs to none.
  private mutating func anchor(_ text: ArraySlice<UInt8>, _ output: inout PrepassOutput) {
    let wasAttached = isAttached
    if leadsToHeading(&output) {
      flushMark(&output)
      items.removeAll()
      htmlLists.removeAll()
    }
    separate(&output)
    write(text, &output)
    isAttached = wasAttached
    last = .structure
  }

  /// A component's tag: its words become a paragraph, the tag itself ends the one before.
  private mutating func component(
    _ tag: MDXTag, _ line: SourceLine, _ output: inout PrepassOutput
  ) {
    if last == .text { last = .structure }
    if list(tag, &output) { return }
    // A tag to the left of an item's mark stands outside of its list.
    while let item = items.last, line.indent < item.indent { items.removeLast() }
    guard tag.kind != .close else { return }
    var words = InlineTags.replacement(tag, &output)
    let heading = InlineTags.heading(of: tag)
    if tag.name == "Step", let title = tag.attribute("title") {
      items.removeAll()
      pendingMark = nil
      separate(&output)
      write("#### \(InlineTags.oneLine(title))".utf8, &output)
      last = .structure
    } else if let heading {
      words += heading.utf8
    }
    guard !words.isEmpty else { return }
    if Self.isOnlyMarks(words[...], Marks.anchor) { return anchor(words[...], &output) }
    place(line)
    separate(&output)
    write(words.map { $0 == 0x0A ? 0x20 : $0 }, &output)
    last = .structure
  }

  // MARK: Looks

  /// Whether a text is nothing but marks of one kind.
  private static func isOnlyMarks(_ text: ArraySlice<UInt8>, _ mark: Unicode.Scalar) -> Bool {
    let bytes = Array(String(mark).utf8)
    guard text.starts(with: bytes) else { return false }
    var rest = text
    while rest.starts(with: bytes) {
      rest = rest.dropFirst(bytes.count).drop(while: \.isDigit)
      guard rest.starts(with: bytes) else { return false }
      rest = rest.dropFirst(bytes.count).trimmed
    }
    return rest.isEmpty
  }

  /// `a. …`, `b) …` or `• …`: no list to CommonMark, but its author put it on a line of its own.
  private static func beginsOwnLine(_ text: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(text.prefix(3))
    guard bytes.count == 3 else { return false }
    if bytes[0] >= 0x80 { return pseudoBullets.contains { text.starts(with: $0.utf8) } }
    guard bytes[1] == UInt8(ascii: ".") || bytes[1] == UInt8(ascii: ")") else { return false }
    return bytes[0].isLetter && bytes[2] == 0x20
  }

  private static let pseudoBullets = ["• ", "◦ ", "▪ ", "‣ ", "· ", "– ", "— "]

  /// Takes away what would make CommonMark see structure in a text: a number with a point in front, a line of equals
  /// signs, a quote's bracket, a definition that nothing refers to.
  private static func escaped(_ text: ArraySlice<UInt8>, hidesText: Bool) -> [UInt8] {
    guard let first = text.first else { return [] }
    let backslash = UInt8(ascii: "\\")
    // The rule of a table that is none, such as one wider than any page.
    if SourceLine(indent: 0, content: text, number: 0).isTableRule { return [backslash] + text }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "+"), UInt8(ascii: "#"):
      return [backslash] + text
    case UInt8(ascii: "["): return hidesText ? [backslash] + text : Array(text)
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
      let line = SourceLine(indent: 0, content: text, number: 0)
      let looksLikeMark = first != UInt8(ascii: "_") && text.dropFirst().first == 0x20
      return line.isRule || looksLikeMark || text.count == 1 ? [backslash] + text : Array(text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = text.prefix(while: \.isDigit)
      guard let end = text.dropFirst(digits.count).first, end == 0x2E || end == 0x29 else {
        return Array(text)
      }
      return Array(digits) + [backslash] + text.dropFirst(digits.count)
    default: return Array(text)
    }
  }
}
