internal import BasicContainers
internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

extension AuthorizationFlow {
  /// What a link would come to, as far as it can be told without asking anybody: the address that the browser is sent to,
  /// and the first request that redeems what it brings; or the renewal, where a refresh token is there. What chance or
  /// the provider gives stands as a mark. Not in the plan: what a server has to be asked first.
  /// - Parameters:
  ///   - renews: whether a refresh token takes the place of the browser.
  ///   - replay: when it happens; the same gives the same requests.
  package borrowing func plan(
    renews: Bool, at replay: ReplayContext = ReplayContext()
  ) throws(RequestError) -> DryRunRequests {
    var planned = DryRunRequests(
      reason: procedure == nil ? "the server says first how it gives out tokens" : nil)
    for isRedacting in [true, false] {
      if !renews, let address = try plannedAddress(isRedacting: isRedacting, at: replay) {
        planned.append(address, isRedacting: isRedacting)
      }
      let request = try plannedCall(renews: renews, isRedacting: isRedacting, at: replay)
      switch consume request {
      case .some(let request): planned.append(request, isRedacting: isRedacting)
      case nil: break
      }
    }
    return planned
  }

  /// Nil where the provider is asked for something first that stands in the address, or none is opened.
  private borrowing func plannedAddress(
    isRedacting: Bool, at replay: ReplayContext
  ) throws(RequestError) -> PreparedRequest? {
    switch provider.authMode {
    case .app, .installPlugin, .oauth1: return nil
    case .mcpOAuth2Generic where server == nil: return nil
    default: break
    }
    var submission = submission.duplicate()
    if isRedacting {
      for id in provider.secretFields(among: submission.values.keys) {
        submission.values.set(id, to: SecretBuffer(text: Redactor.mark, capacity: 1))
      }
    }
    let state = SecretBuffer(text: TemplateContext.standInMark(for: "state"), capacity: 1)
    let address = try AuthorizationWriter(provider).address(
      of: self, state: state, challenge: TemplateContext.standInMark(for: "code_challenge"),
      from: TemplateContext(of: submission, at: replay))
    return try PreparedRequest(method: "GET", url: address, headers: PreparedHeaders(), body: nil)
  }

  private borrowing func plannedCall(
    renews: Bool, isRedacting: Bool, at replay: ReplayContext
  ) throws(RequestError) -> PreparedRequest? {
    guard let procedure else { return nil }
    var sources = sources(adding: SecretMap(), at: replay)
    for value in [FlowValue.authorizationCode, .codeVerifier, .authorizationState] {
      sources.standIn(for: value.rawValue, as: value.planned)
    }
    for value in [FlowValue.requestToken, .requestTokenSecret, .refreshToken, .userRefreshToken] {
      sources.standIn(for: value.rawValue, as: value.planned)
    }
    if provider.authMode == .app || provider.authMode == .custom {
      let id = Field.ID(.connectionConfig, GitHubApp.installationSetting)
      sources.settle(
        id, to: SecretBuffer(text: TemplateContext.standInMark(for: "installation"), capacity: 1))
    }
    var context = CheckContext(sources, isRedacting: isRedacting)
    let steps = renews ? procedure.renewal : procedure.exchange
    let step = steps.first { step in
      step.needs.allSatisfy { context.sources.fetched.contains($0.rawValue) }
    }
    return try step?.call.build(in: &context)
  }
}

extension FlowValue {
  /// What it is called in the mark that stands for it.
  fileprivate var planned: String {
    switch self {
    case .authorizationCode: "code"
    case .codeVerifier: "code_verifier"
    case .authorizationState: "state"
    case .requestToken: "oauth_token"
    case .requestTokenSecret: "oauth_token_secret"
    default: "refresh_token"
    }
  }
}

extension DryRunRequests {
  fileprivate mutating func append(_ request: consuming PreparedRequest, isRedacting: Bool) {
    if isRedacting { redacted.append(request) } else { revealed.append(request) }
  }
}
