internal import Basics
internal import Drafts
internal import Requests
internal import TerminalUI

/// A page as lines to be read from top to bottom, and heard: whole words, no signs, nothing twice.
struct PlainPage {
  /// More rows of a list than this are announced, not printed: the user searches.
  static let longestList = 20

  let page: Page
  let setting: LayoutContext
  private let isInteractive: Bool

  /// - Parameter references: the numbers to be shown where none can be entered; else those of the page.
  init(_ page: Page, glyphs: Glyphs, references: References? = nil) {
    self.page = page
    isInteractive = references == nil
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
    // While a value is asked for, Enter goes on from it: what it leads to is said by the prompt.
    identity.actions = page.fields.contains(where: \.isFocused) ? [] : page.actions
    return identity
  }

  /// Heading and body, and what the last Enter will do. Of whom the page is about, the first page says the domain too.
  func lines(withDomain: Bool) -> [String] {
    let domain = withDomain ? page.header.domain.map { " (\(setting.text($0)))" } ?? "" : ""
    return ["", heading + domain, ""] + body + commitment
  }

  private var commitment: [String] {
    page.commitment.map { wrapped(spoken("Enter then: \($0.deed) \($0.place).")) } ?? []
  }

  /// The heading of a step that was printed before, and how to hear the rest of it; nil for what is always said whole.
  var reminder: [String]? {
    let isStep = page.items.contains { if case .guide = $0 { true } else { false } }
    let word = KeyBinding.word(for: .again)
    return isStep ? ["", "\(heading). \(word) prints all of it once more.", ""] : nil
  }

  /// `Step 2 of 3. Create a key`; a list says how long it is.
  private var heading: String {
    let title = setting.text(page.title)
    let position = setting.text(page.header.position)
    let isPlace = page.header.position.hasPrefix("Step ")
    guard !position.isEmpty, isPlace || page.fieldsComeFirst else { return title }
    return isPlace ? "\(position). \(title)" : "\(title) \(position)."
  }

  /// What stands below the heading, a blank line behind every piece.
  var body: [String] {
    var guide = PlainGuide(in: setting, isInteractive: isInteractive)
    return page.items.enumerated().flatMap { index, item -> [String] in
      let lines = lines(item, &guide)
      // A heading belongs to what follows it.
      return lines.isEmpty || item.isHeading ? lines : lines + [""]
    }
  }

  /// The actions with the numbers that choose them; a single one needs none.
  var actionLines: [String] {
    guard page.actions.count > 1 || page.actionsStandBesideField else { return [] }
    return page.actions.enumerated().map { "\($0 + 1). \(setting.text($1.label))" }
  }

  /// What is said of a field before it is asked for.
  func lines(before field: FieldView) -> [String] {
    var lines: [String] = []
    if !field.help.isEmpty {
      var guide = PlainGuide(in: setting, isInteractive: isInteractive)
      lines += guide.words(of: LinkedText.inlines(field.help))
    }
    if field.id != nil, let placeholder = field.placeholder {
      lines += wrapped("Looks like: \(setting.text(placeholder))")
    }
    if case .choices(let choices, _) = field.input {
      lines += choices.enumerated().map { "\($0 + 1). \(setting.text($1))" }
    }
    if field.takesFile {
      lines.append("\(KeyBinding.word(for: .command(.readFile))) reads it from a file.")
    }
    if let offer = field.offer {
      let because = offer.because.map { ", \(setting.text($0))" } ?? ""
      let word = KeyBinding.word(for: .command(.acceptOffer))
      lines += wrapped("\(word) takes “\(setting.text(offer.text))”\(because).")
    }
    return lines
  }

  /// What is known of a value, and what is said about it.
  func lines(about field: FieldView) -> [String] {
    let ends = field.ends.map { "begins \($0.first), ends \($0.last)" }
    var parts = field.status + [ends].compactMap(\.self)
    if case .masked(let characters, _) = field.input, characters > 0 {
      parts.insert(Sentences.count(characters, "character"), at: 0)
    }
    var lines = parts.isEmpty ? [] : wrapped(spoken(parts.joined(separator: ", ")) + ".")
    for notice in field.notices { lines += self.lines(notice) }
    if field.canOverride {
      lines.append("\(KeyBinding.word(for: .command(.insist))) uses it all the same.")
    }
    return lines
  }

  func lines(_ facts: [Page.Fact]) -> [String] {
    facts.flatMap { fact -> [String] in
      // A line does not count: what a clock shows at its beginning says nothing.
      var value = fact.value
      if page.isWaiting {
        value = value.replacing("0 s of ", with: "").replacing("0 s; ", with: "")
        if value == "0 s" { return [] }
      }
      return wrapped("\(setting.text(fact.name)): \(spoken(value))")
    }
  }

  func lines(_ notice: Notice) -> [String] {
    wrapped(notice.sign.word + spoken(notice.sentence))
  }

  /// What a number of the page leads to, whole.
  func lines(for reference: References.Reference, number: Int) -> [String] {
    switch reference.target {
    case .address(let url): ["Link \(number): \(Sanitizer.clean(url))"]
    case .code(let text): ["Code \(number):"] + CodeText(text).lines
    case .place: []
    }
  }

  // MARK: Pieces

  private func lines(_ item: Page.Item, _ guide: inout PlainGuide) -> [String] {
    switch item {
    case .guide(let blocks): guide.lines(of: blocks)
    case .heading(let text): wrapped(setting.text(text) + (text.last?.isLetter == true ? ":" : ""))
    case .paragraph(let text): wrapped(spoken(text))
    case .status(let notice): lines(notice)
    case .facts(let facts): lines(facts)
    case .list(let rows): list(rows)
    // The command stands last, where it can be selected.
    case .commands(let facts):
      facts.map { "\(setting.text($0.value.withCapital)): \(setting.text($0.name))" }
    case .keys(let rows):
      rows.filter { !$0.word.isEmpty }.map { "\($0.word), \(setting.text($0.spoken))" }
    case .address(let url): [Sanitizer.clean(url)]
    case .verbatim(let text): CodeText(text).lines
    }
  }

  private func list(_ rows: [Page.Row]) -> [String] {
    var lines = rows.prefix(PlainPage.longestList).enumerated().flatMap { index, row in
      let words = [setting.text(row.name), spoken(row.detail)].filter { !$0.isEmpty }
      let notice = row.notice.map { ". " + $0.sign.word + spoken($0.sentence) } ?? ""
      return wrapped("\(index + 1). " + words.joined(separator: ": ") + notice)
    }
    let rest = rows.count + page.rowsBeyond.below - PlainPage.longestList
    if rest > 0 { lines.append("and \(rest) more; a word or two finds the one you want") }
    return lines
  }

  /// Parts that a screen sets apart with dots are parts of a sentence here.
  private func spoken(_ text: String) -> String {
    setting.text(text.replacing(" · ", with: ", "))
  }

  private func wrapped(_ text: String) -> [String] {
    setting.lines([StyledText(text)]).map { line in
      var text = line.runs.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}

extension Notice.Sign {
  /// What stands in front of a sentence in place of a sign; a plain sentence needs nothing.
  fileprivate var word: String {
    switch self {
    case .failed: "Error: "
    case .warning: "Warning: "
    case .done, .note: ""
    }
  }
}
