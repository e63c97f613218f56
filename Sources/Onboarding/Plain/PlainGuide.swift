internal import GuideText
internal import TerminalUI

/// A guide as lines that read, and sound, like a page of text: words in place of signs, a table as its records, and every
/// address on a line of its own behind what mentions it first.
struct PlainGuide {
  private let setting: LayoutContext
  /// Whether a number can be entered: code and places of the guide then say so.
  private let isInteractive: Bool
  /// The links whose addresses have been told.
  private var told: Set<Int> = []

  init(in setting: LayoutContext, isInteractive: Bool) {
    self.setting = setting
    self.isInteractive = isInteractive
  }

  /// What follows a mark, such as the number of an item, stands below its first line.
  private struct Indentation {
    var first = ""
    var rest = ""

    func deeper(by mark: String) -> Indentation {
      Indentation(
        first: first + mark, rest: rest + String(repeating: " ", count: Width.of(mark)))
    }

    /// Behind the first line.
    var below: Indentation { Indentation(first: rest, rest: rest) }
  }

  mutating func lines(of blocks: [Block]) -> [String] { lines(of: blocks, Indentation()) }

  /// A text of ours with links in it, or of a provider's entry.
  mutating func words(of inlines: [Inline]) -> [String] { words(of: inlines, Indentation()) }

  private mutating func lines(of blocks: [Block], _ indentation: Indentation) -> [String] {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      let here = index == 0 ? indentation : indentation.below
      let added = self.lines(of: block, here)
      if index > 0, !lines.isEmpty, !added.isEmpty, !isJoined(blocks[index - 1], block) {
        lines.append("")
      }
      lines += added
    }
    return lines
  }

  /// A screenshot follows what it shows, a list the words that introduce it.
  private func isJoined(_ previous: Block, _ block: Block) -> Bool {
    switch previous {
    case .heading: true
    case .paragraph: block.isFigure || block.isList
    case .figure, .list: block.isFigure
    case .code, .table, .callout, .quote, .rule: false
    }
  }

  private mutating func lines(of block: Block, _ indentation: Indentation) -> [String] {
    switch block {
    case .paragraph(let inlines), .heading(_, let inlines): words(of: inlines, indentation)
    case .list(let items): list(items, indentation)
    case .code(let language, let text): code(text, language: language ?? "")
    case .table(let table): records(of: table)
    case .callout(let kind, let blocks): labelled(kind.rawValue, blocks, indentation)
    case .quote(let blocks): labelled("Quote", blocks, indentation)
    case .figure(let figure): words(of: [.figure(figure)], indentation)
    case .rule: []
    }
  }

  private mutating func list(_ items: [ListItem], _ indentation: Indentation) -> [String] {
    let isLoose = items.contains { $0.blocks.count > 1 }
    var lines: [String] = []
    for (index, item) in items.enumerated() {
      let mark =
        switch item.marker {
        case .number(let number): "\(number). "
        case .bullet: "- "
        case .task(let isDone): isDone ? "- Done: " : "- To do: "
        }
      if isLoose && index > 0 { lines.append("") }
      let here = index == 0 ? indentation : indentation.below
      let added = self.lines(of: item.blocks, here.deeper(by: mark))
      lines += added.isEmpty ? [here.first + mark] : added
    }
    return lines
  }

  /// The kind is said once, in front.
  private mutating func labelled(
    _ label: String, _ blocks: [Block], _ indentation: Indentation
  ) -> [String] {
    if case .paragraph(let inlines) = blocks.first {
      let first = Block.paragraph([.text("\(label): ")] + inlines)
      return lines(of: [first] + blocks.dropFirst(), indentation)
    }
    return [indentation.first + "\(label):"] + lines(of: blocks, indentation.below)
  }

  /// Never wrapped, and from the left edge: what is selected is what was written.
  private func code(_ text: String, language: String) -> [String] {
    let lines = CodeText(text).lines
    let number = setting.references.number(ofCode: text).map { " \($0)" } ?? ""
    let parts = [setting.text(language), Sentences.count(lines.count, "line")]
    return ["Code\(number), " + parts.filter { !$0.isEmpty }.joined(separator: ", ") + ":"] + lines
  }

  /// `Header: value` for every cell, row after row.
  private mutating func records(of table: Table) -> [String] {
    var lines: [String] = []
    for row in table.rows.isEmpty ? [table.header] : table.rows
    where row.contains(where: { !$0.isEmpty }) {
      if !lines.isEmpty { lines.append("") }
      for (column, cell) in row.enumerated() where !cell.isEmpty {
        let name = column < table.header.count && !table.rows.isEmpty ? table.header[column] : []
        lines += words(of: name.isEmpty ? cell : name + [.text(": ")] + cell)
      }
    }
    return lines
  }

  // MARK: Words

  private mutating func words(of inlines: [Inline], _ indentation: Indentation) -> [String] {
    var text = LinkedWords(setting)
    inlines.forEachRun { text.append($0) }
    let mark = Width.of(indentation.first)
    let columns = max(20, setting.width - mark)
    let wrapped = Wrapping.lines(of: text.text, columns: columns).map { runs in
      runs.map(\.text).joined()
    }
    var lines = wrapped.enumerated().map { index, line in
      let untied = String(line.map { $0 == LayoutContext.tie ? " " : $0 })
      var line = (index == 0 ? indentation.first : indentation.rest) + untied
      while line.last == " " { line.removeLast() }
      return line
    }
    for number in text.links where told.insert(number).inserted {
      if let target = setting.references[number]?.target { lines.append(line(for: number, target)) }
    }
    return lines
  }

  private func line(for number: Int, _ target: References.Target) -> String {
    switch target {
    case .address(let url): return "Link \(number): \(Sanitizer.clean(url))"
    case .place(let fragment):
      guard isInteractive else { return "Link \(number): \(Sanitizer.clean(fragment))" }
      return "Link \(number) leads to another place of this guide; :link \(number) goes there."
    case .code: return "Code \(number)"
    }
  }
}

/// The words of a text, with the numbers of its links.
private struct LinkedWords {
  private let setting: LayoutContext
  private(set) var text = ""
  private(set) var links: [Int] = []
  /// Within a link whose words are its address, which follows on a line of its own.
  private var isSilent = false

  init(_ setting: LayoutContext) { self.setting = setting }

  mutating func append(_ run: TextRun) {
    switch run {
    case .words(let words, _): if !isSilent { text += setting.text(words) }
    case .lineBreak: text += "\n"
    case .figure(let figure):
      text += "Screenshot: " + setting.text(figure.name)
      add(setting.references.number(of: figure.source), inPlace: false)
    case .linkBegins(let inner, let url):
      isSilent = setting.references.number(of: url) != nil && isAddress(inner.plainText, of: url)
    case .address(let url): if !isSilent { text += setting.text(url) }
    case .linkEnds(let url):
      add(setting.references.number(of: url), inPlace: isSilent)
      isSilent = false
    }
  }

  private func isAddress(_ words: String, of url: String) -> Bool {
    words.isEmpty || url == words || url.hasSuffix("://\(words)") || url == "mailto:\(words)"
  }

  private mutating func add(_ number: Int?, inPlace: Bool) {
    guard let number else { return }
    links.append(number)
    // The number stays on the line of the word before it.
    let name = "link\(LayoutContext.tie)\(number)"
    text += inPlace ? name : " (\(name))"
  }
}

extension Block {
  fileprivate var isList: Bool {
    if case .list = self { true } else { false }
  }
}
