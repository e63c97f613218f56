internal import Guides
internal import Secrets

/// OAuth 2.0 client credentials (RFC 6749, section 4.4): getting a token is the check.
struct ClientCredentialsCheck: CheckProcedure {
  private let rules: TokenRules
  private var isAsked = false

  init(_ rules: TokenRules) { self.rules = rules }

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    if isAsked { return nil }
    isAsked = true
    var step = rules.first
    step.method = "POST"
    addScopes(to: &step, from: &context.sources)
    let request = TokenRequest(
      builder: context.builder, step: step, format: rules.format, parameters: clientParameters,
      headers: clientHeaders)
    return try request.build(from: context.sources)
  }

  func receive(_ answer: borrowing CheckAnswer, _ context: inout CheckContext) -> Diagnosis? {
    guard answer.isSuccess else {
      return TokenRefusal(context, fields: ["client_id", "client_secret"])
        .diagnosis(of: answer, from: context.sources)
    }
    return TokenAnswer(answer).diagnosis(by: rules.response, fallback: Self.usualLife, &context)
  }

  func suppose(_ context: inout CheckContext) {}

  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    context.general.diagnosis(.unclear)
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
    case .basic, .privateKeyJWT: []
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

  /// The scopes that the user asked for, written as the provider wants them. The entry's own `scope` gives way.
  private func addScopes(
    to step: inout TokenRules.Step, from sources: inout TemplateSources
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
