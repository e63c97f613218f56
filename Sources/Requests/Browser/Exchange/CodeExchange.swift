internal import Basics
internal import Drafts
internal import ProviderFormat
package import Secrets

/// Redeems what a browser brought back: the code for tokens, an installation for its token, the verifier of OAuth 1.0a
/// for what signs. Or does without a browser, with a refresh token that somebody has already. A state machine like
/// `CheckSession`: it does no input or output itself.
package struct CodeExchange: ~Copyable {
  private var session: GrantSession
  private var account: LinkedAccountBuilder
  private var isOver = false
  /// What is wrong before anything is asked.
  private let fault: Diagnosis?

  /// Redeems what a browser brought back.
  package init(
    _ flow: borrowing AuthorizationFlow, _ redemption: borrowing Redemption,
    at replay: ReplayContext? = nil
  ) {
    let procedure = flow.procedure
    fault = procedure == nil ? .impossible(flow.provider) : nil
    account = LinkedAccountBuilder(flow, procedure, found: redemption.answer.settings)
    session = GrantSession(
      CheckContext(flow.sources(redeeming: redemption, at: replay)), procedure?.exchange ?? [],
      .exchange)
  }

  /// Gets the token of an application's installation, which needs no browser.
  /// - Parameter id: of the installation, as `InstallationList` tells it.
  package init(
    _ flow: borrowing AuthorizationFlow, installation id: Int64, at replay: ReplayContext? = nil
  ) {
    var settings = SecretMap<String>()
    settings.set(
      GitHubApp.installationSetting, to: SecretBuffer(text: String(id), capacity: 1))
    let procedure = flow.procedure
    fault = procedure == nil ? .impossible(flow.provider) : nil
    account = LinkedAccountBuilder(flow, procedure, found: settings)
    session = GrantSession(
      CheckContext(flow.sources(adding: settings, at: replay)), procedure?.exchange ?? [],
      .installation)
  }

  /// Gets an access token with a refresh token that somebody has: one renewal, and no browser.
  package init(
    _ flow: borrowing AuthorizationFlow, refreshToken: consuming SecretBuffer,
    at replay: ReplayContext? = nil
  ) {
    var sources = flow.sources(adding: SecretMap(), at: replay)
    sources.fetched.set(.refreshToken, to: refreshToken.duplicate())
    var procedure = flow.procedure
    if procedure?.means != .refreshToken { procedure = nil }
    fault = procedure == nil ? .impossible(flow.provider) : nil
    let isKept = procedure?.keepsGivenToken == true
    let found = AuthorizationRules(flow.provider).foundInToken
    let steps = (procedure?.renewal ?? []).map { step in
      var step = step
      // No answer before this one could have brought them.
      step.settings = found
      if isKept { step.rules.keepsRefreshToken = true }
      return step
    }
    var settings = SecretMap<String>()
    if isKept {
      settings.set(Renewal.keptTokenSetting, to: SecretBuffer(text: "true", capacity: 1))
    }
    account = LinkedAccountBuilder(flow, procedure, found: settings)
    session = GrantSession(CheckContext(sources), steps, .givenToken)
    session.grant.values.set(.refreshToken, to: refreshToken)
  }

  /// Whether the server does not know the client any more, or not with this redirect address. One that registered
  /// itself does so anew, once.
  package var isClientUnknown: Bool { session.isClientUnknown }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<LinkOutcome> {
    if let fault { return .done(.refused(fault)) }
    guard !isOver else {
      return .done(.refused(session.context.general.diagnosis(.unclear)))
    }
    switch session.next() {
    case .send(let request): return .send(request)
    case .refused(let diagnosis): return .done(.refused(diagnosis))
    case .finished:
      isOver = true
      let grant = session.takeGrant()
      return .done(.linked(account.build(grant, at: session.context.sources.now)))
    }
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) { session.receive(answer) }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    session.fail(cause, detail: detail)
  }
}
