package import Basics
package import Drafts
package import ProviderFormat
internal import Secrets

/// Renews the tokens of an account that was linked in a browser. A state machine like `CheckSession`: it does no input
/// or output itself. What the answer does not bring stays as it was: the refresh token above all.
///
/// Only one may be under way for an account: many providers take a refresh token that is used twice for a theft.
package struct Renewal: ~Copyable {
  private var session: GrantSession
  private var known: TokenSet?
  private let fault: Diagnosis?
  private var isOver = false

  /// A setting that says that the refresh token is never replaced by what an answer brings.
  static let keptTokenSetting = "overrideTokenRefresh"

  /// - Parameters:
  ///   - known: what there is.
  ///   - replay: when it happens and what chance gives it; nil for now, with tokens dated back a little.
  package init(
    _ submission: consuming Submission, known: consuming TokenSet?, at replay: ReplayContext? = nil
  ) {
    let kept = Field.ID(.connectionConfig, Self.keptTokenSetting)
    let isKept = submission.values.withBytes(of: kept) { !$0.isEmpty }
    let server = AuthorizationServer(submission.values)
    let callback = submission.values.withBytes(of: Callback.setting) { $0.shownText }
    let procedure = TokenProcedure(
      submission.provider, client: TokenProcedure.Client(submission.values), server: server)
    var sources = TemplateContext(of: submission, sentAt: replay)
    sources.request[FlowValue.redirectURI.rawValue] = callback
    if let resource = server?.resource { sources.request[FlowValue.resource.rawValue] = resource }
    switch known {
    case .some(let known): sources.setTokens(of: known)
    case nil: break
    }
    let outlook = RenewalOutlook(procedure, known: known, at: sources.now)
    fault = outlook.objection(of: sources.provider, at: sources.now)
    let steps = (procedure?.renewal ?? []).map { step in
      var step = step
      if isKept, procedure?.keepsGivenToken == true { step.rules.keepsRefreshToken = true }
      return step
    }
    session = GrantSession(CheckContext(sources), steps, .renewal)
    self.known = known
  }

  /// Whether it is possible, without asking anybody.
  package static func outlook(
    _ submission: borrowing Submission, known: borrowing TokenSet?, at now: Timestamp = .now()
  ) -> RenewalOutlook {
    let procedure = TokenProcedure(
      submission.provider, client: TokenProcedure.Client(submission.values),
      server: AuthorizationServer(submission.values))
    return RenewalOutlook(procedure, known: known, at: now)
  }

  /// In seconds: how long before its end a token is renewed at most. The entry's own time (`token_expiration_buffer`), else
  /// the usual one, which is longer for a token that nothing but itself renews: once it has ended a person is needed.
  package static func buffer(of provider: Provider) -> Int64 {
    if let own = provider.entry["token_expiration_buffer"]?.wholeNumber { return own }
    let procedure = TokenProcedure(
      provider, client: TokenProcedure.Client(hasSecret: true), server: nil)
    if case .accessToken = procedure?.means { return bufferOfItself }
    return TokenSet.usualBuffer
  }

  /// In seconds: a week, within which something is likely to ask for a token that is used at all.
  private static let bufferOfItself: Int64 = 7 * 86_400

  /// Whether the server does not know the client any more.
  package var isClientUnknown: Bool { session.isClientUnknown }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<TokenOutcome> {
    if let fault { return .done(.refused(fault)) }
    guard !isOver else {
      return .done(.refused(session.context.general.diagnosis(.unclear)))
    }
    switch session.next() {
    case .send(let request): return .send(request)
    case .refused(let diagnosis): return .done(.refused(diagnosis))
    case .finished:
      isOver = true
      return .done(.token(merged(session.takeGrant())))
    }
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) { session.receive(answer) }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    session.fail(cause, detail: detail)
  }

  /// What there was, with what is new in its place.
  private mutating func merged(_ grant: consuming Grant) -> TokenSet {
    let now = session.context.sources.now
    var token =
      known.take() ?? TokenSet(values: SecretMap(), obtained: now, expires: nil, type: "Bearer")
    for name in grant.values.keys {
      if let value = grant.values.duplicate(of: name) { token.values.set(name, to: value) }
    }
    if let scopes = grant.scopes {
      token.values.set(
        TokenSet.scopesName, to: SecretBuffer(text: scopes.joined(by: ","), capacity: 1))
    }
    let earlierEnd = token.expires
    token.obtained = now
    token.expires = grant.expires
    if grant.shortfall != nil { token.keepSecondToken(until: earlierEnd) }
    token.consentBuffer = Self.buffer(of: session.context.provider)
    return token
  }
}

extension TemplateContext {
  /// Puts what renews a token where the requests for it find it.
  mutating func setTokens(of known: borrowing TokenSet) {
    let names: [(FlowValue, String)] = [
      (.currentToken, TokenSet.accessTokenName), (.refreshToken, TokenSet.refreshTokenName),
      (.userRefreshToken, FlowValue.userRefreshToken.rawValue),
    ]
    for (value, name) in names {
      guard let text = known.values.duplicate(of: name), !text.isEmpty else { continue }
      fetched.set(value, to: text)
    }
  }
}
