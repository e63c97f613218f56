import Basics
import LoopbackSupport
import Synchronization
import TestSupport
import Testing

/// A provider on loopback whose accounts are used: it gives tokens of which only the last is good, answers what carries
/// one, and remembers what it saw.
struct AccessProvider {
  static let secret = "client-secret-EXAMPLE"
  static let key = "api-key-EXAMPLE"
  static let signingKey = "00112233445566778899aabbccddeeff"

  /// What a test can change while the provider runs.
  final class State: Sendable {
    fileprivate struct Values {
      var tokens = 0
      var lifetime = 3600
      var refused: Set<String> = []
      var mostTokens = Int.max
    }

    fileprivate let values = Mutex(Values())

    /// How many tokens have been given.
    var tokens: Int { values.withLock { $0.tokens } }

    /// In seconds, of tokens to come.
    func setLifetime(_ seconds: Int) { values.withLock { $0.lifetime = seconds } }

    /// Whoever asks for more gets no answer.
    func setMostTokens(_ count: Int) { values.withLock { $0.mostTokens = count } }

    /// A token is refused from now on, although it has not ended.
    func refuse(_ number: Int) {
      values.withLock { _ = $0.refused.insert("token-EXAMPLE-\(number)") }
    }
  }

  let server: LoopbackServer
  let state = State()
  let program: UsherProgram
  private let guides: String
  /// What a command needs to reach the server.
  let options: [String]

  /// - Parameter other: answers what the provider itself does not know. Only requests with good credentials get there.
  init(
    _ program: UsherProgram,
    other: @escaping @Sendable (LoopbackRequest) -> LoopbackReply = { _ in .answer(404) }
  ) async throws {
    self.program = program
    let state = state
    server = try await LoopbackServer(.tls(.right)) { AccessProvider.answer($0, state, other) }
    guides = program.home.file("guides")
    options = ["--ca", TestProvider.authority(for: program)]
    for (slug, entry) in AccessProvider.entries {
      let text = entry.replacing("SERVER", with: "https://localhost:\(server.port)")
      try TestProvider.write(try #require(Value(json: text).map), slug: slug, below: guides)
    }
  }

  private static let entries = [
    "acme": """
    {"display_name": "Acme", "auth_mode": "OAUTH2_CC", "token_url": "SERVER/token",
     "token_params": {"grant_type": "client_credentials"},
     "proxy": {"base_url": "SERVER/v1",
      "paginate": {"type": "cursor", "response_path": "items",
       "cursor_path_in_response": "next", "cursor_name_in_request": "cursor"}},
     "connection_config": {"tenant": {"type": "string", "title": "Tenant"}}}
    """,
    "depot": """
    {"display_name": "Depot", "auth_mode": "API_KEY",
     "proxy": {"base_url": "SERVER/v1", "headers": {"x-api-key": "${apiKey}"}},
     "credentials": {"apiKey": {"type": "string", "title": "API key", "secret": true}}}
    """,
    "cloud": """
    {"display_name": "Cloud", "auth_mode": "AWS_SIGV4", "proxy": {"base_url": "SERVER"},
     "credentials": {"role_arn": {"type": "string", "title": "Role ARN"}},
     "connection_config": {"region": {"type": "string", "title": "Region"}},
     "integration_config": {"stsMode": {"type": "string", "title": "Mode"},
      "stsEndpointUrl": {"type": "string", "title": "Address"}}}
    """,
    "press": """
    {"display_name": "Press", "auth_mode": "JWT",
     "token": {"expires_in_ms": 300000, "signing_key": "${credentials.privateKey.secret}",
      "header": {"alg": "HS256", "kid": "${credentials.privateKey.id}"},
      "payload": {"aud": "/admin/"}},
     "proxy": {"base_url": "SERVER/v1", "headers": {"authorization": "Ghost ${accessToken}"}},
     "credentials": {"privateKey": {"type": "string", "title": "Key", "secret": true}}}
    """,
    "forge": """
    {"display_name": "Forge", "auth_mode": "BASIC", "proxy": {"base_url": "SERVER/v1"},
     "credentials": {"username": {"type": "string", "title": "User"},
      "password": {"type": "string", "title": "Password", "secret": true}}}
    """,
  ]

  /// Links an account of each of these providers.
  func link(_ slugs: String..., name: String = "default", replacing: Bool = false) {
    let client = replacing ? "client-EXAMPLE-2" : "client-EXAMPLE"
    let values = [
      "acme":
        #"{"credentials": {"client_id": "\#(client)", "client_secret": "\#(Self.secret)"}, "params": {"tenant": "north"}}"#,
      "depot": #"{"credentials": {"apiKey": "\#(Self.key)"}}"#,
      "cloud":
        #"{"credentials": {"role_arn": "arn:aws:iam::123456789012:role/Reader"}, "params": {"region": "eu-central-1", "external_id": "5f0c8b1e-9d3a-4c57-8e21-0a1b2c3d4e5f"}, "integration_config": {"stsMode": "custom", "stsEndpointUrl": "https://localhost:\#(server.port)/sts"}}"#,
      "press": #"{"credentials": {"privateKey": "key1:\#(Self.signingKey)"}}"#,
      "forge": #"{"credentials": {"username": "ann", "password": "\#(Self.key)"}}"#,
    ]
    for slug in slugs {
      let result = program.run(
        ["connect", slug, "--name", name, "--guides", guides, "--from", "-", "--no-check"]
          + (replacing ? ["--replace"] : []),
        input: values[slug] ?? "")
      #expect(result.status == 0, "\(result.errorText)")
    }
  }

  /// Runs the program so that it reaches the server.
  func run(_ arguments: String..., input: String = "") -> ChildProcess {
    program.run(arguments + options, input: input)
  }

  /// What was asked besides tokens: `GET /v1/me`.
  var asked: [String] {
    server.requests.map { "\($0.method) \($0.target)" }.filter {
      $0 != "POST /token" && $0 != "POST /sts"
    }
  }

  private static func answer(
    _ request: LoopbackRequest, _ state: State, _ other: (LoopbackRequest) -> LoopbackReply
  ) -> LoopbackReply {
    let body = String(decoding: request.body, as: UTF8.self)
    switch (request.method, request.target) {
    case ("POST", "/token"):
      guard body.contains("client_secret=\(secret)") else {
        return .answer(401, body: #"{"error": "invalid_client"}"#)
      }
      return state.values.withLock { values in
        guard values.tokens < values.mostTokens else { return .silence }
        values.tokens += 1
        return .json(
          #"{"access_token": "token-EXAMPLE-\#(values.tokens)", "token_type": "Bearer", "expires_in": \#(values.lifetime)}"#
        )
      }
    case ("POST", "/sts"):
      return .json(
        #"{"credentials": {"access_key_id": "ASIAEXAMPLE", "secret_access_key": "temporary/EXAMPLE", "session_token": "session/EXAMPLE+==", "expiration": "2099-01-01T00:00:00Z"}}"#
      )
    default: break
    }
    let isGood = state.values.withLock { values in
      let token = "token-EXAMPLE-\(values.tokens)"
      return request.header("authorization") == "Bearer \(token)" && !values.refused.contains(token)
        || request.header("x-api-key") == key
        || request.header("authorization") == "Basic \(basic)"
    }
    guard isGood else { return .answer(401, body: #"{"message": "who are you?"}"#) }
    return request.target == "/v1/me" ? .json(#"{"name": "Ann"}"#) : other(request)
  }

  /// Of `ann` and the key.
  private static let basic = "YW5uOmFwaS1rZXktRVhBTVBMRQ=="
}
