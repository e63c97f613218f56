internal import Basics
package import Drafts
package import ProviderFormat
internal import Secrets

/// What a server says of how it gives out tokens (RFC 8414), and what they are for (RFC 9728). No secret. A connection
/// keeps it as a setting, for its renewals.
package struct AuthorizationServer: Equatable, Sendable {
  /// Its name, letter for letter as it says it.
  package var issuer: String
  /// Where the browser goes.
  package var authorizationEndpoint: String
  /// Where codes and refresh tokens go.
  package var tokenEndpoint: String
  /// Where a client registers itself; nil where it cannot.
  package var registrationEndpoint: String?
  /// Where a code for another device is got; nil where it is not.
  package var deviceEndpoint: String?
  /// Where tokens are taken back (RFC 7009); nil where it does not say.
  package var revocationEndpoint: String?
  /// What can be asked for, as far as it says.
  package var scopes = Scopes()
  /// How a client may prove itself; empty where it does not say.
  package var methods: [String] = []
  /// What the token is for; nil where nobody says.
  package var resource: String?
  /// Whether each answer says which server it comes from (RFC 9207).
  package var namesIssuer = false
  /// Whether a client may be the address of a document about it.
  package var takesDocuments = false
  /// How the client that was registered proves itself; nil where the registration does not say.
  package var registeredMethod: ClientAuthentication?

  init(issuer: String, authorizationEndpoint: String, tokenEndpoint: String) {
    self.issuer = issuer
    self.authorizationEndpoint = authorizationEndpoint
    self.tokenEndpoint = tokenEndpoint
  }

  /// What is asked for where nobody says what is wanted: all that the server names, unless that is so much that a person
  /// should have chosen.
  package var usualScopes: Scopes { scopes.names.count <= Self.mostUsualScopes ? scopes : Scopes() }

  private static let mostUsualScopes = 10

  /// Whether two names are those of one server. An end slash is no difference: both forms are written.
  static func isSame(_ one: String, _ other: String) -> Bool {
    func trimmed(_ text: String) -> Substring { text.hasSuffix("/") ? text.dropLast() : text[...] }
    return trimmed(one) == trimmed(other)
  }

  /// Where it is asked.
  package var addresses: [String] {
    [tokenEndpoint] + [registrationEndpoint, deviceEndpoint, revocationEndpoint].compactMap { $0 }
  }

  /// How requests for tokens show who the client is. What the registration said holds, whether the server lists it or
  /// not.
  func authentication(hasSecret: Bool) -> ClientAuthentication {
    guard hasSecret else { return .none }
    if let registeredMethod { return registeredMethod }
    if methods.isEmpty { return .basic }
    let known: [ClientAuthentication] = [.basic, .post]
    return known.first { methods.contains($0.rawValue) } ?? .none
  }
}

extension AuthorizationServer {
  /// The setting in which a connection keeps it, as JSON.
  package static let setting = Field.ID(.connectionConfig, "authorization_server")

  /// What a connection kept; nil when it kept nothing, or something else.
  package init?(_ values: borrowing SecretValues) {
    let text = values.withBytes(of: Self.setting) { $0.shownText }
    guard !text.isEmpty, let value = try? Value(json: text) else { return nil }
    self.init(kept: value)
  }

  /// As a connection keeps it.
  package var json: String { value.json }

  /// The same as a value.
  var value: Value {
    var members: [(String, Value)] = [
      ("issuer", .string(issuer)), ("authorization_endpoint", .string(authorizationEndpoint)),
      ("token_endpoint", .string(tokenEndpoint)),
    ]
    let texts = [
      ("registration_endpoint", registrationEndpoint),
      ("device_authorization_endpoint", deviceEndpoint),
      ("revocation_endpoint", revocationEndpoint), ("resource", resource),
      ("token_endpoint_auth_method", registeredMethod?.rawValue),
    ]
    for (name, text) in texts { if let text { members.append((name, .string(text))) } }
    let lists = [
      ("scopes_supported", scopes.names), ("token_endpoint_auth_methods_supported", methods),
    ]
    for (name, list) in lists where !list.isEmpty {
      members.append((name, .list(list.map(Value.string))))
    }
    if namesIssuer {
      members.append(("authorization_response_iss_parameter_supported", .bool(true)))
    }
    if takesDocuments { members.append(("client_id_metadata_document_supported", .bool(true))) }
    return .map(members)
  }

  /// Reads what `value` is; nil when something is missing.
  init?(kept value: Value) {
    guard let issuer = value["issuer"]?.text,
      let authorization = value["authorization_endpoint"]?.text,
      let token = value["token_endpoint"]?.text
    else { return nil }
    self.init(issuer: issuer, authorizationEndpoint: authorization, tokenEndpoint: token)
    registrationEndpoint = value["registration_endpoint"]?.text
    deviceEndpoint = value["device_authorization_endpoint"]?.text
    revocationEndpoint = value["revocation_endpoint"]?.text
    resource = value["resource"]?.text
    registeredMethod = (value["token_endpoint_auth_method"]?.text)
      .flatMap(ClientAuthentication.init)
    takeLists(of: value)
  }

  /// What a server's own words say besides its addresses.
  mutating func takeLists(of value: Value) {
    scopes = Scopes(value["scopes_supported"]?.texts ?? [])
    methods = value["token_endpoint_auth_methods_supported"]?.texts ?? []
    namesIssuer = value["authorization_response_iss_parameter_supported"]?.bool == true
    takesDocuments = value["client_id_metadata_document_supported"]?.bool == true
  }
}
