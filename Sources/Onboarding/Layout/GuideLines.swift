internal import Guides
internal import TerminalUI

/// Blocks out of a guide as lines. Counts the passages that it lays out, as `Passage` does.
struct GuideLines {
  private(set) var passage: Int

  init(startingAt passage: Int) { self.passage = passage }

  mutating func lines(_ blocks: [Block], in setting: Setting) -> [Line] {
    var lines: [Line] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, !lines.isEmpty, needsAir(blocks[index - 1], block) { lines.append(.blank) }
      lines += self.lines(block, in: setting)
    }
    return lines
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

  private mutating func lines(_ block: Block, in setting: Setting) -> [Line] {
    switch block {
    case .paragraph(let inlines): return text(inlines, in: setting)
    case .heading(_, let inlines): return text(inlines, style: .heading, in: setting)
    case .list(let items): return list(items, in: setting)
    case .code(let language, let text):
      defer { passage += 1 }
      return setting.code(text, language: language, passage: passage)
    case .table(let table):
      let table = TableLines(table, in: setting, passage: passage)
      passage += table.passages
      return table.lines
    case .callout(let kind, let blocks): return callout(kind, blocks, in: setting)
    case .figure(let figure):
      return text([.figure(figure)], hangingIndent: 4, in: setting)
    case .quote(let blocks): return barred(blocks, style: .border, in: setting)
    case .rule: return [Line(setting.rule(setting.width), .border)]
    }
  }

  private mutating func text(
    _ inlines: [Inline], style: Style = .plain, lead: [StyledText] = [], hangingIndent: Int = 0,
    in setting: Setting
  ) -> [Line] {
    defer { passage += 1 }
    let runs = lead + setting.runs(inlines, style: style, passage: passage)
    return setting.lines(runs, hangingIndent: hangingIndent).map { $0.part(of: passage) }
  }

  /// Items line up behind the widest marker; a list with long items gets air between them.
  private mutating func list(_ items: [ListItem], in setting: Setting) -> [Line] {
    let markers = items.map { item in
      switch item.marker {
      case .bullet: setting.glyphs.bullet
      case .number(let number): "\(number)."
      }
    }
    let indent = (markers.map { Width.of($0) }.max() ?? 0) + 1
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
    _ kind: Callout, _ blocks: [Block], in setting: Setting
  ) -> [Line] {
    let bar: Style = kind == .warning ? .warning : .border
    let label = [
      StyledText(setting.glyphs.sign(kind) + " ", bar), StyledText("\(kind.rawValue): ", .strong),
    ]
    let inner = setting.narrowed(by: 2)
    var lines: [Line]
    if case .paragraph(let inlines) = blocks.first {
      lines = text(inlines, lead: label, in: inner)
      let rest = Array(blocks.dropFirst())
      if let next = rest.first, needsAir(blocks[0], next) { lines.append(.blank) }
      lines += self.lines(rest, in: inner)
    } else {
      lines = [Line(label)] + self.lines(blocks, in: inner)
    }
    return lines.map { $0.indented(by: [StyledText(setting.glyphs.bar + " ", bar)]) }
  }

  private mutating func barred(_ blocks: [Block], style: Style, in setting: Setting) -> [Line] {
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
  func sign(_ callout: Callout) -> String {
    switch callout {
    case .note, .info: note
    case .tip: tip
    case .warning: warning
    }
  }
}
