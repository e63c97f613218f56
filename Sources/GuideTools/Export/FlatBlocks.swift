internal import Basics
internal import GuideText

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
  private var openCallouts = 0
  private var openQuotes = 0
  /// Whether the next paragraph is the text of an item.
  private var isInItem = false

  init(_ blocks: [Block]) {
    blocks.walk { add($0) }
  }

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

  private mutating func add(_ event: GuideEvent) {
    switch event {
    case .span(let span): add(span)
    case .itemBegins(let item): add(item)
    case .tableBegins(let table):
      tables.append(
        .list(
          ([table.header] + table.rows).map { row in
            .list(row.map { .string(FlatText.words($0)) })
          }))
    case .calloutBegins(let kind, let blocks):
      if openCallouts == 0 {
        callouts.append(
          .members([
            "kind": .string(kind.rawValue), "text": .string(FlatText.words(blocks)),
          ]))
      }
      openCallouts += 1
    case .itemEnds: break
    case .calloutEnds: openCallouts -= 1
    case .quoteBegins: openQuotes += 1
    case .quoteEnds: openQuotes -= 1
    }
  }

  private mutating func add(_ span: TextSpan) {
    addresses += FlatText.addresses(in: span.inlines)
    span.inlines.forEachRun { add($0) }
    let isItem = isInItem
    isInItem = false
    switch span.content {
    case .paragraph(let inlines):
      guard openCallouts == 0, !isItem else { return }
      // Quoted paragraphs keep their mark.
      paragraphs.append(String(repeating: "> ", count: openQuotes) + FlatText.words(inlines))
    case .heading(let level, let inlines):
      guard openCallouts == 0 else { return }
      subheadings.append(
        .members(["level": .int(level), "text": .string(FlatText.words(inlines))]))
    case .code(let language, let text):
      codeBlocks.append(.members(["code": .string(text), "lang": .optional(language)]))
    case .cell, .figure: break
    }
  }

  /// An item's text is that of its first paragraph; the others count as paragraphs.
  private mutating func add(_ item: ListItem) {
    var text = ""
    isInItem = false
    if case .paragraph(let inlines)? = item.blocks.first {
      text = FlatText.words(inlines)
      isInItem = true
    }
    if openCallouts == 0 {
      items.append(Item(marker: item.marker, indent: item.indent, text: text))
    }
  }

  // MARK: Runs

  private mutating func add(_ run: TextRun) {
    switch run {
    case .linkBegins(let inner, let url):
      links.append(.members(["text": .string(FlatText.words(inner)), "url": .string(url)]))
    case .figure(let figure):
      images.append(
        .members(["alt": .optional(figure.alternative), "src": .string(figure.source)]))
    case .words, .address, .lineBreak, .linkEnds: break
    }
  }
}

extension Value {
  fileprivate static func members(_ members: KeyValuePairs<String, Value>) -> Value {
    .map(.init(members.map { .init(key: $0.key, value: $0.value) }))
  }
}
