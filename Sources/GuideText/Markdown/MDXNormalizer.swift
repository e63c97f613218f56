/// Rewrites a guide's MDX as clean CommonMark, line by line: the structure that its author meant gets the indentation
/// and the blank lines that CommonMark wants to see, tags become text or marks, and nothing is left out but comments
/// and imports.
///
/// It is needed because real guides are written for a renderer that takes `<img>` for a word of the text, where
/// CommonMark begins a block of HTML that swallows what follows, and because their lists are nested at 2 to 5
/// columns, interrupted at the margin and continued with the next number.
struct MDXNormalizer {
  /// Call-outs and quotes inside each other, deeper than any guide goes.
  static let depthLimit = 12
  /// Lists inside each other; deeper items join the innermost list.
  static let listLimit = 16

  /// A list item that later lines can belong to.
  struct OpenItem {
    /// Columns in front of its mark, in the file; for one that only a tag closes, less than any line has.
    let indent: Int
    /// Columns from its mark to its text, in the output.
    let width: Int
  }

  enum Last { case nothing, text, structure }

  let lines: [SourceLine]
  var index = 0
  /// What stands in front of every line of this container.
  let prefix: [UInt8]
  let depth: Int
  var items: [OpenItem] = []
  /// The mark of an item whose first line is still to come.
  var pendingMark: [UInt8]?
  var last = Last.nothing
  /// Lists written in HTML that are not closed yet.
  var htmlLists: [HTMLList] = []
  var unclosed = UnclosedFences()
  /// Up to here no table begins, because it would be too large.
  var oversizedTableEnd = 0
  /// Whether no blank line lies between here and what was written last.
  var isAttached = false

  private init(_ lines: [SourceLine], prefix: [UInt8], depth: Int) {
    self.lines = lines
    self.prefix = prefix
    self.depth = depth
  }

  /// Rewrites `lines`, which are the whole file's or those inside a call-out or quote.
  static func run(
    _ lines: [SourceLine], prefix: [UInt8] = [], depth: Int = 0, _ output: inout PrepassOutput
  ) {
    var prepass = MDXNormalizer(lines, prefix: prefix, depth: depth)
    while prepass.index < lines.count { prepass.step(&output) }
    prepass.flushMark(&output)
  }

  private mutating func step(_ output: inout PrepassOutput) {
    let line = lines[index]
    index += 1
    if line.isBlank {
      flushMark(&output)
      isAttached = false
    } else if skipsModuleCode(line) {
      // Imports and exports say nothing to a reader.
    } else {
      block(line, &output)
    }
  }

  /// One line, or the block that begins with it.
  mutating func block(_ line: SourceLine, _ output: inout PrepassOutput) {
    if let fence = line.fence {
      code(line, fence, &output)
    } else if line.headingLevel != nil {
      heading(line, &output)
    } else if let underlined = underlinedHeading(line) {
      heading(underlined, &output)
    } else if line.isRule {
      rule(line, &output)
    } else if line.isQuote, depth < Self.depthLimit {
      quote(line, &output)
    } else if let note = footnote(line, &output) {
      begin(note, line, &output)
    } else if let shape = tableShape(line) {
      table(line, shape, &output)
    } else if let marker = ListMarker(line), beginsItem(marker) {
      item(line, marker, &output)
    } else {
      text(line, &output)
    }
  }

  // MARK: Writing

  /// What stands in front of the text of the innermost open item.
  var textPrefix: [UInt8] {
    prefix + [UInt8](repeating: 0x20, count: items.reduce(0) { $0 + $1.width })
  }

  mutating func write(_ content: some Sequence<UInt8>, _ output: inout PrepassOutput) {
    if let mark = pendingMark {
      let outer = items.dropLast().reduce(0) { $0 + $1.width }
      output.line(prefix + [UInt8](repeating: 0x20, count: outer) + mark + [0x20], content)
      pendingMark = nil
    } else {
      output.line(textPrefix, content)
    }
    isAttached = true
  }

