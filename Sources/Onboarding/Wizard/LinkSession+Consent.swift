internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// The question that is open, and the jobs that come of it.
extension LinkSession {
  /// Makes a new question.
  /// - Parameter ground: what was asked of the provider first; nil where nothing had to be.
  /// - Returns: why there is none; nil where there is.
  mutating func openConsent(on ground: consuming LinkGround?) -> Diagnosis? {
    do throws(RequestError) {
      linking.consent = try Consent(flow(), on: ground ?? LinkGround(), at: moment)
      return nil
    } catch {
      return Diagnosis(of: error, for: provider)
    }
  }

  /// The screen of the question that Back led out of, where an answer to it still counts and nothing has changed that it
  /// depends on.
  mutating func takeLeftConsent(at now: ContinuousClock.Instant) -> ConsentScreen? {
    guard var screen = linking.left else { return nil }
    linking.left = nil
    screen.tick(at: now)
    guard !screen.isOver else { return nil }
    let flow = flow()
    switch linking.consent {
    case .some(let consent): return consent.isAsked(with: flow) ? screen : nil
    case nil: return nil
    }
  }

  /// What is asked for from now on: with what was found out about the provider, where a question is open.
  mutating func beginFlow() -> AuthorizationFlow {
    let flow = linking.ask { $0.flow.duplicate() } ?? flow()
    linking.begin(flow.duplicate())
    return flow
  }

  /// What redeems the answer; nil where there is none.
  mutating func redemption() -> LinkJob? {
    guard let job = linking.redemption() else { return nil }
    _ = beginFlow()
    return job
  }

  /// What gets a token for the refresh token that was typed.
  mutating func renewal() -> LinkJob {
    let token = linking.hidden.take()
    return .renew(token, beginFlow())
  }

  /// Keeps what was given until it is stored.
  mutating func receive(_ account: consuming LinkedAccount?) {
    guard let account = account, let flow = linking.takeFlow() else { return }
    if let found = account.diagnosis { receive(found, moment) }
    linking.keep(account, for: flow, at: moment)
  }
}
