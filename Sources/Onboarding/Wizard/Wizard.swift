internal import Credentials
internal import Guides
internal import TerminalUI

/// The wizard, as a value: it is told what happens and says what to show and what to do. It reads no clock, no file and
/// no terminal, so every path through it can be walked in a test.
///
/// This file holds the graph of screens and nothing else does. How keys become requests is in `Wizard+Input`.
package struct Wizard: ~Copyable {
  let options: WizardOptions
  /// Nil when the provider was named on the command line: there is then no first screen to go back to.
  let index: (any ProviderIndex)?
  var screen: Screen
  var overlay: Overlay?
  /// What is being linked. Nil before a provider is chosen; kept when the user goes back to choosing.
  var visit: Visit?
  /// How far the page is scrolled, and how far the one below an overlay was.
  var scroll = 0
  var coveredScroll = 0
  /// How far blocks of code are scrolled sideways, by their numbers on the page.
  var sideways: [Int: Int] = [:]
  /// The places from which links of the guide led here, the last one at the end. Any other way to go on forgets them.
  var jumps: [StepPlace] = []
  /// The search in the guide that is on.
  var finder: Finder?
  /// What the last key could not do, where no screen says so itself.
  var remark: Notice?
  var size = Size(columns: 80, rows: 24)
  /// The last size in which a page could be shown: the one that `scroll` is meant for.
  var lastUsable = Size(columns: 80, rows: 24)
  /// The signs that pages are drawn with: how far one can be scrolled depends on them.
  package var glyphs = Glyphs.unicode
  let bodies = BodyCache()
  /// The link number that is being typed; 0 before its first digit.
  var pendingLink: Int?
  var quiet = Quiet()

  /// Begins with choosing a provider.
  package init(choosingFrom index: any ProviderIndex, options: WizardOptions) {
    self.options = options
    self.index = index
    visit = nil
    screen = .pick(PickScreen(index, linked: options.linked))
  }

  /// Begins with a provider that has been chosen already.
  package init(
    _ opening: consuming Opening, options: WizardOptions, at now: ContinuousClock.Instant = .now
  ) {
    self.options = options
    index = nil
    visit = Visit(opening, options: options, at: now)
    screen = .before(BeforeScreen(isFirst: true))
    showStart()
  }

  /// What to show now.
  package func page() -> Page {
    var page = screen.page(visit)
    if let overlay {
      page = overlay.page(over: page.header, keepsDraft: options.keepsDrafts)
    } else if let finder {
      page = finder.page(over: page)
      if case .step(let step) = screen { page.found = finder.found(in: step.stage) }
    }
    page.notice = remark ?? page.notice
    page.scroll = scroll
    page.sideways = sideways
    if let pendingLink { page.keys = Wizard.linkKeys(pendingLink) }
    return page
  }

  /// When to send `.tick` if nothing else happens before; nil: never.
  package var deadline: ContinuousClock.Instant? { screen.deadline }

  // MARK: The graph

  /// Where a request leads.
  mutating func go(_ request: Request, at now: ContinuousClock.Instant) -> Effect {
    switch request {
    case .stay: return .none
    case .next: return goOn(at: now)
    case .back: return goBack(at: now)
    case .choose(let slug): return choose(slug)
    case .chooseAnyway(let slug): return .open(slug: slug)
    case .edit(let place): showStep(place.stage, focus: place.field, returnsToReview: true)
    case .rename: if let name = visit?.currentName() { show(.rename(RenameScreen(name))) }
    case .named(let name): return take(name, at: now)
    case .replace: return replace(at: now)
    case .startAfresh:
      visit?.startAfresh()
      return goOn(at: now)
    case .review: if visit?.needsBrowser() == false { showReview() }
    case .check: return check(at: now)
    case .storeUnchecked:
      visit?.forgetAnswer()
      return save(at: now)
    case .storeAgain: return save(at: now)
    case .leave: return askToLeave(at: now)
    case .finish: return .leave(outcome())
    case .forget: return forget()
    case .dismiss: dismiss()
    case .scroll(let scroll): turn(scroll)
    case .copy(let url): return .copy(url)
    case .askForFile(let field):
      if let label = visit?.label(of: field) {
        cover(with: .file(FileSheet(for: field, label: label)))
      }
    case .read(let path): return .read(path: path)
    }
    return .none
  }

  /// Back at a provider that was left by Back, what was typed for it is still there. Another one asks first.
  private mutating func choose(_ slug: String) -> Effect {
    if visit?.slug() == slug {
      showStart()
    } else if hasTypedValues {
      cover(with: .leave(LeaveSheet(for: .choosing(slug))))
    } else {
      return .open(slug: slug)
    }
    return .none
  }

  /// before → step 1 → … → step n → review; without anything to store, the last step leads back to the beginning
  private mutating func goOn(at now: ContinuousClock.Instant) -> Effect {
    switch screen {
    case .before, .browser: showStep(0)
    case .step(let step)
    where visit?.needsBrowser() == true && step.stage + 1 == visit?.stageCount():
      showStart()
    case .step(let step) where step.returnsToReview || step.stage + 1 == visit?.stageCount():
      showReview()
      quiet.arrive(at: now)
      return keepDraft()
    case .step(let step):
      showStep(step.stage + 1)
      return keepDraft()
    case .pick, .rename, .review, .checking, .outcome: break
    }
    return .none
  }

  /// The same way back, or to where a link was followed; the check and its outcome lead to the review, and the first screen leads out.
  private mutating func goBack(at now: ContinuousClock.Instant) -> Effect {
    switch screen {
    case .step where !jumps.isEmpty: restore(jumps.removeLast())
    case .pick: return askToLeave(at: now)
    case .before, .browser:
      guard let index else { return askToLeave(at: now) }
      show(.pick(PickScreen(index, linked: options.linked)))
    case .rename: showStart()
    case .step(let step) where step.returnsToReview: showReview()
    case .step(let step) where step.stage > 0: showStep(step.stage - 1)
    case .step: showStart()
    case .review: if let last = visit?.stageCount() { showStep(last - 1) }
    case .checking:
      showReview(Notice(.note, "The check was cancelled. Nothing was stored."))
      return .cancelCheck
    case .outcome: showReview()
    }
    return .none
  }

  /// A new name starts over where the old one stood in the way: before the first value, or after the last.
  private mutating func take(_ name: ConnectionName, at now: ContinuousClock.Instant) -> Effect {
    visit?.take(name)
    if hasTypedValues { showReview() } else { showStart() }
    quiet.arrive(at: now)
    return .none
  }

  private mutating func replace(at now: ContinuousClock.Instant) -> Effect {
    visit?.replaceExisting()
    if case .outcome = screen { return save(at: now) }
    return goOn(at: now)
  }

  private mutating func check(at now: ContinuousClock.Instant) -> Effect {
    guard let submission = visit?.submission() else { return .none }
    show(.checking(CheckingScreen(.asking, request: visit?.plannedRequest() ?? nil, at: now)))
    return .check(submission)
  }

  /// An accepted answer is stored at once; any other is shown.
  mutating func receive(
    _ diagnosis: Diagnosis, _ checked: Timestamp, at now: ContinuousClock.Instant
  ) -> Effect {
    guard case .checking(let screen) = screen, screen.phase == .asking else { return .none }
    let diagnosis = visit?.receive(diagnosis, checked) ?? diagnosis
    if diagnosis.isAccepted { return save(at: now) }
    show(.outcome(OutcomeScreen(.diagnosed(diagnosis))))
    quiet.arrive(at: now)
    return .none
  }

  private mutating func save(at now: ContinuousClock.Instant) -> Effect {
    guard let record = visit?.record(), let replacing = visit?.isReplacement() else {
      return .none
    }
    show(.checking(CheckingScreen(.storing, at: now)))
    return .save(record, replacing: replacing)
  }

  mutating func finish(_ finding: OutcomeScreen.Finding, at now: ContinuousClock.Instant) {
    guard case .checking(let screen) = screen, screen.phase == .storing else { return }
    show(.outcome(OutcomeScreen(finding)))
    quiet.arrive(at: now)
  }

  // MARK: Leaving

  /// Asks first when something would be lost. A running check is ended before: nothing goes on behind a question.
  private mutating func askToLeave(at now: ContinuousClock.Instant) -> Effect {
    if case .leave = overlay { return .leave(outcome()) }
    var wasChecking = false
    if case .checking = screen {
      showReview(Notice(.note, "The check was cancelled. Nothing was stored."))
      wasChecking = true
    }
    if case .outcome(let screen) = screen, case .stored = screen.finding {
      return .leave(outcome())
    }
    guard hasTypedValues else { return .leave(outcome()) }
    cover(with: .leave(LeaveSheet(for: .leaving)))
    return wasChecking ? .cancelCheck : .none
  }

  private mutating func forget() -> Effect {
    visit?.startAfresh()
    return .leave(outcome(), forgetting: visit?.currentName())
  }

  private func outcome() -> Outcome {
    if case .outcome(let screen) = screen {
      switch screen.finding {
      case .stored(let facts): return .linked(facts)
      case .notStored(let error): return .failed(error)
      case .diagnosed: break
      }
    }
    return .left(after: visit?.lastDiagnosis())
  }
}
