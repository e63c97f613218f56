internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// What an auth mode does to requests besides what the entry says: how credentials are checked, what a request carries
/// by itself, how it is signed. One type for each mode, in `Requests/Modes`; what the mode asks for is said by
/// `AuthModeRules`, where no secret is.
protocol RequestRules: Sendable {
  /// Whether credentials sign what is sent instead of being sent. A refusal then says something else of them.
  var isSigned: Bool { get }

  /// Whether each request is signed by itself, so that nothing that it carries is good for another one.
  var signsRequests: Bool { get }

  /// Whether requests carry a token that only a person's consent gives, so that what was entered is no proof without it.
  var tokenNeedsConsent: Bool { get }

  /// Whether the mode's token is made here, by `makeToken`.
  var makesToken: Bool { get }

  /// Whether a body of this content type, in lower case, is part of what is signed.
  func signsBody(ofType type: String) -> Bool

  /// How credentials are checked where the entry declares no check of its own.
  func check(for provider: Provider) -> CheckMode

  /// How a token is got, of modes whose token somebody else gives: a procedure at its start, which is accepted when
  /// everything that later requests use lies in the context's sources. Nil for all other modes.
  func tokenProcedure(for provider: Provider) -> (any CheckStrategy)?

  /// The headers that requests have before the entry's own, which win over them.
  /// - Parameter hasToken: whether there is a token, fetched or made.
  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate]

  /// Whether the entry says all that it takes to make the token of the mode; true for modes without one.
  func canMakeToken(for provider: Provider) -> Bool

  /// The token, of modes whose token is made here instead of being fetched. One serves all requests of a check.
  func makeToken(
    for provider: Provider, from sources: inout TemplateContext
  ) throws(RequestError) -> MadeToken?

  /// Adds the signature to a request that is otherwise complete.
  func sign(
    _ method: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, from sources: inout TemplateContext, isRedacting: Bool
  ) throws(RequestError)
}

/// A token that was made here.
struct MadeToken: ~Copyable {
  let text: SecretBuffer
  /// When it ends.
  let expires: Timestamp

  consuming func takeText() -> SecretBuffer { text }
}

/// A mode whose requests the entry describes altogether. Where a token has to be got, getting it is the check; else the
/// entry's endpoints are.
extension RequestRules {
  var isSigned: Bool { false }

  var signsRequests: Bool { false }

  var tokenNeedsConsent: Bool { false }

  var makesToken: Bool { false }

  func signsBody(ofType type: String) -> Bool { false }

  func check(for provider: Provider) -> CheckMode {
    tokenProcedure(for: provider).map { .by($0) } ?? .endpoints(of: provider)
  }

  func tokenProcedure(for provider: Provider) -> (any CheckStrategy)? { nil }

  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] { [] }

  func canMakeToken(for provider: Provider) -> Bool { true }

  func makeToken(
    for provider: Provider, from sources: inout TemplateContext
  ) throws(RequestError) -> MadeToken? { nil }

  func sign(
    _ method: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, from sources: inout TemplateContext, isRedacting: Bool
  ) throws(RequestError) {}

  /// The token in the Authorization header (RFC 6750), where there is one.
  func bearer(hasToken: Bool) -> [Provider.NamedTemplate] {
    guard hasToken else { return [] }
    return [.init(name: "authorization", template: "Bearer ${\(TemplateContext.tokenName)}")]
  }
}

extension AuthMode {
  /// What the mode does to requests.
  var requestRules: any RequestRules {
    switch self {
    case .apiKey: APIKeyRequests()
    case .basic: BasicRequests()
    case .oauth2ClientCredentials: ClientCredentialsRequests()
    case .twoStep: TwoStepRequests()
    case .jwt: JWTRequests()
    case .bill: BillRequests()
    case .tokenBased: TokenBasedRequests()
    case .signature: SignatureRequests()
    case .awsSigV4: AWSSigV4Requests()
    case .unauthenticated: UnauthenticatedRequests()
    case .oauth1: OAuth1Requests()
    case .installPlugin: InstallPluginRequests()
    case .oauth2, .app, .custom, .mcpOAuth2, .mcpOAuth2Generic: BrowserRequests()
    case .appStore, .other: BrowserRequests(tokenNeedsConsent: false)
    }
  }
}
