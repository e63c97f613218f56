internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
package import TerminalUI

/// The wizard, as a value: it is told what happens and says what to show and what to do. It reads no clock, no file and
/// no terminal, so every path through it can be walked in a test.
///
/// This file holds the graph of screens: nothing else puts a screen up. How keys become requests is in `Wizard+Input`,
/// what is shown in `Wizard+Scrolling`.
package struct Wizard: ~Copyable {
  let options: WizardOptions
  /// Nil when the provider was named on the command line: there is then no first screen to go back to.
  let index: (any ProviderSearching)?
  var state: WizardState
  var overlay: Overlay?
  /// How far the page is scrolled, and how far the one below an overlay was.
  var scroll = 0
  var coveredScroll = 0
  /// How far blocks of code are scrolled sideways, by their numbers on the page.
  var sideways: [Int: Int] = [:]
  /// The places from which links of the guide led here, the last one at the end. Any other way to go on forgets them.
  var jumps: [StepPlace] = []
  /// The search in the guide that is on.
  var finder: GuideSearch?
  /// What the last key could not do, where no screen says so itself.
  var remark: Notice?
  var size = Size(columns: 80, rows: 24)
  /// The last size in which a page could be shown: the one that `scroll` is meant for.
  var lastUsable = Size(columns: 80, rows: 24)
  /// The signs that pages are drawn with: how far one can be scrolled depends on them.
  package var glyphs = Glyphs.unicode
  /// What becomes of text that is copied.
  package var clipboard = Clipboard.terminal
  let bodies = BodyCache()
  /// The link number that is being typed; 0 before its first digit.
  var pendingLink: Int?
  var quiet = InputGuard()

  /// Begins with choosing a provider.
  package init(choosingFrom index: any ProviderSearching, options: WizardOptions) {
    self.options = options
    self.index = index
    let pick = PickScreen(index, linked: options.linked)
    state = .picking(WizardState.Picking(pick: pick, left: nil))
  }

  /// Begins with a provider that has been chosen already.
  package init(
    _ opening: consuming Opening, options: WizardOptions, at now: ContinuousClock.Instant = .now
  ) {
    self.options = options
    index = nil
    state = .linking(LinkSession(opening, options: options, isFirst: true, at: now))
    showStart()
  }

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
    case .rename: if let rename = state.ask({ RenameScreen($0) }) { show(.rename(rename)) }
    case .named(let name): return take(name, at: now)
    case .replace: return replace(at: now)
    case .startAfresh:
      state.change { $0.startAfresh() }
      return goOn(at: now)
    case .review: if !needsBrowser { showReview() }
    case .check: return check(at: now)
    case .storeUnchecked:
      state.change { $0.forgetAnswer() }
      return save(at: now)
    case .storeAgain: return save(at: now)
    case .leave: return askToLeave(at: now)
    case .finish: return .leave(outcome())
    case .openLink(let number):
      dismiss()
      return openLink(number)
    case .forget: return forget()
    case .dismiss: dismiss()
    case .scroll(let scroll): turn(scroll)
    case .copy(let text): return offer(text)
    case .askForFile(let field):
      if let label = state.ask({ $0.label(of: field) }) ?? nil {
        cover(with: .file(FileSheet(for: field, label: label)))
      }
    case .read(let path): return .read(path: path)
    case .refreshGuide: return refreshGuide()
    case .take(let choice):
      state.change { $0.take(choice) }
      dismiss()
    }
    return .none
  }

  /// Back at a provider that was left by Back, what was typed for it is still there. Another one asks first.
  private mutating func choose(_ slug: String) -> Effect {
    if state.ask({ $0.provider.slug }) == slug {
      showStart()
    } else if hasTypedValues {
      ask(.choosing(slug))
    } else {
      return .open(slug: slug)
    }
    return .none
  }

  /// before → step 1 → … → step n → review; without anything to store, the last step leads out. One page leads to the
  /// check by itself, unless something has to be looked at before.
  private mutating func goOn(at now: ContinuousClock.Instant) -> Effect {
    switch state.screen {
    case .before: resume()
    case .browser: showStep(0)
    case .step(let step) where needsBrowser && step.stage + 1 == stageCount:
      return .leave(outcome())
    case .step where isOnePage && decision == .check: return check(at: now, keeping: true)
    case .step where isOnePage && decision == .store: return save(at: now)
    case .step(let step) where step.returnsToReview || step.stage + 1 == stageCount:
      showReview()
      quiet.arrive(at: now)
      return keepDraft()
    case .step(let step):
      showStep(step.stage + 1)
      return keepDraft()
    case .rename, .review, .checking, .outcome, nil: break
    }
    return .none
  }

  /// The same way back, or to where a link was followed; the check and its outcome lead to the review, and the first screen leads out.
  private mutating func goBack(at now: ContinuousClock.Instant) -> Effect {
    switch state.screen {
    case .step where !jumps.isEmpty: restore(jumps.removeLast())
    case nil: return askToLeave(at: now)
    case .before, .browser: return leaveFirstScreen(at: now)
    case .rename: if hasTypedValues { showReview() } else { showStart() }
    case .step(let step) where step.returnsToReview: showReview()
    case .step(let step) where step.stage > 0: showStep(step.stage - 1)
    case .step where isOnePage: return leaveFirstScreen(at: now)
    case .step: showStart()
    case .review: showStep(stageCount - 1)
    case .checking(let screen) where screen.phase == .storing: return giveUpStoring(.back)
    case .checking:
      showReview(Notice(.note, "The check was cancelled. Nothing was stored."))
      return .cancelCheck
    case .outcome: showReview()
    }
    return .none
  }

  /// Back to choosing, or out where the provider was named.
  private mutating func leaveFirstScreen(at now: ContinuousClock.Instant) -> Effect {
    guard let index else { return askToLeave(at: now) }
    state.show(PickScreen(index, linked: options.linked))
    startOver()
    return .none
  }

  /// A session that was interrupted goes on where something is still to be done.
  private mutating func resume() {
    guard (state.ask { $0.resumed } ?? 0) > 0 else { return showStep(0) }
    if let gap = state.ask({ $0.firstGap() }) ?? nil {
      showStep(gap.stage, focus: gap.field)
    } else {
      showReview()
    }
  }

  /// A new name starts over where the old one stood in the way: before the first value, or after the last.
  private mutating func take(_ name: ConnectionName, at now: ContinuousClock.Instant) -> Effect {
    state.change { $0.take(name) }
    if hasTypedValues { showReview() } else { showStart() }
    quiet.arrive(at: now)
    return .none
  }

  private mutating func replace(at now: ContinuousClock.Instant) -> Effect {
    state.change { $0.isReplacing = true }
    if case .outcome = state.screen { return save(at: now) }
    return goOn(at: now)
  }

  /// - Parameter keeping: whether the values have not been sealed yet, in case the line is cut during the check.
  private mutating func check(
    at now: ContinuousClock.Instant, keeping: Bool = false
  ) -> Effect {
    guard let submission = state.ask({ $0.draft.submission() }) else { return .none }
    let planned = try? CheckSession.plan(submission)
    show(.checking(CheckingScreen(.asking, request: planned?.firstLine, at: now)))
    let name = keeping && keepsTyped ? state.ask { $0.name } : nil
    return .check(submission, keptAs: name)
  }

  /// An accepted answer is stored at once; any other is shown.
  mutating func receive(
    _ diagnosis: Diagnosis, _ checked: Timestamp, at now: ContinuousClock.Instant
  ) -> Effect {
    guard case .checking(let screen) = state.screen, screen.phase == .asking else { return .none }
    let answer = state.change { $0.receive(diagnosis, checked) } ?? diagnosis
    if answer.isAccepted { return save(at: now) }
    show(.outcome(OutcomeScreen(.diagnosed(answer))))
    quiet.arrive(at: now)
    return .none
  }

  private mutating func save(at now: ContinuousClock.Instant) -> Effect {
    guard let record = state.ask({ $0.record() }), let replacing = state.ask({ $0.isReplacing })
    else { return .none }
    show(.checking(CheckingScreen(.storing, at: now)))
    return .save(record, replacing: replacing)
  }

  /// What is stored needs no further key: the wizard ends, and what was done is said where it stays.
  mutating func finish(_ facts: ConnectionFacts) -> Effect {
    guard case .checking(let screen) = state.screen, screen.phase == .storing else { return .none }
    state.change {
      $0.noteVariables()
      $0.draft.wipe()
    }
    show(.outcome(OutcomeScreen(.stored(facts))))
    return .leave(outcome())
  }

  mutating func fail(_ error: StoreError, at now: ContinuousClock.Instant) -> Effect {
    guard case .checking(let screen) = state.screen, screen.phase == .storing else { return .none }
    if case .exists(let name) = error { state.change { $0.learnTaken(name) } }
    switch screen.givenUp {
    case nil:
      show(.outcome(OutcomeScreen(.notStored(error))))
      quiet.arrive(at: now)
    case .back: showReview(Notice(.note, "Storing was given up. Nothing was stored."))
    case .leave:
      showReview(Notice(.note, "Storing was given up. Nothing was stored."))
      return askToLeave(at: now)
    }
    return .none
  }

  /// The store is not waited for any longer. What was stored in the meantime is: its answer decides.
  private mutating func giveUpStoring(_ way: CheckingScreen.WayOut) -> Effect {
    guard case .checking(var screen) = state.screen, screen.phase == .storing else { return .none }
    screen.giveUp(way)
    state.show(.checking(screen))
    return .cancelSave
  }

  // MARK: Putting screens up

  private mutating func show(_ screen: Screen) {
    state.show(screen)
    startOver()
  }

  /// Nothing that was of use on the screen before is on this one.
  private mutating func startOver() {
    overlay = nil
    finder = nil
    pendingLink = nil
    jumps = []
    scroll = 0
    sideways = [:]
  }

  /// One page has all that the first screen says, unless something has to be decided first.
  private mutating func showStart() {
    if needsBrowser {
      show(.browser(BrowserScreen()))
    } else if isOnePage, state.ask({ $0.canStartAtOnce }) ?? false {
      showStep(0)
    } else {
      show(.before(BeforeScreen()))
    }
  }

  private mutating func showStep(
    _ stage: Int, focus: Field.ID? = nil, returnsToReview: Bool = false
  ) {
    if let step = stepScreen(stage, focus: focus, returnsToReview: returnsToReview) {
      show(.step(step))
    }
  }

  private mutating func showReview(_ notice: Notice? = nil) {
    if let review = state.ask({ ReviewScreen($0, notice: notice) }) { show(.review(review)) }
  }

  /// The provider that was asked for.
  mutating func open(_ opening: consuming Opening, at now: ContinuousClock.Instant) {
    state = .linking(LinkSession(opening, options: options, isFirst: index == nil, at: now))
    showStart()
  }

  private mutating func refreshGuide() -> Effect {
    guard let slug = state.ask({ $0.provider.slug }) else { return .none }
    remark = Notice(.note, "Looking at the page the guide is from…")
    return .refreshGuide(slug: slug)
  }

  /// A new guide is shown at once where nothing was typed yet: its steps may be others.
  mutating func receive(_ news: GuideNews, about slug: String) -> Effect {
    guard state.ask({ $0.provider.slug }) == slug else { return .none }
    remark = news.notice
    guard case .changed = news, !hasTypedValues, case .before = state.screen else { return .none }
    return .open(slug: slug)
  }

  /// From a step to the one that a link leads to. Back leads here again.
  mutating func jump(from step: StepScreen, to stage: Int) {
    let origins = jumps + [StepPlace(step: step, scroll: scroll, sideways: sideways)]
    showStep(stage, returnsToReview: step.returnsToReview)
    jumps = origins
  }

  /// A step as it was left. A search that is on stays on.
  mutating func restore(_ origin: StepPlace) {
    state.show(.step(origin.step))
    scroll = origin.scroll
    sideways = origin.sideways
  }

  /// The step of a match, for a search that began elsewhere.
  mutating func show(stage: Int, from origin: StepPlace) {
    if case .step(let step) = state.screen, step.stage == stage { return }
    scroll = 0
    sideways = [:]
    if stage == origin.step.stage {
      state.show(.step(origin.step))
    } else if let step = stepScreen(stage, focus: nil, returnsToReview: origin.step.returnsToReview)
    {
      state.show(.step(step))
    }
  }

  private func stepScreen(_ stage: Int, focus: Field.ID?, returnsToReview: Bool) -> StepScreen? {
    state.ask { StepScreen(stage, focus: focus, returnsToReview: returnsToReview, $0) }
  }

  // MARK: Leaving

  private mutating func ask(_ purpose: LeaveSheet.Purpose) {
    cover(with: .leave(LeaveSheet(for: purpose, keepsDraft: options.keepsDrafts)))
  }

  /// Asks first when something would be lost. A running check is ended before: nothing goes on behind a question.
  private mutating func askToLeave(at now: ContinuousClock.Instant) -> Effect {
    if case .leave = overlay { return .leave(outcome()) }
    if case .checking(let screen) = state.screen, screen.phase == .storing {
      return screen.givenUp == .leave ? .leave(outcome()) : giveUpStoring(.leave)
    }
    var wasChecking = false
    if case .checking = state.screen {
      showReview(Notice(.note, "The check was cancelled. Nothing was stored."))
      wasChecking = true
    }
    guard hasTypedValues else { return .leave(outcome()) }
    ask(.leaving)
    return wasChecking ? .cancelCheck : .none
  }

  private mutating func forget() -> Effect {
    state.change { $0.startAfresh() }
    return .leave(outcome(), forgetting: state.ask { $0.name })
  }

  /// How the session ends if it ends now, whoever ends it.
  borrowing func outcome() -> Outcome {
    if case .outcome(let screen) = state.screen {
      switch screen.finding {
      case .stored(let facts): return .linked(facts)
      case .notStored(let error): return .failed(error)
      case .diagnosed: break
      }
    }
    return .left(after: state.ask { $0.diagnosis } ?? nil)
  }
}
