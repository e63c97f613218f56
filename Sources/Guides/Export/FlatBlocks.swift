/// What a part of a guide says, by kind and in order, without its nesting.
struct FlatBlocks {
  struct Item {
    let marker: ListItem.Marker
    let indent: Int
    let text: String

    func value(numbered: Bool) -> Value {
      var members: [Value.Member] = [.init(key: "indent", value: .int(indent))]
      if numbered {
        let number: Value = if case .number(let number) = marker { .int(number) } else { .null }
        members.append(.init(key: "number", value: number))
      }
      members.append(.init(key: "text", value: .string(text)))
      return .map(.init(members))
    }
  }

  private(set) var items: [Item] = []
  private(set) var paragraphs: [String] = []
  private var links: [Value] = []
  private var addresses: [String] = []
  private var images: [Value] = []
  private var callouts: [Value] = []
  private var codeBlocks: [Value] = []
  private var tables: [Value] = []
  private var subheadings: [Value] = []
  /// Inside a call-out texts belong to it alone.
  private var isInCallout = false

  init(_ blocks: [Block]) { add(blocks) }

  /// All of it, as members of a step or section.
  var members: [Value.Member] {
    asides(countingImages: true) + [
      .init(key: "items", value: .list(items.map { $0.value(numbered: true) })),
      .init(key: "paragraphs", value: .strings(paragraphs)),
      .init(key: "subheadings", value: .list(subheadings)),
    ]
  }

  /// Everything but the text.
  func asides(countingImages: Bool) -> [Value.Member] {
    let count = Value.Member(key: "image_count", value: .int(images.count))
    return [
      .init(key: "bare_urls", value: .strings(addresses)),
      .init(key: "callouts", value: .list(callouts)),
      .init(key: "code_blocks", value: .list(codeBlocks)),
    ] + (countingImages ? [count] : []) + [
      .init(key: "images", value: .list(images)),
      .init(key: "links", value: .list(links)),
      .init(key: "tables", value: .list(tables)),
    ]
  }

  // MARK: Blocks

  private mutating func add(_ blocks: [Block]) {
    for block in blocks { add(block) }
  }

  private mutating func add(_ block: Block) {
    switch block {
    case .paragraph(let inlines):
      note(inlines)
      if !isInCallout { paragraphs.append(FlatText.words(inlines)) }
    case .heading(let level, let inlines):
      note(inlines)
      guard !isInCallout else { return }
      subheadings.append(
        .map(
          .init([
            .init(key: "level", value: .int(level)),
            .init(key: "text", value: .string(FlatText.words(inlines))),
          ])))
    case .list(let list): for item in list { add(item) }
    case .code(let language, let text):
      codeBlocks.append(
        .map(
          .init([
            .init(key: "code", value: .string(text)),
            .init(key: "lang", value: .optional(language)),
          ])))
    case .table(let table): add(table)
    case .callout(let kind, let inner): add(kind, inner)
    case .figure(let figure): add(figure)
    case .quote(let inner): addQuote(inner)
    case .rule: break
    }
  }

  /// An item's text is that of its first paragraph; the others count as paragraphs.
  private mutating func add(_ item: ListItem) {
    var rest = item.blocks[...]
    var text = ""
    if case .paragraph(let inlines)? = rest.first {
      note(inlines)
      text = FlatText.words(inlines)
      rest.removeFirst()
    }
    if !isInCallout { items.append(Item(marker: item.marker, indent: item.indent, text: text)) }
    add(Array(rest))
  }

  private mutating func add(_ table: Table) {
    let rows = [table.header] + table.rows
    for cell in rows.joined() { note(cell) }
    tables.append(
      .list(rows.map { row in .list(row.map { .string(FlatText.words($0)) }) }))
  }

  private mutating func add(_ kind: Callout, _ inner: [Block]) {
    if !isInCallout {
      callouts.append(
        .map(
          .init([
            .init(key: "kind", value: .string(kind.rawValue)),
            .init(key: "text", value: .string(FlatText.words(inner))),
          ])))
    }
    let wasInCallout = isInCallout
    isInCallout = true
    add(inner)
    isInCallout = wasInCallout
  }

  /// Quoted paragraphs keep their mark.
  private mutating func addQuote(_ inner: [Block]) {
    let before = paragraphs.count
    add(inner)
    for index in before..<paragraphs.count { paragraphs[index] = "> " + paragraphs[index] }
  }

  // MARK: Inlines

  /// Takes links, figures and addresses out of a text.
  private mutating func note(_ inlines: [Inline]) {
    addresses += FlatText.addresses(in: inlines)
    noteLinks(inlines)
  }

  private mutating func noteLinks(_ inlines: [Inline]) {
    for inline in inlines {
      switch inline {
      case .link(let inner, let url):
        links.append(
          .map(
            .init([
              .init(key: "text", value: .string(FlatText.words(inner))),
              .init(key: "url", value: .string(url)),
            ])))
        noteLinks(inner)
      case .strong(let inner), .emphasis(let inner): noteLinks(inner)
      case .figure(let figure): add(figure)
      case .text, .code, .lineBreak: break
      }
    }
  }

  private mutating func add(_ figure: Figure) {
    images.append(
      .map(
        .init([
          .init(key: "alt", value: .optional(figure.alternative)),
          .init(key: "src", value: .string(figure.source)),
        ])))
  }
}
