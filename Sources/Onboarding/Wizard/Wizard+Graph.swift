internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests

/// The graph of screens: what leads where, whether the user goes on or an answer comes. Only this file decides which screen
/// comes next.
extension Wizard {
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
    case .named(let name): return rename(to: name, at: now)
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
    case .apply(let choice):
      state.change { $0.apply(choice) }
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
      return saveDraft()
    case .step(let step):
      showStep(step.stage + 1)
      return saveDraft()
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
  private mutating func rename(to name: ConnectionName, at now: ContinuousClock.Instant) -> Effect {
    state.change { $0.rename(to: name) }
    if hasTypedValues { showReview() } else { showStart() }
    quiet.arrive(at: now)
    return .none
  }

  private mutating func replace(at now: ContinuousClock.Instant) -> Effect {
    state.change { $0.isReplacing = true }
    if case .outcome = state.screen { return save(at: now) }
    return goOn(at: now)
  }

  /// One page has all that the first screen says, unless something has to be decided first.
  mutating func showStart() {
    if needsBrowser {
      show(.browser(BrowserScreen()))
    } else if isOnePage, state.ask({ $0.canStartAtOnce }) ?? false {
      showStep(0)
    } else {
      show(.before(BeforeScreen()))
    }
  }

  /// The provider that was asked for.
  mutating func open(_ opening: consuming Opening, at now: ContinuousClock.Instant) {
    state = .linking(LinkSession(opening, options: options, isFirst: index == nil, at: now))
    let mostFields = mostFields
    state.change { $0.mostFields = mostFields }
    showStart()
  }

  // MARK: Asking others

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
      $0.recordVariables()
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

  /// Whether the page that the guide was fetched from has changed.
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

  // MARK: Leaving

  /// Asks first when something would be lost. A running check is ended before: nothing goes on behind a question.
  mutating func askToLeave(at now: ContinuousClock.Instant) -> Effect {
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
}
