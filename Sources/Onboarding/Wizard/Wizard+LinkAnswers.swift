internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What comes of a link that needs a person's consent. Part of the graph of screens.
extension Wizard {
  /// What comes of a link that is under way. Whoever is being asked whether to leave still is, unless all is there and
  /// only has to be stored.
  mutating func receive(
    _ news: consuming LinkNews, at now: ContinuousClock.Instant
  ) -> Effect {
    let asked = overlay
    let effect = learn(news, at: now)
    guard case .leave(let sheet) = asked, overlay == nil else { return effect }
    if case .checking = state.screen { return effect }
    cover(with: .leave(sheet))
    return effect
  }

  private mutating func learn(
    _ news: consuming LinkNews, at now: ContinuousClock.Instant
  ) -> Effect {
    switch consume news {
    case .asking(let progress): record(progress)
    case .code(let code): learn(code)
    case .redirected(let text): return take(text, at: now)
    case .answered(let result): return receive(result, at: now)
    }
    return .none
  }

  private mutating func record(_ progress: CheckProgress) {
    guard case .linking(var screen) = state.screen else { return }
    screen.record(progress)
    state.show(.linking(screen))
  }

  private mutating func learn(_ code: consuming DeviceCode) {
    guard case .linking(let screen) = state.screen, screen.purpose == .device else { return }
    let box = SendOnceBox(code)
    state.change { $0.linking.device = box.take() }
  }

  /// The browser has come back by itself. The first answer counts, pasted or heard.
  private mutating func take(
    _ text: borrowing SecretBuffer, at now: ContinuousClock.Instant
  ) -> Effect {
    var screen: ConsentScreen
    switch state.screen {
    case .consent(let consent): screen = consent
    case .refreshToken(let over): screen = over.consent
    default: return .none
    }
    let reading = state.change { $0.linking.read(text, at: $0.moment) } ?? nil
    guard let reading else { return .none }
    let request = screen.take(reading)
    if request == .stay { show(.consent(screen)) }
    return go(request, at: now)
  }

  private mutating func receive(
    _ result: consuming LinkResult, at now: ContinuousClock.Instant
  ) -> Effect {
    guard case .linking(let screen) = state.screen else { return .none }
    switch consume result {
    case .ready(let ground):
      guard screen.purpose == .preparing else { return .none }
      let news = news
      self.news = nil
      return openConsent(on: ground, news, at: now)
    case .installations(let places): return choose(among: places, at: now)
    case .linked(let account): return receive(account, at: now)
    case .refused(let refusal): return refuse(refusal, at: now)
    }
  }

  private mutating func choose(
    among places: [Installation], at now: ContinuousClock.Instant
  ) -> Effect {
    switch places.count {
    case 0:
      let name = state.ask { $0.provider.displayName } ?? ""
      let diagnosis = Diagnosis(
        kind: .refused, sentence: "The application is not installed in any account of \(name).",
        nextStep: "Install it from its public page, in the account that it is for; then try again.")
      return refuse(LinkRefusal(diagnosis), at: now)
    case 1: return perform(.installation(places[0].id), .asking, at: now)
    default:
      state.change { $0.linking.installations = places }
      show(.choose(ChooseScreen(.installation)))
      quiet.arrive(at: now)
      return .none
    }
  }

  private mutating func receive(
    _ account: consuming LinkedAccount, at now: ContinuousClock.Instant
  ) -> Effect {
    let box = SendOnceBox(account)
    state.change { visit in visit.receive(box.take()) }
    return store(at: now)
  }

  /// A client that registered itself and is forgotten registers anew, once.
  private mutating func refuse(
    _ refusal: LinkRefusal, at now: ContinuousClock.Instant
  ) -> Effect {
    let registersAnew = state.ask { visit in
      refusal.isClientUnknown && !visit.linking.hasRegisteredAnew
        && (visit.linking.ask { $0.hasRegistered } ?? false)
    }
    if registersAnew ?? false {
      state.change {
        $0.linking.hasRegisteredAnew = true
        $0.linking.forgetRegistration()
      }
      let name = state.ask { $0.provider.displayName } ?? ""
      return beginConsent(
        Notice(
          .note,
          "\(name) did not know this client any more. It has registered anew: open the new address."
        ),
        at: now)
    }
    state.change {
      $0.diagnosis = refusal.diagnosis
      $0.linking.close()
    }
    show(
      .outcome(
        OutcomeScreen(.notLinked(refusal.diagnosis), isClientWrong: refusal.isClientUnknown)))
    quiet.arrive(at: now)
    return .none
  }
}
