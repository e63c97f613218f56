internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests

/// The graph of screens: what leads where, whether the user goes on or an answer comes. Only this file decides which screen
/// comes next, and `Wizard+Consent` for providers that need a person's consent.
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
    case .rename: askForName()
    case .named(let name): return rename(to: name, at: now)
    case .replace: return replace(at: now)
    case .startAfresh:
      state.change { $0.startAfresh() }
      return goOn(at: now)
    case .review: if !needsConsent { showReview() }
    case .check: return check(at: now)
    case .storeUnchecked:
      state.change { $0.forgetAnswer() }
      return store(at: now)
    case .replaceOther: return storeOther(at: now)
    case .revokeOldKey: return revoke(at: now)
    case .askForEnd: if let end = state.ask({ EndScreen($0) }) { show(.end(end)) }
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
    case .addReader(let recipient): return .addReader(recipient)
    case .unlock: return unlock()
    case .refreshGuide: return refreshGuide()
    case .apply(let choice):
      state.change { $0.apply(choice) }
      dismiss()
    case .copyShown, .chooseApplication, .use, .redeem, .redeemRepaired, .askAnew, .changeRights,
      .askForRefreshToken, .renew, .useDevice, .installation, .linkAgain:
      return goLinking(request, at: now)
    case .declared, .toList: return goSettingUp(request)
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
    case .before where needsConsent: return startLinking(at: now)
    case .before: resume()
    case .browser: showStep(0)
    case .step(let step) where isImpossible && step.stage + 1 == stageCount:
      return survey == nil ? .leave(outcome()) : leaveFirstScreen(at: now)
    case .step(let step) where needsConsent && !isImpossible:
      return goOnLinking(from: step, at: now)
    case .rights: return beginConsent(at: now)
    case .step where isOnePage && decision == .check: return check(at: now, keeping: true)
    case .step where isOnePage && decision == .store: return store(at: now)
    case .end: showReview()
    case .step(let step) where step.returnsToReview || step.stage + 1 == stageCount:
      showReview()
      quiet.arrive(at: now)
      return saveDraft()
    case .step(let step):
      showStep(step.stage + 1)
      return saveDraft()
    case .rename, .review, .checking, .outcome, .consent, .refreshToken, .choose, .linking,
      nil:
      break
    }
    return .none
  }

  /// The same way back, or to where a link was followed; the check and its outcome lead to the review, and the first screen leads out.
  private mutating func goBack(at now: ContinuousClock.Instant) -> Effect {
    switch state.screen {
    case .step where !jumps.isEmpty: restore(jumps.removeLast())
    case nil: return askToLeave(at: now)
    case .before, .browser: return leaveFirstScreen(at: now)
    case .rename where state.ask({ $0.linking.holdsAccount }) ?? false: return askToLeave(at: now)
    case .rename: if hasTypedValues && !needsConsent { showReview() } else { showStart() }
    case .step(let step) where step.returnsToReview && !needsConsent: showReview()
    case .step(let step): return goBack(from: step, at: now)
    case .rights, .consent, .refreshToken, .choose, .linking: return goBackLinking(at: now)
    case .outcome(let screen) where needsConsent:
      switch screen.finding {
      case .notLinked, .otherAccount: return goBackLinking(at: now)
      case .diagnosed, .stored, .notStored: return askToLeave(at: now)
      }
    case .outcome(let screen) where screen.isStored: return .leave(outcome())
    case .end: showReview()
    case .review where isEditing: return askToLeave(at: now)
    case .review: showStep(stageCount - 1)
    case .checking(let screen) where screen.phase == .storing: return giveUpStoring(.back)
    case .checking(let screen) where screen.isRevoking: return giveUpRevoking()
    case .checking:
      showReview(Notice(.note, "The check was cancelled. Nothing was stored."))
      return .cancelCheck
    case .outcome: showReview()
    }
    return .none
  }

  /// To the step before, or to the first screen.
  private mutating func goBack(
    from step: StepScreen, at now: ContinuousClock.Instant
  ) -> Effect {
    let route = state.ask { $0.route } ?? []
    if let before = route.last(where: { $0 < step.stage }) {
      showStep(before)
    } else if isOnePage, state.ask({ $0.canStartAtOnce }) ?? true {
      return leaveFirstScreen(at: now)
    } else {
      showStart()
    }
    return .none
  }

  /// Back to choosing, or out where there was nothing to choose.
  private mutating func leaveFirstScreen(at now: ContinuousClock.Instant) -> Effect {
    guard let first = firstScreen else { return askToLeave(at: now) }
    // Another connection of the project may be opened next, and this one left to its draft.
    let effect = survey == nil ? Effect.none : saveDraft()
    state.show(first)
    startOver()
    return effect
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
    if state.ask({ $0.linking.holdsAccount }) ?? false { return save(at: now) }
    if hasTypedValues && !needsConsent { showReview() } else { showStart() }
    quiet.arrive(at: now)
    return .none
  }

  private mutating func replace(at now: ContinuousClock.Instant) -> Effect {
    if case .outcome = state.screen {
      state.change { $0.isReplacing = true }
      return save(at: now)
    }
    guard let name = state.ask({ $0.name }) else { return .none }
    return .openReplacement(of: name)
  }

  /// One page has all that the first screen says, unless something has to be decided first.
  mutating func showStart() {
    if isEditing {
      showEdited()
    } else if isImpossible {
      show(.browser(BrowserScreen()))
    } else if isOnePage, state.ask({ $0.canStartAtOnce }) ?? false {
      showStep(0)
    } else {
      show(.before(BeforeScreen()))
    }
  }

  /// The provider that was asked for.
  mutating func open(_ opening: consuming Opening, at now: ContinuousClock.Instant) {
    let terms = opening.terms ?? options
    state = .linking(
      WizardState.Visit(
        LinkSession(opening, options: terms, isFirst: firstScreen == nil, at: now)))
    let mostFields = mostFields
    let project = survey
    state.change {
      $0.mostFields = mostFields
      $0.projectPlace = project?.place(of: $0.name)
    }
    showStart()
    offerSecondKey()
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
    return .check(CheckOrder(submission, keptAs: name))
  }

  /// An accepted answer is stored at once; any other is shown.
  mutating func receive(
    _ diagnosis: Diagnosis, _ checked: Timestamp, at now: ContinuousClock.Instant
  ) -> Effect {
    guard case .checking(let screen) = state.screen, screen.phase == .asking else { return .none }
    state.change { $0.receive(diagnosis, checked) }
    if diagnosis.isAccepted { return store(at: now) }
    show(.outcome(OutcomeScreen(.diagnosed(diagnosis))))
    quiet.arrive(at: now)
    return .none
  }

  mutating func save(at now: ContinuousClock.Instant) -> Effect {
    guard let order = state.ask({ $0.order() }) else { return .none }
    show(.checking(CheckingScreen(.storing, at: now)))
    return .save(order)
  }

  /// What is stored needs no further key: the wizard ends, and what was done is said where it stays. Only where something
  /// can be done about what it took the place of, that is asked first.
  mutating func finish(
    _ facts: ConnectionFacts, leavesOldKey: Bool, at now: ContinuousClock.Instant
  ) -> Effect {
    guard case .checking(let screen) = state.screen, screen.phase == .storing else { return .none }
    state.change {
      $0.recordVariables()
      $0.recordSwap(leavesOldKey: leavesOldKey)
      $0.draft.wipe()
      $0.linking.wipe(keptAs: facts.application)
    }
    show(.outcome(OutcomeScreen(.stored(facts))))
    if survey != nil { return showDone(facts.name, at: now) }
    quiet.arrive(at: now)
    return offersRevocation ? .none : .leave(outcome())
  }

  mutating func fail(_ error: StoreError, at now: ContinuousClock.Instant) -> Effect {
    guard case .checking(let screen) = state.screen, screen.phase == .storing else { return .none }
    if case .exists(let name) = error { state.change { $0.learnTaken(name) } }
    switch screen.givenUp {
    case nil:
      show(.outcome(OutcomeScreen(.notStored(error))))
      quiet.arrive(at: now)
    case .some where needsConsent:
      // What was given is still here, and good for no other try but this one.
      show(.outcome(OutcomeScreen(.notStored(error))))
      if screen.givenUp == .leave { return askToLeave(at: now) }
    case .back: showReview(Notice(.note, "Storing was given up. Nothing was stored."))
    case .leave:
      showReview(Notice(.note, "Storing was given up. Nothing was stored."))
      return askToLeave(at: now)
    }
    return .none
  }
}
