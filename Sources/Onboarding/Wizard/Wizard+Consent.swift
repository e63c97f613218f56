internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import TerminalUI

/// The graph of screens for providers that need a person's consent: before → steps → application → rights → consent →
/// what comes of it. Part of `Wizard+Graph`.
extension Wizard {
  /// Where a request of these screens leads.
  mutating func goLinking(_ request: Request, at now: ContinuousClock.Instant) -> Effect {
    switch request {
    case .copyShown(let text):
      remark = clipboard.words(for: text).map { Notice(.note, $0) }
      return offer(text)
    case .chooseApplication: return chooseApplication(at: now)
    case .use(let name): return use(name, at: now)
    case .redeem: return redeem(isRepaired: false, at: now)
    case .redeemRepaired: return redeem(isRepaired: true, at: now)
    case .askAnew, .linkAgain: return beginConsent(at: now)
    case .changeRights:
      showRights()
      state.change { $0.linking.close() }
      return .cancelLink
    case .askForRefreshToken:
      guard case .consent(let consent) = state.screen else { return .none }
      state.change { $0.linking.hidden.wipe() }
      show(.refreshToken(RefreshTokenScreen(over: consent)))
    case .renew: return renew(at: now)
    case .useDevice: return perform(.device, .device, at: now)
    case .installation(let id): return perform(.installation(id), .asking, at: now)
    default: break
    }
    return .none
  }

  // MARK: Onwards

  /// On from the first screen: a kept application is opened first.
  mutating func startLinking(at now: ContinuousClock.Instant) -> Effect {
    let wanted = state.ask { visit -> ApplicationName? in
      switch visit.linking.application {
      case .some: nil
      case nil: visit.linking.chosen?.name
      }
    }
    if let name = wanted ?? nil { return .loadApplication(name) }
    return showFirstStep(at: now)
  }

  /// A kept application, opened.
  mutating func receive(
    _ application: consuming Application, at now: ContinuousClock.Instant
  ) -> Effect {
    switch state.screen {
    case .before, .choose: break
    default: return .none
    }
    // What cannot be copied goes into a closure in a box.
    let box = SendOnceBox(application)
    state.change { $0.linking.application = box.take() }
    return showFirstStep(at: now)
  }

  mutating func reportUnreadApplication(_ explanation: Explanation) {
    remark = Notice(.failed, Sentences.paragraph(explanation))
  }

  /// To the first step, or to where a cut session goes on.
  private mutating func showFirstStep(at now: ContinuousClock.Instant) -> Effect {
    let route = state.ask { $0.route } ?? []
    if (state.ask { $0.resumed } ?? 0) > 0 {
      if let gap = state.ask({ $0.firstGap() }) ?? nil {
        showStep(gap.stage, focus: gap.field)
        return .none
      }
    } else if let first = route.first {
      showStep(first)
      return .none
    }
    return showRightsOrConsent(at: now)
  }

  /// On from a step.
  mutating func goOnLinking(
    from step: StepScreen, at now: ContinuousClock.Instant
  ) -> Effect {
    let route = state.ask { $0.route } ?? []
    if let next = route.first(where: { $0 > step.stage }) {
      showStep(next)
      return saveDraft()
    }
    if let gap = state.ask({ $0.firstGap() }) ?? nil {
      showStep(gap.stage, focus: gap.field)
      return saveDraft()
    }
    if state.ask({ $0.asksForRights }) ?? false {
      showRights()
      quiet.arrive(at: now)
      return saveDraft()
    }
    return beginConsent(keeping: true, at: now)
  }

  private mutating func showRightsOrConsent(at now: ContinuousClock.Instant) -> Effect {
    guard state.ask({ $0.asksForRights }) ?? false else { return beginConsent(at: now) }
    showRights()
    quiet.arrive(at: now)
    return .none
  }

  private mutating func showRights() {
    if let rights = state.ask({ RightsScreen($0) }) { show(.rights(rights)) }
  }

  // MARK: Back

  /// Out of the consent, or of what it needs: to what stands before it.
  mutating func goBackLinking(at now: ContinuousClock.Instant) -> Effect {
    switch state.screen {
    case .choose(let screen) where screen.purpose == .application: showStart()
    case .refreshToken(let screen):
      state.change { $0.linking.hidden.wipe() }
      show(.consent(screen.consent))
    case .rights:
      leaveRights()
    default:
      let isCancelled = if case .linking = state.screen { true } else { false }
      showBeforeConsent()
      if isCancelled { remark = Notice(.note, "That was cancelled. Nothing was stored.") }
      return .cancelLink
    }
    return .none
  }

