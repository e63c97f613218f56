internal import Drafts
internal import TerminalUI

/// A page as lines to be read from top to bottom, and heard.
struct PlainPage {
  /// More rows of a list than this are announced, not printed: the user searches.
  static let longestList = 20

  private let page: Page
  private let setting: LayoutContext

  /// - Parameter references: the numbers to be shown; those of the page where nothing else is said.
  init(_ page: Page, glyphs: Glyphs, references: References? = nil) {
    self.page = page
    setting = LayoutContext(
      windowWidth: PageLayout.textWidth, width: PageLayout.textWidth, glyphs: glyphs,
      references: references ?? page.references, isRoomy: true)
  }

  /// What of a page is worth printing again when it changes. Which row is selected has no meaning without a cursor,
  /// and of a page that only waits the facts that are new are read out by themselves.
  static func identity(of page: Page) -> Page {
    var identity = Page(header: page.header, title: page.title)
    identity.items = page.items.map { item in
      switch item {
      case .list(let rows):
        .list(
          rows.map { row in
            var row = row
            row.isSelected = false
            return row
          })
      case .facts: page.isWaiting ? .facts([]) : item
      case .guide, .heading, .paragraph, .status, .commands, .keys, .address, .verbatim: item
      }
    }
    identity.actions = page.actions
    return identity
  }

  /// Heading and body, and what the last Enter will do.
  var lines: [String] {
    ["", headerLine, "", setting.text(page.title), ""] + body + commitment
  }

  private var commitment: [String] {
    page.commitment.map { text(setting.lines("Enter then: \($0.deed) \($0.place).")) } ?? []
  }

  /// What stands below the heading, a blank line behind every piece.
  var body: [String] { page.items.flatMap { lines($0) + [""] } }

  /// The actions with the numbers that choose them; a single one needs none.
  var actionLines: [String] {
    guard page.actions.count > 1 else { return [] }
    return page.actions.enumerated().map { "\($0 + 1)) \(setting.text($1.label))" }
  }

  /// What is said of a field before it is asked for.
  func lines(before field: FieldView) -> [String] {
    var lines: [String] = []
    if !field.help.isEmpty {
      lines += text(setting.lines(setting.runs(LinkedText.inlines(field.help))))
    }
    if field.id != nil, let placeholder = field.placeholder {
      lines += text(setting.lines("Looks like: \(placeholder)"))
    }
    if case .choices(let choices, _) = field.input {
      lines += choices.enumerated().map { "\($0 + 1)) \(setting.text($1))" }
    }
    if field.takesFile {
      lines.append("\(KeyBinding.word(for: .command(.readFile))) reads it from a file.")
    }
    if let offer = field.offer {
      let because = offer.because.map { ", \($0)" } ?? ""
      lines += text(
        setting.lines(
          "\(KeyBinding.word(for: .command(.takeOffer))) takes “\(offer.text)”\(because)."))
    }
    return lines
  }

  /// What is known of a value, and what is said about it.
  func lines(about field: FieldView) -> [String] {
    var parts = field.status + [field.ends.map { "\($0.first) … \($0.last)" }].compactMap { $0 }
    if case .masked(let characters, _) = field.input, characters > 0 {
      parts.insert(Sentences.count(characters, "character"), at: 0)
    }
    var lines = parts.isEmpty ? [] : [setting.text(parts.joined(separator: " · "))]
    for notice in field.notices { lines += text(setting.lines(notice)) }
    if field.canOverride {
      lines.append("\(KeyBinding.word(for: .command(.insist))) uses it all the same.")
    }
    return lines
  }

  func lines(_ facts: [Page.Fact]) -> [String] {
    facts.isEmpty ? [] : text(setting.lines([.facts(facts)]))
  }

  func lines(_ notice: Notice) -> [String] { text(setting.lines(notice)) }

  /// `API key, hidden: `
  func prompt(for field: FieldView) -> String {
    if page.fieldsComeFirst { return setting.text("\(field.label), or a number: ") }
    var words = [setting.text(field.label)]
    if field.isMasked { words.append("hidden") }
    if field.isOptional { words.append("optional") }
    if field.awaitsConfirmation {
      words.append("Enter once more uses it")
      return setting.glyphs.spell(words.joined(separator: ", ")) + ": "
    }
    switch field.input {
    case .masked(let count, _) where count > 0: words.append("Enter keeps what is there")
    case .text(let text, _) where !text.isEmpty:
      words.append("Enter keeps “\(setting.text(text))”")
    case .choices(let choices, let selected?):
      words.append("Enter keeps “\(setting.text(choices[selected]))”")
    case .masked, .text, .choices: break
    }
    return setting.glyphs.spell(words.joined(separator: ", ")) + ": "
  }

  /// What to enter where no value is asked for.
  var prompt: String {
    let first = page.actions.first.map { "Enter: \(setting.text($0.label).lowercased())" }
    let hasRows = page.items.contains { if case .list = $0 { true } else { false } }
    let numbers = hasRows ? "a number changes that value" : nil
    let choose = page.actions.count > 1 ? "or a number" : nil
    return [first, choose, numbers].compactMap { $0 }.joined(separator: "; ") + ": "
  }

  private var headerLine: String {
    let header = page.header
    let names = ["Usher", header.provider, header.domain].compactMap { $0 }.map(setting.text)
    let place = header.position.isEmpty ? [] : [header.position]
    return (names + place).joined(separator: setting.glyphs.spell(" · "))
  }

  private func lines(_ item: Page.Item) -> [String] {
    switch item {
    case .list(let rows): list(rows)
    case .keys(let rows):
      rows.filter { !$0.word.isEmpty }.map { "\($0.word)  \(setting.text($0.meaning))" }
    case .address(let url): [Sanitizer.clean(url)]
    case .verbatim(let text): CodeText(text).lines
    case .guide, .heading, .paragraph, .status, .facts, .commands: text(setting.lines([item]))
    }
  }

  private func list(_ rows: [Page.Row]) -> [String] {
    var lines = rows.prefix(PlainPage.longestList).enumerated().map { index, row in
      let notice =
        row.notice.map { [setting.text("\(setting.glyphs.sign($0.sign)) \($0.sentence)")] } ?? []
      let words = [setting.text(row.name), setting.text(row.detail)].filter { !$0.isEmpty }
      return "\(index + 1)) " + (words + notice).joined(separator: "  ")
    }
    let rest = rows.count + page.rowsBeyond.below - PlainPage.longestList
    if rest > 0 { lines.append("and \(rest) more; a word or two finds the one you want") }
    return lines
  }

  private func text(_ lines: [Line]) -> [String] {
    lines.map { line in
      var text = line.runs.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
