internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// Signs the two requests of OAuth 1.0a that get a token (RFC 5849, sections 2.1 and 2.3).
enum OAuthOneSignature: Sendable {
  /// For a temporary token, which names the address that the browser comes back to.
  case temporary
  /// For the token itself, by the temporary one and the verifier that the browser brought.
  case exchange

  /// How a token is got once the browser is back. It has no end, and is never renewed.
  static func procedure(for provider: Provider) -> TokenProcedure {
    var call = TokenCall.form([])
    call.signature = .exchange
    var rules = GrantRules()
    rules.token = ["oauth_token"]
    let settings = AuthorizationRules(provider).foundInToken
    return TokenProcedure(
      exchange: GrantStep(call: call, rules: rules, role: .signing, settings: settings),
      renewal: nil)
  }

  /// The request for a temporary token, with the parameters that the entry adds (`request_params`).
  static func temporaryCall(for provider: Provider) -> TokenCall {
    var call = TokenCall.form(provider.entry["request_params"]?.map?.members ?? [])
      .at(.temporaryToken)
    call.signature = .temporary
    return call
  }

  func sign(
    _ method: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, in sources: inout TemplateContext
  ) throws(RequestError) {
    let name = sources.provider.entry["signature_method"]?.text ?? ""
    guard let scheme = OAuthOneHeader.Method(rawValue: name) else {
      throw .badArgument(
        function: "the signature", why: "the entry names a method that is not known")
    }
    let place = "the signature"
    let consumer = OAuthOneHeader.Pair(
      name: try sources.credential(OAuthClient.idField.name, for: place),
      secret: try sources.credential(OAuthClient.secretField.name, for: place))
    let nonce = sources.nonce()
    let header = OAuthOneHeader(
      consumer: consumer, token: try token(sources), additional: try parameters(sources),
      realm: nil, method: scheme, layout: .signatureLast, nonce: nonce, now: sources.now)
    let value = try url.withBytes { url throws(RequestError) in
      switch body {
      case .some(let body):
        try body.withBytes { form throws(RequestError) in
          try RequestError.ofSigning { () throws(SigningError) in
            try header.value(verb: method, url: url, form: form)
          }
        }
      case nil:
        try RequestError.ofSigning { () throws(SigningError) in
          try header.value(verb: method, url: url)
        }
      }
    }
    headers.set("authorization", to: value)
  }

  private func token(
    _ sources: borrowing TemplateContext
  ) throws(RequestError) -> OAuthOneHeader.Pair? {
    guard self == .exchange else { return nil }
    return .init(
      name: try value(.requestToken, sources), secret: try value(.requestTokenSecret, sources))
  }

  private func parameters(
    _ sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretMap<String> {
    var parameters = SecretMap<String>()
    switch self {
    case .temporary:
      parameters.set("oauth_callback", to: try value(.redirectURI, sources))
    case .exchange:
      parameters.set("oauth_verifier", to: try value(.authorizationCode, sources))
    }
    return parameters
  }

  private func value(
    _ value: FlowValue, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    guard let text = sources.fetched.duplicate(of: value.rawValue) else {
      throw .unfilled(name: value.rawValue, place: "the signature")
    }
    return text
  }
}
