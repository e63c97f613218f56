internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The mode OAUTH1: the token is got in a browser, and every request is signed by OAuth 1.0a for the application and it.
struct OAuth1Requests: RequestRules {
  let isSigned = true
  let signsRequests = true

  /// Of bodies only forms are (RFC 5849, section 3.4.1.3.1).
  func signsBody(ofType type: String) -> Bool { type.isOfForm }

  /// Without a token nothing can be signed; a linked account has one among its credentials.
  func check(for provider: Provider) -> CheckMode {
    switch CheckMode.endpoints(of: provider) {
    case .by(let procedure): .by(procedure)
    case .unchecked: .unchecked(.browser)
    }
  }

  func sign(
    _ method: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, from sources: inout TemplateContext, isRedacting: Bool
  ) throws(RequestError) {
    let name = sources.provider.entry["signature_method"]?.text ?? ""
    guard let scheme = OAuthOneHeader.Method(rawValue: name) else {
      throw .badArgument(
        function: "the signature", why: "the entry names a method that is not known")
    }
    let client = AuthModeRules.clientFields
    let signing = OAuthOneSigning(
      method: scheme, consumer: .init(name: client.id, secret: client.secret),
      token: .init(name: "oauth_token", secret: "oauth_token_secret"))
    try signing.sign(
      method, url, body, headers: &headers, from: &sources, isRedacting: isRedacting)
  }
}
