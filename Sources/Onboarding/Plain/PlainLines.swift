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
  var runner: WizardRunner
  let glyphs: Glyphs
  /// The page that was printed last, and what lies over it, so that nothing is read out twice.
  private var printed: Page?
  private var printedOver: Page?
  /// The pages that have been printed whole.
  private var known: [Page] = []
  private var wasBlank = false
  /// Whom the last page was about.
  private var provider: String?
  /// Whether what can be entered besides answers has been told.
  private var hasToldWords = false
  /// Whether the last line was answered without the wizard, which says what it said before.
  var wasAnsweredHere = false
  /// Why there is no full screen, where the user did not ask for lines.
  private let reason: String?
  /// The facts that have been read out on a page that only waits.
  private var told: [Page.Fact] = []
  /// The field whose explanation was printed last.
  var explained: Field.ID?

  /// - Parameter reason: why there is no full screen, as a clause; nil where the user asked for lines.
  package init(
    _ wizard: consuming Wizard, dependencies: Dependencies, mailbox: Mailbox,
    glyphs: Glyphs = .unicode, reason: String? = nil
  ) {
    self.reason = reason
    runner = WizardRunner(wizard, dependencies: dependencies, mailbox: mailbox, glyphs: glyphs)
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
        runner.finish()
        if let page = runner.closingPage { printIfNew(page, on: &device) }
        print(runner.loss, on: &device)
        return outcome
      }
      let page = runner.wizard.page()
      printIfNew(page, on: &device)
      runner.prepare()
      if page.isWaiting {
        wait(on: &device)
      } else if let field = page.fields.first(where: \.isFocused) {
        ask(for: field, of: page, on: &device)
      } else {
        ask(what: page, on: &device)
      }
    }
  }

  private mutating func printIfNew<D: LineDevice & ~Copyable>(_ page: Page, on device: inout D) {
    let identity = PlainPage.identity(of: page)
    let plain = PlainPage(page, glyphs: glyphs)
    let isOver = runner.wizard.overlay != nil
    if identity != (isOver ? printedOver : printed) {
      let isNew = page.header.provider != provider
      let reminder = known.contains(identity) ? plain.reminder : nil
      print((reminder ?? plain.lines(withDomain: isNew)) + plain.actionLines, on: &device)
      if !known.contains(identity) { known.append(identity) }
      provider = page.header.provider
      if !isOver { explained = nil }
      if !page.isWaiting { printWords(on: &device) }
    } else if page.isWaiting {
      let news = page.facts.filter { !told.contains($0) }
      print(plain.lines(news), on: &device)
    }
    // What lies over a page goes, and the page is still known.
    if isOver { printedOver = identity } else { (printed, printedOver) = (identity, nil) }
    told = page.facts
    if let notice = page.notice, !wasAnsweredHere {
      print(plain.lines(notice), on: &device)
    }
    wasAnsweredHere = false
  }

  /// Prints lines, never two empty ones in a row.
  mutating func print<D: LineDevice & ~Copyable>(_ lines: [String], on device: inout D) {
    for line in lines where !(line.isEmpty && wasBlank) {
      device.print(line)
      wasBlank = line.isEmpty
    }
  }

  mutating func forgetPrinted() {
    (printed, printedOver) = (nil, nil)
    known = []
  }

  /// Once, behind the first page.
  private mutating func printWords<D: LineDevice & ~Copyable>(on device: inout D) {
    guard !hasToldWords else { return }
    hasToldWords = true
    let words = [PlainWord.command(.help), .command(.back), .command(.leave)]
    let names = words.map(KeyBinding.word(for:))
    print(
      ["\(names[0]) lists what else can be entered; \(names[1]) goes back, \(names[2]) leaves."],
      on: &device)
  }

  /// - Parameter hearsNews: whether an answer may come from elsewhere as well; the first one counts.
  mutating func read<D: LineDevice & ~Copyable>(
    _ prompt: String, echo: LineEcho, hearsNews: Bool = false, on device: inout D
  ) -> SecretBuffer? {
    wasBlank = false
    let news = hearsNews ? runner.effectRunner.mailbox.descriptor : nil
    switch device.readLine(prompt, echo: echo, orNewsAt: news) {
    case .line(let line): return line
    case .news:
      tellNews(on: &device)
      return nil
    case .interrupted(let interruption):
      handle(interruption)
      return nil
    }
  }

  // MARK: Waiting

  private mutating func wait<D: LineDevice & ~Copyable>(on device: inout D) {
    if let interruption = device.wait(for: runner.effectRunner.mailbox.descriptor) {
      handle(interruption)
      return
    }
    tellNews(on: &device)
  }

  private mutating func tellNews<D: LineDevice & ~Copyable>(on device: inout D) {
    for mail in runner.effectRunner.collect() {
      if let event = mail.event { runner.send(event) }
      // Who is asked is told even when the answer has come along with it.
      let page = runner.wizard.page()
      if page.isWaiting { printIfNew(page, on: &device) }
    }
  }

  private mutating func handle(_ interruption: LineInterruption) {
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
