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
      // What is said to be selectable is to be seen.
      scroll = 0
      remark = clipboard.words(for: text).map { Notice(.note, $0) }
      return offer(text)
    case .chooseApplication: return chooseApplication(at: now)
    case .use(let name): return use(name, at: now)
    case .redeem: return redeem(isRepaired: false, at: now)
    case .redeemRepaired: return redeem(isRepaired: true, at: now)
    case .askAnew:
      // A page that says so of a forgotten client is seen in the browser alone.
      state.change { $0.linking.forgetRegistration() }
      return beginConsent(at: now)
    case .linkAgain: return beginConsent(at: now)
    case .changeRights:
      if case .consent(let screen) = state.screen { leaveOpen(screen) }
      showRights()
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
    case .consent(let screen):
      leaveOpen(screen)
      showBeforeConsent()
      return .cancelLink
    case .linking(let screen):
      state.change { $0.linking.close() }
      showBeforeConsent()
      let fate = screen.purpose == .redeeming ? " The code is used up: go on to a new address." : ""
      remark = Notice(.note, "That was cancelled. Nothing was stored.\(fate)")
      return .cancelLink
    default:
      state.change { $0.linking.close() }
      showBeforeConsent()
      return .cancelLink
    }
    return .none
  }

  private mutating func showBeforeConsent() {
    if state.ask({ $0.asksForRights }) ?? false { showRights() } else { leaveRights() }
  }

  /// The question stays, for the address may stand in a browser: whoever goes on with nothing changed finds it again.
  private mutating func leaveOpen(_ screen: ConsentScreen) {
    var screen = screen
    screen.leaveOpen()
    state.change { $0.linking.left = screen }
  }

  private mutating func leaveRights() {
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
}
