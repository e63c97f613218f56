internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// OAuth 2.0 client credentials (RFC 6749, section 4.4): getting a token is the check.
struct ClientCredentialsCheck: CheckStrategy {
  private let rules: TokenRules
  private var isPrompted = false

  init(_ rules: TokenRules) { self.rules = rules }

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    if isPrompted { return nil }
    isPrompted = true
    let certificate = try clientCertificate(context.sources)
    var prepared = try request(&context)
    prepared.clientCertificate = certificate
    return prepared
  }

  /// The request for a token. A certificate is shown by the connection that sends it.
  func request(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest {
    var step = rules.first
    step.method = "POST"
    addScopes(to: &step, from: &context.sources)
    if rules.authentication == .privateKeyJWT { try signAssertion(for: step, in: &context) }
    let request = TokenRequest(
      builder: context.builder, step: step, format: rules.format, parameters: clientParameters,
      headers: clientHeaders)
    return try request.build(from: context.sources)
  }

  func receive(_ answer: borrowing CheckAnswer, _ context: inout CheckContext) -> Diagnosis? {
    guard answer.isSuccess else {
      return TokenRefusal(context, fields: ["client_id", "client_secret", "client_private_key"])
        .diagnosis(ofOther: answer, from: context.sources)
    }
    return TokenAnswer(answer).diagnosis(
      of: answer, by: rules.response, fallback: Self.usualLife, &context)
  }

  /// In seconds: what a token without an expiry is taken to live, 55 minutes.
  private static let usualLife: Int64 = 55 * 60

  private static let id = Value.string("${credentials.client_id}")
  private static let secret = Value.string("${credentials.client_secret}")

  private var clientParameters: [Value.Member] {
    switch rules.authentication {
    case .parameters:
      [.init(key: "client_id", value: Self.id), .init(key: "client_secret", value: Self.secret)]
    case .custom:
      [.init(key: "username", value: Self.id), .init(key: "password", value: Self.secret)]
    case .privateKeyJWT:
      [
        .init(
          key: "client_assertion_type",
          value: .string("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")),
        .init(key: "client_assertion", value: .string("${\(Self.assertionName)}")),
      ]
    case .basic: []
    }
  }

  private var clientHeaders: [Provider.NamedTemplate] {
    var headers: [Provider.NamedTemplate] = []
    if case .body(let format) = rules.format, let type = format.contentType {
      headers.append(.init(name: "content-type", template: type))
    }
    if rules.authentication == .basic {
      let pair = "${credentials.client_id}:${credentials.client_secret}"
      headers.append(.init(name: "authorization", template: "Basic ${base64(\(pair))}"))
    }
    return headers
  }

  private static let assertionName = "clientAssertion"

  /// Signs who the client is with its key, for the address that the request goes to: the real one also where the
  /// request is only shown.
  private func signAssertion(
    for step: TokenRules.Step, in context: inout CheckContext
  ) throws(RequestError) {
    let builder = RequestBuilder(provider: context.provider)
    let url = try TokenRequest(builder: builder, step: step, format: rules.format)
      .address(from: context.sources)
    let place = "the client's assertion"
    let client = try context.sources.credential("client_id", for: place)
    let key = try context.sources.credential(ClientCertificate.keyField.name, for: place)
    let id = context.sources.randomSource.uuid()
    let now = context.sources.issued(lifetime: ClientAssertion.lifetime)
    let assertion = try client.withBytes { client throws(RequestError) in
      try key.withBytes { key throws(RequestError) in
        try url.withBytes { url throws(RequestError) in
          try RequestError.ofSigning { () throws(SigningError) in
            try ClientAssertion.make(clientID: client, key: key, tokenURL: url, id: id, now: now)
          }
        }
      }
    }
    context.sources.fetched.set(Self.assertionName, to: assertion)
  }

  /// Both parts where the entry demands a certificate; where it does not, what was given, if it is both.
  private func clientCertificate(
    _ sources: borrowing TemplateContext
  ) throws(RequestError) -> ClientCertificate? {
    if rules.needsCertificate {
      for field in [ClientCertificate.certificateField, ClientCertificate.keyField] {
        _ = try sources.credential(field.name, for: "the client's certificate")
      }
    }
    return try ClientCertificate.of(sources.values)
  }

  /// The scopes that the user asked for, written as the provider wants them. The entry's own `scope` gives way.
  private func addScopes(
    to step: inout TokenRules.Step, from sources: inout TemplateContext
  ) {
    let scopes = sources.values.withBytes(of: Self.scopes) { $0.shownText }
    if scopes.isEmpty { return }
    sources.request["requestedScopes"] = scopes.split(separator: ",").joined(
      separator: rules.scopeSeparator)
    step.parameters["scope"] = nil
    step.parameters["scope"] = .string("${requestedScopes}")
  }

  private static let scopes = Field.ID(.connectionConfig, "oauth_scopes")
}
