internal import Drafts
internal import ProviderFormat
internal import Secrets

extension AuthorizationFlow {
  /// How tokens are got, and renewed; nil where they cannot be got here.
  var procedure: TokenProcedure? {
    TokenProcedure(provider, client: TokenProcedure.Client(submission.values), server: server)
  }

  /// What the requests of the exchange are written from.
  /// - Parameters:
  ///   - settings: found on the way. They give way to what was typed.
  ///   - replay: when it happens and what chance gives it; nil for now, with tokens dated back a little.
  borrowing func sources(
    adding settings: borrowing SecretMap<String>, at replay: ReplayContext?
  ) -> TemplateContext {
    var submission = submission.duplicate()
    for name in settings.keys {
      let id = Field.ID(.connectionConfig, name)
      let isTyped = submission.values.withBytes(of: id) { !$0.isEmpty }
      if !isTyped, let value = settings.duplicate(of: name) { submission.values.set(id, to: value) }
    }
    var sources = TemplateContext(of: submission, sentAt: replay)
    sources.request[FlowValue.redirectURI.rawValue] = callback.address
    if let resource = server?.resource { sources.request[FlowValue.resource.rawValue] = resource }
    return sources
  }
}

extension AuthorizationFlow {
  /// The same with what came back from the provider, and what proves that it was asked for.
  borrowing func sources(
    redeeming redemption: borrowing Redemption, at replay: ReplayContext?
  ) -> TemplateContext {
    var sources = sources(adding: redemption.answer.settings, at: replay)
    if !redemption.answer.code.isEmpty {
      sources.fetched.set(.authorizationCode, to: redemption.answer.code.duplicate())
    }
    sources.fetched.set(.codeVerifier, to: redemption.verifier.duplicate())
    sources.fetched.set(.authorizationState, to: redemption.state.duplicate())
    switch redemption.token {
    case .some(let token):
      sources.fetched.set(.requestToken, to: token.token.duplicate())
      sources.fetched.set(.requestTokenSecret, to: token.secret.duplicate())
    case nil: break
    }
    return sources
  }
}
