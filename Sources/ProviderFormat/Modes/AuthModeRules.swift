/// What the format says of one auth mode: what its credentials are, how they are proved, which keys its entries have.
/// The values stand in `Modes/Rules`, one file for each mode. How its requests are made is said by `RequestRules`, where
/// secrets are.
package struct AuthModeRules: Sendable {
  /// How the format proves credentials when a link is made.
  package enum Proof: Sendable, Equatable {
    case nothing
    /// By calling the endpoints of `proxy.verification`.
    case endpoints
    /// By getting a token, or what stands for one.
    case token(TokenSource)
  }

  /// Where a token comes from.
  package enum TokenSource: Sendable, Equatable {
    /// A server as OAuth 2 has it, at `token_url`: a form goes out, and the answer's members have the standard's names.
    case oauth
    /// What `token_url` and `token_response` declare.
    case declared
    /// A session of the provider's own kind, at `token_url`.
    case session
    /// A service that the mode itself names.
    case service
  }

  /// Whether a form alone finishes the link; else it takes a browser.
  package let isFormBased: Bool
  /// How credentials are proved when a link is made.
  package let proof: Proof
  /// The credentials that are asked even when the entry says nothing about them, in the order in which they are asked.
  let baseCredentials: @Sendable (Provider) -> [String]
  /// Fields besides those that an entry declares, whose values are made up for each connection.
  let generatedFields: [FormField]
  /// Credentials that are sent empty when they are empty; other empty ones count as absent.
  package let sentWhenEmpty: [String]
  /// What a link with a person's consent asks besides what the entry declares.
  let consentFields: @Sendable (Provider) -> [Field]
  /// What templates also call credentials: the credential by the other name.
  package let aliases: [String: String]
  /// Whether an integration's settings are asked as credentials, and what its owner has set wins over them.
  package let asksSettingsAsCredentials: Bool
  /// Whether every field has its use in a template of the entry. Elsewhere the mode itself knows what to do with some.
  package let namesItsFields: Bool
  /// Whether an entry without `proxy` can be right.
  package let needsProxy: Bool
  /// The keys that entries of the mode may have besides those that all entries share.
  package let entryKeys: Set<String>
  /// What `guides new` writes; nil for the modes of single services, whose entries nobody writes a second time.
  package let scaffold: ModeScaffold?

  /// A mode that a form finishes.
  init(
    proof: Proof, baseCredentials: @escaping @Sendable (Provider) -> [String] = { _ in [] },
    generatedFields: [FormField] = [], sentWhenEmpty: [String] = [],
    aliases: [String: String] = [:],
    asksSettingsAsCredentials: Bool = false, namesItsFields: Bool = true, needsProxy: Bool = true,
    entryKeys: Set<String> = [], scaffold: ModeScaffold? = nil
  ) {
    isFormBased = true
    self.proof = proof
    self.baseCredentials = baseCredentials
    self.generatedFields = generatedFields
    consentFields = { _ in [] }
    self.sentWhenEmpty = sentWhenEmpty
    self.aliases = aliases
    self.asksSettingsAsCredentials = asksSettingsAsCredentials
    self.namesItsFields = namesItsFields
    self.needsProxy = needsProxy
    self.entryKeys = entryKeys
    self.scaffold = scaffold
  }

  /// The credentials in which the application stands that an operator registered: its identifier and its secret.
  package static let clientFields = (
    id: "oauth_client_id_override", secret: "oauth_client_secret_override"
  )

  /// What files with an application call those two, in the spellings that providers and programs hand them out in.
  package static let clientAliases = [
    "client_id": clientFields.id, "clientId": clientFields.id,
    "client_secret": clientFields.secret, "clientSecret": clientFields.secret,
  ]

  /// A mode that is linked with a person's consent.
  init(
    inBrowserWithKeys entryKeys: Set<String>, proof: Proof = .nothing,
    asking consentFields: @escaping @Sendable (Provider) -> [Field] = { _ in [] }
  ) {
    isFormBased = false
    self.proof = proof
    baseCredentials = { _ in [] }
    generatedFields = []
    self.consentFields = consentFields
    sentWhenEmpty = []
    aliases = ["clientId": Self.clientFields.id, "clientSecret": Self.clientFields.secret]
    asksSettingsAsCredentials = false
    namesItsFields = false
    needsProxy = false
    self.entryKeys = entryKeys
    scaffold = nil
  }
}

extension AuthMode {
  /// What the format says of the mode.
  package var rules: AuthModeRules {
    switch self {
    case .apiKey: .apiKey
    case .basic: .basic
    case .oauth2ClientCredentials: .oauth2ClientCredentials
    case .twoStep: .twoStep
    case .jwt: .jwt
    case .bill: .bill
    case .tokenBased: .tokenBased
    case .signature: .signature
    case .awsSigV4: .awsSigV4
    case .unauthenticated: .unauthenticated
    case .oauth1: .oauth1
    case .oauth2: .oauth2
    case .app: .app
    case .appStore: .appStore
    case .custom: .custom
    case .mcpOAuth2: .mcpOAuth2
    case .mcpOAuth2Generic: .mcpOAuth2Generic
    case .installPlugin: .installPlugin
    case .other: .unknown
    }
  }
}

extension AuthModeRules {
  /// A mode that is not known is taken for one that needs a person's consent: the provider is shown, and nothing of its
  /// own is asked.
  static let unknown = AuthModeRules(inBrowserWithKeys: [])
}
