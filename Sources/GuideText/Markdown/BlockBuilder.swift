/// Makes blocks out of a parsed document.
struct BlockBuilder {
  /// Something at the top of the document: what sections and steps are assembled from.
  enum Element {
    case heading(level: Int, [Inline], anchors: [String])
    case anchor(String)
    case block(Block)
    /// What the element before refers to, by number.
    case references([Int])
    /// All of them stand at the document's end, in the order of their numbers, which begin at 1.
    case footnote([Block], references: [Int])
  }

  private let markers: [Int: PrepassOutput.WrittenMarker]
  private var inlines: InlineBuilder

  init(_ prepass: PrepassOutput, linksAddresses: Bool) {
    markers = prepass.markers
    inlines = InlineBuilder(
      figures: prepass.figures, anchors: prepass.anchors, linksAddresses: linksAddresses)
  }

  mutating func elements(of root: MarkdownNode) -> [Element] {
    root.children.flatMap { node -> [Element] in
      if node.kind == .heading {
        let text = inlines.inlines(of: node)
        return [.heading(level: node.headingLevel, text, anchors: inlines.takeAnchors())]
          + references()
      }
      let blocks = self.blocks(of: node)
      let anchors = inlines.takeAnchors().map { Element.anchor($0) }
      if node.kind == .footnote {
        return anchors + [.footnote(blocks, references: inlines.takeNotes())]
      }
      return anchors + blocks.map { .block($0) } + references()
    }
  }

  private mutating func references() -> [Element] {
    let notes = inlines.takeNotes()
    return notes.isEmpty ? [] : [.references(notes)]
  }

  private mutating func blocks(inside node: MarkdownNode) -> [Block] {
    node.children.flatMap { blocks(of: $0) }
  }

  private mutating func blocks(of node: MarkdownNode) -> [Block] {
    switch node.kind {
    case .paragraph: return Self.splitFigures(inlines.inlines(of: node))
    case .heading: return [.heading(level: node.headingLevel, inlines.inlines(of: node))]
    case .list: return [list(node)]
    case .code:
      var text = InlineBuilder.literal(node.literal)
      if text.hasSuffix("\n") { text.removeLast() }
      let language = InlineBuilder.literal(node.fenceInfo).split(separator: " ").first.map(
        String.init)
      return [.code(language: language, text: text)]
    case .quote: return [quote(node)]
    case .rule: return [.rule]
    case .table: return [.table(table(node))]
    case .html: return [.paragraph([.text(InlineBuilder.literal(node.literal))])]
    case .item, .tableRow, .text, .softBreak, .lineBreak, .codeSpan, .inlineHTML, .strong,
      .emphasis, .struck, .link, .image, .footnote, .footnoteReference, .other:
      return blocks(inside: node)
    }
  }

  /// Figures at either end of a paragraph stand on their own; one in the middle of a sentence stays there.
  private static func splitFigures(_ inlines: [Inline]) -> [Block] {
    var middle = inlines[...]
    var before: [Block] = []
    var after: [Block] = []
    while let first = middle.first, let figure = figure(first, isNextToOne: !before.isEmpty) {
      before += figure
      middle.removeFirst()
    }
    while let last = middle.last, let figure = figure(last, isNextToOne: !after.isEmpty) {
      after += figure
      middle.removeLast()
    }
    let text = InlineNormalizer.trimmed(Array(middle))
    return before + (text.isEmpty ? [] : [.paragraph(text)]) + after.reversed()
  }

  /// A figure as a block of its own, or nothing for the blank next to one; nil for a text.
  private static func figure(_ inline: Inline, isNextToOne: Bool) -> [Block]? {
    switch inline {
    case .figure(let figure): [.figure(figure)]
    case .lineBreak: isNextToOne ? [] : nil
    case .text(let text): isNextToOne && text.allSatisfy { $0 == " " } ? [] : nil
    case .strong, .emphasis, .code, .link: nil
    }
  }

  private mutating func list(_ node: MarkdownNode) -> Block {
    var items: [ListItem] = []
    for (index, item) in node.children.enumerated() {
      let written = markers[item.startLine]
      let counted: ListItem.Marker =
        node.isOrderedList ? .number(node.listStart + index) : .bullet
      items.append(
        ListItem(
          marker: written?.marker ?? counted, blocks: blocks(inside: item),
          indent: written?.indent ?? 0))
    }
    return .list(items)
  }

  /// A quote that begins with a call-out's mark is that call-out.
  private mutating func quote(_ node: MarkdownNode) -> Block {
    let children = node.children
    guard let first = children.first, first.kind == .paragraph,
      let name = Self.markedName(InlineBuilder.rawText(of: first)),
      let kind = Callout(rawValue: name)
    else { return .quote(blocks(inside: node)) }
    return .callout(kind, children.dropFirst().flatMap { blocks(of: $0) })
  }

  private static func markedName(_ text: String) -> String? {
    let scalars = text.unicodeScalars
    guard scalars.first == Marks.callout, scalars.last == Marks.callout else { return nil }
    return String(Substring(scalars.dropFirst().dropLast()))
  }

  private mutating func table(_ node: MarkdownNode) -> Table {
    var header: [[Inline]] = []
    var rows: [[[Inline]]] = []
    for row in node.children {
      let cells = row.children.map { inlines.inlines(of: $0) }
      if row.isTableHeader { header = cells } else { rows.append(cells) }
    }
    return Table(header: header, rows: rows, alignments: node.tableAlignments)
  }
}
