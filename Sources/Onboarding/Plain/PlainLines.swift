internal import Drafts
internal import ProviderFormat
internal import Secrets
package import TerminalUI

/// Shows the wizard as lines: prints what a page says from top to bottom, and asks for one thing after the other. The
/// same wizard, the same pages and the same words as on the full screen.
///
/// A line that begins with a colon is a word for the wizard (`:back`, `:help`, `:link 1`); `::` begins a value that
/// begins with a colon. An empty line goes on.
package struct PlainLines: ~Copyable {
  private var runner: WizardRunner
  private let glyphs: Glyphs
  /// The page that was printed last, and what lies over it, so that nothing is read out twice.
  private var printed: Page?
  private var printedOver: Page?
  /// Whom the last page was about.
  private var provider: String?
  /// Whether what can be entered besides answers has been told.
  private var hasToldWords = false
  /// Whether the last line was answered without the wizard, which says what it said before.
  private var wasAnsweredHere = false
  /// Why there is no full screen, where the user did not ask for lines.
  private let reason: String?
  /// The facts that have been read out on a page that only waits.
  private var told: [Page.Fact] = []
  /// The field whose explanation was printed last.
  private var explained: Field.ID?

  /// - Parameter reason: why there is no full screen, as a clause; nil where the user asked for lines.
  package init(
    _ wizard: consuming Wizard, surroundings: Dependencies, mailbox: Mailbox,
    glyphs: Glyphs = .unicode, reason: String? = nil
  ) {
    self.reason = reason
    runner = WizardRunner(wizard, surroundings: surroundings, mailbox: mailbox, glyphs: glyphs)
    runner.wizard.clipboard = .none
    self.glyphs = glyphs
  }

  /// Runs until the user is done, leaves, or the input ends.
  package mutating func run<D: LineDevice & ~Copyable>(on device: inout D) -> Outcome {
    if let reason {
      device.print(Sentences.sentence("Usher asks line by line here, for \(reason)"))
    }
    while true {
      if let outcome = runner.outcome {
        runner.performer.cancelCheck()
        return outcome
      }
      let page = runner.wizard.page()
      printIfNew(page, on: &device)
      if case .linked = runner.wizard.outcome(), runner.wizard.overlay == nil {
        // There is nothing left to decide.
        runner.send(.action(0))
      } else if page.isWaiting {
        wait(on: &device)
      } else if let field = page.fields.first(where: \.isFocused) {
        ask(for: field, of: page, on: &device)
      } else {
        ask(what: page, on: &device)
      }
    }
  }

  /// What was done, to be printed behind the last line; cleaned. No line is wider than `columns`.
  package borrowing func closingLines(columns: Int) -> [String] {
    runner.closingLines(columns: columns)
  }

  private mutating func printIfNew<D: LineDevice & ~Copyable>(_ page: Page, on device: inout D) {
    let identity = PlainPage.identity(of: page)
    let plain = PlainPage(page, glyphs: glyphs)
    let isOver = runner.wizard.overlay != nil
    if identity != (isOver ? printedOver : printed) {
      let isNew = page.header.provider != provider
      for line in plain.lines(withDomain: isNew) + plain.actionLines { device.print(line) }
      provider = page.header.provider
      explained = nil
      if !page.isWaiting { tellWords(on: &device) }
    } else if page.isWaiting {
      let news = page.facts.filter { !told.contains($0) }
      for line in plain.lines(news) { device.print(line) }
    }
    // What lies over a page goes, and the page is still known.
    if isOver { printedOver = identity } else { (printed, printedOver) = (identity, nil) }
    told = page.facts
    if let notice = page.notice, !wasAnsweredHere {
      for line in plain.lines(notice) { device.print(line) }
    }
    wasAnsweredHere = false
  }

  /// Once, behind the first page.
  private mutating func tellWords<D: LineDevice & ~Copyable>(on device: inout D) {
    guard !hasToldWords else { return }
    hasToldWords = true
    let words = [PlainWord.command(.help), .command(.back), .command(.leave)]
    let names = words.map(KeyBinding.word(for:))
    device.print(
      "\(names[0]) lists what else can be entered; \(names[1]) goes back, \(names[2]) leaves.")
  }

  /// What a command needs no page for: where it leads is printed, and the question stays. False for all others.
  private mutating func isAnswered<D: LineDevice & ~Copyable>(
    _ command: Command, on page: Page, _ device: inout D
  ) -> Bool {
    guard answer(command, on: page, &device) else { return false }
    wasAnsweredHere = true
    return true
  }

  private borrowing func answer<D: LineDevice & ~Copyable>(
    _ command: Command, on page: Page, _ device: inout D
  ) -> Bool {
    if command == .help {
      let plain = PlainPage(HelpSheet().page(header: page.header), glyphs: glyphs)
      for line in plain.lines(withDomain: false) { device.print(line) }
      return true
    }
    guard case .link(let number) = command else { return false }
    guard let reference = page.references[number] else {
      device.print("There is no link \(number) on this page.")
      return true
    }
    let lines = PlainPage(page, glyphs: glyphs).lines(for: reference, number: number)
    for line in lines { device.print(line) }
    return !lines.isEmpty
  }

  // MARK: Asking

  private mutating func ask<D: LineDevice & ~Copyable>(
    for field: FieldView, of page: Page, on device: inout D
  ) {
    let plain = PlainPage(page, glyphs: glyphs)
    if explained == nil || explained != field.id {
      for line in plain.lines(before: field) { device.print(line) }
      explained = field.id
    }
    guard var line = read(plain.prompt(for: field), isSecret: field.isMasked, on: &device) else {
      return
    }
    switch PlainWord.read(line) {
    case .answer:
      line.unescapeColon()
      answer(field, with: line, on: &device)
    case .clear: runner.send(.edit(.erase(.all)))
    case .again: (printed, printedOver) = (nil, nil)
    case .unknown:
      device.print("There is no such word. A value that begins with a colon begins with two here.")
    case .command(.reveal):
      runner.send(.command(.reveal))
      tellAbout(field.id, on: &device)
      // A printed line cannot be taken back after some seconds; what is shown of the ends is little by design.
      runner.send(.command(.reveal))
    case .command(let command):
      if !isAnswered(command, on: page, &device) { runner.send(.command(command)) }
    case .find(let text): runner.send(.find(text))
    }
  }

  private mutating func answer<D: LineDevice & ~Copyable>(
    _ field: FieldView, with line: consuming SecretBuffer, on device: inout D
  ) {
    if let row = rowNumber(line, in: runner.wizard.page()) {
      runner.send(.row(row))
      return
    }
    if line.isEmpty {
      runner.send(.command(.activate))
      tellAbout(field.id, on: &device)
      return
    }
    if case .choices(let choices, _) = field.input, let number = line.number,
      choices.indices.contains(number - 1)
    {
      line = SecretBuffer()
      for byte in choices[number - 1].utf8 { line.append(byte) }
    }
    guard readOn(&line, isSecret: field.isMasked, on: &device) else {
      device.print("This is longer than any value may be. Nothing of it was used.")
      return
    }
    runner.send(.answer(line))
    // What was mended, or does not look right, is read before going on.
    let isGood = tellAbout(field.id, on: &device)
    let isStillAsked = runner.wizard.page().fields.contains { $0.id == field.id }
    if field.id != nil, isGood, isStillAsked { runner.send(.command(.activate)) }
    // What came out of a file is told like what was typed.
    if field.id == nil, let id = runner.wizard.page().fields.first(where: \.isFocused)?.id {
      tellAbout(id, on: &device)
    }
  }

  /// The further lines of a value that has several. An empty one may belong to it; two end it. False when there is no
  /// room.
  private mutating func readOn<D: LineDevice & ~Copyable>(
    _ line: inout SecretBuffer, isSecret: Bool, on device: inout D
  ) -> Bool {
    if line.goesOn { device.print("The value goes on to its last line; two empty lines end it.") }
    var wasEmpty = false
    while line.goesOn, let next = read("", isSecret: isSecret, on: &device) {
      if next.isEmpty && wasEmpty { break }
      wasEmpty = next.isEmpty
      let fits = line.append(UInt8(ascii: "\n")) && next.withBytes { line.append($0) }
      guard fits else { return false }
    }
    return true
  }

  /// Prints what is known of a field's value. Returns whether the value may stay as it is.
  @discardableResult
  private mutating func tellAbout<D: LineDevice & ~Copyable>(
    _ id: Field.ID?, on device: inout D
  ) -> Bool {
    let page = runner.wizard.page()
    guard let field = page.fields.first(where: { $0.id == id }), runner.outcome == nil
    else { return true }
    for line in PlainPage(page, glyphs: glyphs).lines(about: field) { device.print(line) }
    return !field.notices.contains { $0.sign == .failed }
  }

  /// Asks what to do, where no value is asked for.
  private mutating func ask<D: LineDevice & ~Copyable>(what page: Page, on device: inout D) {
    let plain = PlainPage(page, glyphs: glyphs)
    guard let line = read(plain.prompt, isSecret: false, on: &device) else { return }
    switch PlainWord.read(line) {
    case .command(let command):
      if !isAnswered(command, on: page, &device) { runner.send(.command(command)) }
    case .find(let text): runner.send(.find(text))
    case .again: (printed, printedOver) = (nil, nil)
    case .clear, .unknown:
      let help = KeyBinding.word(for: .command(.help))
      device.print("There is no such word here. \(help) lists them.")
    case .answer:
      if line.isEmpty {
        runner.send(.action(0))
      } else if let row = rowNumber(line, in: page) {
        runner.send(.row(row))
      } else if let number = line.number, page.actions.indices.contains(number - 1) {
        runner.send(.action(number - 1))
      } else {
        device.print("Please enter one of the numbers, or nothing for the first.")
      }
    }
  }

  /// The row of the page's list that a line names by its number. Only rows that were printed have one: any other number
  /// may be what somebody searches for.
  private func rowNumber(_ line: borrowing SecretBuffer, in page: Page) -> Int? {
    guard let number = line.number else { return nil }
    for case .list(let rows) in page.items
    where rows.prefix(PlainPage.longestList).indices.contains(number - 1) {
      return number - 1
    }
    return nil
  }

  private mutating func read<D: LineDevice & ~Copyable>(
    _ prompt: String, isSecret: Bool, on device: inout D
  ) -> SecretBuffer? {
    switch device.readLine(prompt, isSecret: isSecret) {
    case .line(let line): return line
    case .interrupted(let interruption):
      take(interruption)
      return nil
    }
  }

  // MARK: Waiting and doing

  private mutating func wait<D: LineDevice & ~Copyable>(on device: inout D) {
    if let interruption = device.wait(for: runner.performer.mailbox.descriptor) {
      take(interruption)
      return
    }
    for mail in runner.performer.collect() {
      runner.send(mail.event)
      // Who is asked is told even when the answer has come along with it.
      let page = runner.wizard.page()
      if page.isWaiting { printIfNew(page, on: &device) }
    }
  }

  private mutating func take(_ interruption: LineInterruption) {
    switch interruption {
    case .interrupt: runner.send(.command(.leave))
    case .end: runner.outcome = runner.wizard.outcome()
    case .terminated(let signal): runner.outcome = .interrupted(signal: signal)
    }
  }
}

extension Page {
  /// Whether the page only waits for an answer from elsewhere.
  var isWaiting: Bool { actions.isEmpty && fields.isEmpty }

  /// All facts on the page, from top to bottom.
  fileprivate var facts: [Fact] {
    items.flatMap { item -> [Fact] in if case .facts(let facts) = item { facts } else { [] } }
  }
}
