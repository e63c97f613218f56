/// How the credentials of a provider work. What the format says of each mode is in its rules (`AuthMode.rules`).
package enum AuthMode: Hashable, Sendable {
  // Finished by a form.
  /// One secret, or a few, that goes into headers or parameters as the entry declares.
  case apiKey
  /// A user name and a password, for HTTP's Basic scheme (RFC 7617).
  case basic
  /// An identifier and a secret, exchanged for a token (RFC 6749, section 4.4).
  case oauth2ClientCredentials
  /// What the entry names, exchanged for a token in one request or several that it declares.
  case twoStep
  /// A key, by which the token that requests carry is signed here (RFC 7519).
  case jwt
  /// User, password, organization and developer key, by which BILL opens a session.
  case bill
  /// Two pairs of identifier and secret, the client's and the token's, by which every request is signed (RFC 5849).
  case tokenBased
  /// User name and password, of which a token is made for each request (WSSE).
  case signature
  /// A role of AWS and what may assume it. Requests are signed by Signature Version 4 with its temporary credentials.
  case awsSigV4
  /// The provider asks for no credentials.
  case unauthenticated

  // Linked in a browser.
  case oauth1
  case oauth2
  case app
  case appStore
  case custom
  case mcpOAuth2
  case mcpOAuth2Generic
  case installPlugin

  /// A word that is not known. It survives, so that an entry of a newer format can still be shown.
  case other(String)

  /// All but `other`, in the order in which they are listed.
  package static let known: [AuthMode] = [
    .apiKey, .basic, .oauth2ClientCredentials, .twoStep, .jwt, .bill, .tokenBased, .signature,
    .awsSigV4, .unauthenticated, .oauth1, .oauth2, .app, .appStore, .custom, .mcpOAuth2,
    .mcpOAuth2Generic, .installPlugin,
  ]

  /// Reads the word of an entry's `auth_mode`; the empty one where it has none.
  package init(rawValue: String) {
    self = Self.known.first { $0.rawValue == rawValue } ?? .other(rawValue)
  }

  /// The word as entries write it.
  package var rawValue: String {
    switch self {
    case .apiKey: "API_KEY"
    case .basic: "BASIC"
    case .oauth2ClientCredentials: "OAUTH2_CC"
    case .twoStep: "TWO_STEP"
    case .jwt: "JWT"
    case .bill: "BILL"
    case .tokenBased: "TBA"
    case .signature: "SIGNATURE"
    case .awsSigV4: "AWS_SIGV4"
    case .unauthenticated: "NONE"
    case .oauth1: "OAUTH1"
    case .oauth2: "OAUTH2"
    case .app: "APP"
    case .appStore: "APP_STORE"
    case .custom: "CUSTOM"
    case .mcpOAuth2: "MCP_OAUTH2"
    case .mcpOAuth2Generic: "MCP_OAUTH2_GENERIC"
    case .installPlugin: "INSTALL_PLUGIN"
    case .other(let word): word
    }
  }

  /// Whether a form alone finishes the link; the others need a browser.
  package var isFormBased: Bool { rules.isFormBased }
}
