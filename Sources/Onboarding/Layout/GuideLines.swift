internal import GuideText
internal import TerminalUI

/// Blocks out of a guide as lines. The blocks say how the lines are arranged; what stands in them, and its number, comes
/// from the walk over the guide.
struct GuideLines {
  /// What has not been laid out yet.
  private var spans: ArraySlice<TextSpan> = []
  /// The number of what comes next on the page.
  private(set) var passage: Int

  init(startingAt passage: Int) { self.passage = passage }

  mutating func lines(of guide: [Block], in setting: LayoutContext) -> [Line] {
    spans = guide.spans(from: passage)[...]
    passage += spans.count
    return lines(guide, in: setting)
  }

  private mutating func lines(_ blocks: [Block], in setting: LayoutContext) -> [Line] {
    var lines: [Line] = []
    let widest = GuideLines.widestMarkers(of: blocks, setting.glyphs)
    for (index, block) in blocks.enumerated() {
      if index > 0, !lines.isEmpty, needsAir(blocks[index - 1], block) { lines.append(.blank) }
      if case .list(let items) = block {
        lines += list(items, indent: widest[index] + 1, in: setting)
      } else {
        lines += self.lines(block, in: setting)
      }
    }
    return lines
  }

  /// Columns of the widest marker for each block. Lists that only pictures, code or notes part are one list to the eye:
  /// the words of all of them stand in one column.
  private static func widestMarkers(of blocks: [Block], _ glyphs: Glyphs) -> [Int] {
    var widths = [Int](repeating: 0, count: blocks.count)
    var run: [Int] = []
    func close() {
      let widest = run.map { widths[$0] }.max() ?? 0
      for index in run { widths[index] = widest }
      run = []
    }
    for (index, block) in blocks.enumerated() {
      switch block {
      case .list(let items):
        widths[index] = items.map { Width.of(glyphs.marker(of: $0)) }.max() ?? 0
        run.append(index)
      case .figure, .code, .callout, .table, .quote: break
      case .paragraph, .heading, .rule: close()
      }
    }
    close()
    return widths
  }

  /// A screenshot belongs to what stands above it, a list to the words that introduce it, and what follows a heading
  /// to the heading.
  private func needsAir(_ previous: Block, _ block: Block) -> Bool {
    switch previous {
    case .heading: return false
    case .code, .table, .callout, .quote, .rule: return true
    case .paragraph, .list, .figure: return !block.isFigure && !block.isTightList
    }
  }

  private mutating func lines(_ block: Block, in setting: LayoutContext) -> [Line] {
    switch block {
    case .paragraph: return text(in: setting)
    case .heading: return text(style: .heading, in: setting)
    case .list(let items):
      let widest = items.map { Width.of(setting.glyphs.marker(of: $0)) }.max() ?? 0
      return list(items, indent: widest + 1, in: setting)
    case .code(let language, let text):
      return setting.code(text, language: language, passage: spans.removeFirst().number)
    case .table(let table): return TableLines(table, &spans, in: setting).lines
    case .callout(let kind, let blocks): return callout(kind, blocks, in: setting)
    case .figure: return text(hangingIndent: 4, in: setting)
    case .quote(let blocks): return barred(blocks, style: .border, in: setting)
    case .rule: return [rule(in: setting)]
    }
  }

  private mutating func text(
    style: Style = .plain, lead: [StyledText] = [], hangingIndent: Int = 0,
    in setting: LayoutContext
  ) -> [Line] {
    let span = spans.removeFirst()
    let runs = lead + setting.runs(span.inlines, style: style, passage: span.number)
    return setting.lines(runs, hangingIndent: hangingIndent).map { $0.part(of: span.number) }
  }

  /// Short and in the middle: a line from edge to edge says that there is more below.
  private func rule(in setting: LayoutContext) -> Line {
    let width = min(12, setting.width)
    return Line(setting.rule(width), .border).indented(by: (setting.width - width) / 2)
  }

  /// Items line up behind the widest marker; a list with long items gets air between them.
  private mutating func list(
    _ items: [ListItem], indent: Int, in setting: LayoutContext
  ) -> [Line] {
    let markers = items.map(setting.glyphs.marker)
    let isLoose = setting.isRoomy && items.contains { $0.blocks.count > 1 }
    var lines: [Line] = []
    for (marker, item) in zip(markers, items) {
      if isLoose && !lines.isEmpty { lines.append(.blank) }
      var inner = self.lines(item.blocks, in: setting.narrowed(by: indent))
      if inner.isEmpty { inner = [.blank] }
      let blanks = String(repeating: " ", count: indent - Width.of(marker) - 1)
      lines.append(inner[0].indented(by: [StyledText(blanks + marker + " ", .muted)]))
      lines += inner.dropFirst().map { $0.indented(by: indent) }
    }
    return lines
  }

  /// The kind is said by a sign and a word, so that the bar's colour only repeats it.
  private mutating func callout(
    _ kind: Callout, _ blocks: [Block], in setting: LayoutContext
  ) -> [Line] {
    let bar: Style = kind == .warning ? .warning : .border
    let label = [
      StyledText(setting.glyphs.sign(kind) + " ", bar), StyledText("\(kind.rawValue): ", .strong),
    ]
    let inner = setting.narrowed(by: 2)
    var lines: [Line]
    if case .paragraph = blocks.first {
      lines = text(lead: label, in: inner)
      let rest = Array(blocks.dropFirst())
      if let next = rest.first, needsAir(blocks[0], next) { lines.append(.blank) }
      lines += self.lines(rest, in: inner)
    } else {
      lines = [Line(label)] + self.lines(blocks, in: inner)
    }
    return lines.map { $0.indented(by: [StyledText(setting.glyphs.bar + " ", bar)]) }
  }

  private mutating func barred(_ blocks: [Block], style: Style, in setting: LayoutContext) -> [Line]
  {
    let bar = [StyledText(setting.glyphs.bar + " ", style)]
    return lines(blocks, in: setting.narrowed(by: 2)).map { $0.indented(by: bar) }
  }
}

extension Block {
  var isFigure: Bool {
    if case .figure = self { true } else { false }
  }

  /// A list without paragraphs of its own follows the words that introduce it.
  var isTightList: Bool {
    if case .list(let items) = self { items.allSatisfy { $0.blocks.count <= 1 } } else { false }
  }
}

extension Glyphs {
  func marker(of item: ListItem) -> String {
    switch item.marker {
    case .bullet: bullet
    case .number(let number): "\(number)."
    case .task(let isDone): isDone ? "[x]" : "[ ]"
    }
  }

  func sign(_ callout: Callout) -> String {
    switch callout {
    case .note, .info: note
    case .tip: tip
    case .warning: warning
    }
  }
}
