internal import Guides
internal import TerminalUI

/// Blocks out of a guide as lines.
extension Setting {
  func lines(_ blocks: [Block]) -> [Line] {
    var lines: [Line] = []
    for (index, block) in blocks.enumerated() {
      // A screenshot belongs to what stands above it.
      if index > 0, !(block.isFigure && !lines.isEmpty), !block.isTightList {
        lines.append(.blank)
      }
      lines += self.lines(block)
    }
    return lines
  }

  private func lines(_ block: Block) -> [Line] {
    switch block {
    case .paragraph(let inlines): lines(runs(inlines))
    case .heading(_, let inlines): lines(runs(inlines, style: .heading))
    case .list(let items): list(items)
    case .code(_, let text): code(text)
    case .table(let table): TableLines(table, in: self).lines
    case .callout(let kind, let blocks): callout(kind, blocks)
    case .figure(let figure): lines([StyledText(name(of: figure), .muted)], hangingIndent: 4)
    case .quote(let blocks): barred(blocks, style: .border)
    case .rule: [Line(rule(width), .border)]
    }
  }

  /// Items line up behind the widest marker; a list with long items gets air between them.
  private func list(_ items: [ListItem]) -> [Line] {
    let markers = items.map { item in
      switch item.marker {
      case .bullet: glyphs.bullet
      case .number(let number): "\(number)."
      }
    }
    let indent = (markers.map { Width.of($0) }.max() ?? 0) + 1
    let isLoose = isRoomy && items.contains { $0.blocks.count > 1 }
    var lines: [Line] = []
    for (marker, item) in zip(markers, items) {
      if isLoose && !lines.isEmpty { lines.append(.blank) }
      var inner = narrowed(by: indent).lines(item.blocks)
      if inner.isEmpty { inner = [.blank] }
      let blanks = String(repeating: " ", count: indent - Width.of(marker) - 1)
      lines.append(inner[0].indented(by: [StyledText(blanks + marker + " ", .muted)]))
      lines += inner.dropFirst().map { $0.indented(by: indent) }
    }
    return lines
  }

  /// Verbatim: parted at the margin and nowhere else, so that what is copied is what was written.
  private func code(_ text: String) -> [Line] {
    let indent = 2
    let width = max(1, self.width - indent)
    var lines: [Line] = []
    for line in Sanitizer.clean(text, keepingLineBreaks: true).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      for piece in pieces(of: line, width: width) {
        lines.append(Line(String(piece), .code).indented(by: indent))
      }
    }
    return lines
  }

  /// A text cut into pieces of at most a number of columns; at least one.
  func pieces(of text: Substring, width: Int) -> [Substring] {
    var pieces: [Substring] = []
    var rest = text
    while !rest.isEmpty {
      var head = Width.prefix(rest, columns: width)
      if head.isEmpty { head = rest.prefix(1) }
      pieces.append(head)
      rest = rest[head.endIndex...]
    }
    return pieces.isEmpty ? [""] : pieces
  }

  /// The kind is said in a word, so that the bar's colour only repeats it.
  private func callout(_ kind: Callout, _ blocks: [Block]) -> [Line] {
    let word = Inline.strong([.text("\(kind.rawValue): ")])
    var blocks = blocks
    if case .paragraph(let inlines) = blocks.first {
      blocks[0] = .paragraph([word] + inlines)
    } else {
      blocks.insert(.paragraph([word]), at: 0)
    }
    return barred(blocks, style: kind == .warning ? .warning : .border)
  }

  private func barred(_ blocks: [Block], style: Style) -> [Line] {
    let bar = [StyledText(glyphs.bar + " ", style)]
    return narrowed(by: 2).lines(blocks).map { $0.indented(by: bar) }
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