  /// What is open is closed, and the screen before it comes back.
  mutating func showBeforeConsent() {
    let asksForRights = state.ask { $0.asksForRights } ?? false
    state.change { $0.linking.close() }
    if asksForRights { showRights() } else { leaveRights() }
  }

  private mutating func leaveRights() {
    state.change { $0.linking.close() }
    if let last = (state.ask { $0.route } ?? []).last { showStep(last) } else { showStart() }
  }

  // MARK: Applications

  /// Of several kept ones, and another, one is chosen; where there is one only, another is typed.
  private mutating func chooseApplication(at now: ContinuousClock.Instant) -> Effect {
    guard (state.ask { $0.linking.applications.count } ?? 0) < 2 else {
      show(.choose(ChooseScreen(.application)))
      return .none
    }
    return use(nil, at: now)
  }

  private mutating func use(
    _ name: ApplicationName?, at now: ContinuousClock.Instant
  ) -> Effect {
    state.change { visit in
      visit.linking.use(
        name.flatMap { name in visit.linking.applications.first { $0.name == name } })
    }
    return startLinking(at: now)
  }

  // MARK: Asking

  /// A new question: the provider is asked for what it needs, or the address is shown.
  mutating func beginConsent(
    _ news: Notice? = nil, keeping: Bool = false, at now: ContinuousClock.Instant
  ) -> Effect {
    state.change { $0.linking.close() }
    guard let way = state.ask({ $0.linking.way }) ?? nil else { return .none }
    switch way {
    case .impossible: return .none
    case .direct: return perform(.ask, .asking, keeping: keeping, at: now)
    case .typed:
      return state.ask { $0.provider.authMode == .app } ?? false
        ? perform(.installations, .looking, keeping: keeping, at: now)
        : perform(.typed, .asking, keeping: keeping, at: now)
    case .redirect: break
    }
    if state.ask({ $0.needsPreparation }) ?? false {
      let allowsLoopback = state.ask { $0.linking.plan.allowsLoopback } ?? false
      let effect = perform(
        .prepare(allowsLoopback: allowsLoopback), .preparing, keeping: keeping, at: now)
      self.news = news
      return effect
    }
    return openConsent(on: LinkGround(), news, keeping: keeping, at: now)
  }

  /// The address is shown, unless another way was asked for from the start.
  mutating func openConsent(
    on ground: consuming LinkGround, _ news: Notice?, keeping: Bool = false,
    at now: ContinuousClock.Instant
  ) -> Effect {
    let box = SendOnceBox(ground)
    if let error = state.change({ visit in visit.openConsent(on: box.take()) }) ?? nil {
      show(.outcome(OutcomeScreen(.notLinked(error))))
      return .none
    }
    if state.ask({ $0.linking.plan.usesDevice }) ?? false {
      return perform(.device, .device, keeping: keeping, at: now)
    }
    if state.ask({ $0.linking.ask { $0.holdsSecret } ?? false }) ?? false {
      return perform(.ask, .asking, keeping: keeping, at: now)
    }
    guard let matcher = state.ask({ $0.linking.ask { $0.matcher() } }) ?? nil else { return .none }
    show(.consent(ConsentScreen(news: news, at: now)))
    quiet.arrive(at: now)
    return .link(LinkErrand(.listen(matcher), keeping: keeping ? keptDraft() : nil))
  }

  /// Has the provider asked, with what was found out about it where a question is open.
  mutating func perform(
    _ kind: LinkJob.Kind, _ purpose: LinkingScreen.Purpose, keeping: Bool = false,
    at now: ContinuousClock.Instant
  ) -> Effect {
    guard let flow = state.change({ $0.beginFlow() }) else { return .none }
    show(.linking(LinkingScreen(purpose, at: now)))
    return .link(
      LinkErrand(.perform(.of(kind, flow)), keeping: keeping ? keptDraft() : nil))
  }

  private mutating func redeem(isRepaired: Bool, at now: ContinuousClock.Instant) -> Effect {
    guard let job = state.change({ $0.redemption() }) ?? nil else { return .none }
    show(.linking(LinkingScreen(.redeeming, at: now)))
    if isRepaired {
      remark = Notice(.note, "The address had been broken on its way, and was put together again.")
    }
    return .link(LinkErrand(.perform(job)))
  }

  private mutating func renew(at now: ContinuousClock.Instant) -> Effect {
    guard let job = state.change({ $0.renewal() }) else { return .none }
    show(.linking(LinkingScreen(.renewing, at: now)))
    return .link(LinkErrand(.perform(job)))
  }
}
