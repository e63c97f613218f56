internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import TerminalUI

/// How a person's consent is asked for, and what it gave is redeemed. Part of the graph of screens.
extension Wizard {
  /// The question that was left open, or a new one: the provider is asked for what it needs, or the address is shown.
  mutating func beginConsent(
    _ news: Notice? = nil, keeping: Bool = false, at now: ContinuousClock.Instant
  ) -> Effect {
    if let screen = state.change({ $0.takeLeftConsent(at: now) }) ?? nil {
      return listen(on: screen, keeping: keeping, at: now)
    }
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
    if state.ask({ $0.provider.authMode.needsPreparation }) ?? false {
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
    return listen(on: ConsentScreen(news: news, at: now), keeping: keeping, at: now)
  }

  /// Shows the open question, and waits for the browser.
  private mutating func listen(
    on screen: ConsentScreen, keeping: Bool, at now: ContinuousClock.Instant
  ) -> Effect {
    guard let matcher = state.ask({ $0.linking.ask { $0.matcher() } }) ?? nil else { return .none }
    show(.consent(screen))
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

  mutating func redeem(isRepaired: Bool, at now: ContinuousClock.Instant) -> Effect {
    guard let job = state.change({ $0.redemption() }) ?? nil else { return .none }
    show(.linking(LinkingScreen(.redeeming, at: now)))
    if isRepaired {
      remark = Notice(.note, "The address had been broken on its way, and was put together again.")
    }
    return .link(LinkErrand(.perform(job)))
  }

  mutating func renew(at now: ContinuousClock.Instant) -> Effect {
    guard let job = state.change({ $0.renewal() }) else { return .none }
    show(.linking(LinkingScreen(.renewing, at: now)))
    return .link(LinkErrand(.perform(job)))
  }
}