  /// Ends the paragraph or block before, so that the next line begins a new one.
  mutating func separate(_ output: inout PrepassOutput) {
    guard pendingMark == nil, last != .nothing else { return }
    output.blank(prefix)
  }

  /// Writes the mark of an item alone; the item's content follows on lines of its own.
  mutating func flushMark(_ output: inout PrepassOutput) {
    guard pendingMark != nil else { return }
    write(String(Marks.lineBreak).utf8, &output)
    last = .structure
  }

  /// Decides which open items a line belongs to. Without a blank line in between it is the item before, however it is
  /// indented; after one it must stand at least two columns to the right of the item's mark.
  mutating func place(_ line: SourceLine) {
    guard !isAttached, pendingMark == nil else { return }
    close(for: line.indent)
  }

  mutating func close(for indent: Int) {
    while let item = items.last, indent < item.indent + 2 { items.removeLast() }
  }

  // MARK: Lists

  /// A year or an amount at the beginning of a continued line is no mark.
  private func beginsItem(_ marker: ListMarker) -> Bool {
    guard isAttached, last == .text, case .number(let number) = marker.marker else { return true }
    return number <= 999
  }

  private mutating func item(
    _ line: SourceLine, _ marker: ListMarker, _ output: inout PrepassOutput
  ) {
    flushMark(&output)
    close(for: line.indent)
    let (kind, content) = marker.asTask
    begin(kind, written: line.indent, closesLeftOf: line.indent, &output)
    guard !content.isEmpty else { return }
    let rest = SourceLine(
      indent: line.indent + 2, content: content, breaksHard: line.breaksHard,
      number: line.number)
    // Dashes behind a mark are text, and so are the marks of an item that is nested too deep.
    if rest.isRule || items.count == Self.listLimit {
      text(rest, &output)
    } else {
      block(rest, &output)
    }
  }

  /// Begins an item; its mark is written together with its first line.
  ///
  /// - Parameters:
  ///   - indent: columns in front of the mark in the file.
  ///   - limit: a text further to the left than two columns behind it closes the item.
  mutating func begin(
    _ marker: ListItem.Marker, written indent: Int, closesLeftOf limit: Int,
    _ output: inout PrepassOutput
  ) {
    while items.count >= Self.listLimit { items.removeLast() }
    separate(&output)
    let mark: String
    switch marker {
    case .bullet, .task: mark = "-"
    case .number(let number): mark = "\(number)."
    }
    output.record(.init(marker: marker, indent: indent))
    pendingMark = Array(mark.utf8)
    items.append(OpenItem(indent: limit, width: mark.utf8.count + 1))
  }

  // MARK: Module code

  /// `import … from "…"` and `export …`, also over several lines, where a paragraph could begin.
  private mutating func skipsModuleCode(_ line: SourceLine) -> Bool {
    guard depth == 0, !isAttached, line.indent == 0 else { return false }
    let text = line.content
    if text.starts(with: "import ".utf8) {
      guard Self.endsInString(text) || text.contains(UInt8(ascii: "{")) else { return false }
      var end = index
      var current = text
      while !Self.endsInString(current) {
        guard end < lines.count, !lines[end].isBlank else { return false }
        current = lines[end].content
        end += 1
      }
      index = end
      return true
    }
    let words = ["const ", "let ", "var ", "function ", "default ", "class ", "async ", "{", "*"]
    guard words.contains(where: { text.starts(with: "export \($0)".utf8) }) else { return false }
    while index < lines.count, !lines[index].isBlank { index += 1 }
    return true
  }

  private static func endsInString(_ text: ArraySlice<UInt8>) -> Bool {
    let bare = text.last == UInt8(ascii: ";") ? text.dropLast() : text
    return bare.last == UInt8(ascii: "\"") || bare.last == UInt8(ascii: "'")
  }
}
