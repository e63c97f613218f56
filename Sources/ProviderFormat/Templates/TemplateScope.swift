/// Which names a template may use in the place where it stands. The engine fills these and no others, and the lint
/// reports every other name.
package struct TemplateScope: OptionSet, Sendable {
  /// The bits of the set.
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Every credential by its bare name: `${apiKey}`.
  package static let bareCredentials = TemplateScope(rawValue: 1 << 0)
  /// `${credentials.x}`
  package static let credentials = TemplateScope(rawValue: 1 << 1)
  /// `${connectionConfig.x}`
  package static let connectionConfig = TemplateScope(rawValue: 1 << 2)
  /// `${assertionOption.x}`
  package static let assertionOption = TemplateScope(rawValue: 1 << 3)
  /// `${integrationConfig.x}`
  package static let integrationConfig = TemplateScope(rawValue: 1 << 4)
  /// Every setting by its bare name, where no credential has it: `${tenantId}` in an address or a token request.
  package static let bareSettings = TemplateScope(rawValue: 1 << 5)
  /// `${derived.x}`
  package static let derived = TemplateScope(rawValue: 1 << 6)
  /// What was signed or fetched on the way to the token: `${token}`, `${stepN.x}`, cookies.
  package static let fetched = TemplateScope(rawValue: 1 << 7)
  /// `${accessToken}`, and what else came with it.
  package static let accessToken = TemplateScope(rawValue: 1 << 8)
  /// What is known of the request itself: `requestFacts`.
  package static let request = TemplateScope(rawValue: 1 << 9)
  /// What the engine itself puts into requests that no entry writes.
  package static let engine = TemplateScope(rawValue: 1 << 10)

  // MARK: Places

  /// In every part of a request.
  private static let values: TemplateScope = [
    .bareCredentials, .credentials, .connectionConfig, .integrationConfig, .derived,
  ]
  /// In addresses of requests.
  package static let address: TemplateScope = [.values, .bareSettings]
  /// In parameters of a query.
  package static let query: TemplateScope = [.values, .fetched, .accessToken]
  /// In headers.
  package static let header: TemplateScope = [.query, .request]
  /// In bodies.
  package static let body = TemplateScope.query
  /// In every part of a token request.
  package static let token: TemplateScope = [.address, .fetched, .engine]
  /// In the address of a request through an account that is linked, where all that was got for it is known.
  package static let callAddress: TemplateScope = [.address, .fetched, .accessToken]
  /// In a request that renews a token, which may use what came with the last one.
  package static let renewalRequest: TemplateScope = [.token, .accessToken]
  /// In a token or an assertion that is signed before the token request.
  package static let signed: TemplateScope = [.address, .assertionOption, .fetched]
  /// Values of fields, and nothing that has to be found out.
  package static let fields: TemplateScope = [
    .bareCredentials, .credentials, .connectionConfig, .integrationConfig, .assertionOption,
  ]
  /// In what an entry says of requests that are not made here: those of a browser's flow, renewals, web hooks.
  package static let elsewhere: TemplateScope = [.header, .token, .signed]

  // MARK: Names

  /// What a header may say of its request.
  package static let requestFacts: Set = [
    "method", "host", "path", "endpoint", "params", "urlCanonicalParams", "contentType",
    requestBody,
  ]

  /// The body as it is sent, empty where none is; may hold a secret.
  package static let requestBody = "bodyCanonicalParams"

  /// All cookies of an answer together, as a `Cookie` header has them.
  package static let cookies = ["_cookies", "credentials._cookies", "connectionConfig._cookies"]

  /// What gets the next token, which only a renewal has.
  package static let renewal: Set = [
    "refresh_token", "refreshToken", "credentials.refresh_token",
  ]

  /// What a place has to allow for a name that is no field's.
  package init(ofValue name: String) {
    self =
      if name.hasPrefix("derived.") { .derived } else if Self.isOfToken(name) { .accessToken } else
      {
        .fetched
      }
  }

  private static func isOfToken(_ name: String) -> Bool {
    ["accessToken", "credentials.token"].contains(name) || name.hasPrefix("credentials.raw.")
  }

  /// What a place has to allow for the fields of a part of the entry, by their whole names.
  init(_ scope: Field.Scope) {
    self =
      switch scope {
      case .credentials: .credentials
      case .connectionConfig: .connectionConfig
      case .assertionOption: .assertionOption
      case .integrationConfig: .integrationConfig
      }
  }
}
