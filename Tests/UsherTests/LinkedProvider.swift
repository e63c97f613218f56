import Basics
import Connections
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import Store
import TestSupport

/// A provider on loopback whose accounts are linked in a browser, and the program with such an account in its store.
struct LinkedProvider {
  static let hub = ConnectionName(provider: "hub")!
  static let application = ApplicationName("hub-app")!

  let server: RotatingProvider
  let program: UsherProgram
  /// What a command needs to reach the server.
  let options: [String]

  init(_ program: UsherProgram) async throws {
    self.program = program
    server = try await RotatingProvider()
    options = ["--ca", TestProvider.authority(for: program)]
  }

  /// What a link in a browser leaves in the store.
  /// - Parameters:
  ///   - lifetime: in seconds, of its first token, which is an hour old; nil for one without a known end.
  ///   - isRenewable: whether there is a refresh token.
  ///   - verification: the path that the entry names for a check; nil where it names none.
  func link(
    lifetime: Int64? = 3600, isRenewable: Bool = true, verification: String? = nil,
    name: ConnectionName = hub
  ) throws {
    let given = server.agree()
    let check = verification.map {
      #" "verification": {"method": "GET", "endpoints": ["\#($0)"]},"#
    }
    let entry = """
      {"display_name": "Hub", "auth_mode": "OAUTH2", "token_url": "\(server.url)/token",
       "refresh_url": "\(server.url)/renew", "body_format": "json",
       "authorization_url": "\(server.url)/authorize",
       "proxy": {"base_url": "\(server.url)",\(check ?? "")
        "headers": {"x-client": "${clientId}", "x-token": "${accessToken}"}}}
      """
    let provider = Provider(
      slug: "hub", entry: try Value(json: entry).map ?? .init(), origin: .record)
    var values = SecretValues()
    values.set(OAuthClient.idField, to: SecretBuffer(text: "client-EXAMPLE"))
    values.set(OAuthClient.secretField, to: SecretBuffer(text: RotatingProvider.secret))
    let now = Timestamp.now()
    var facts = ConnectionFacts(name: name, created: now, changed: now)
    facts.application = Self.application
    var tokens = SecretMap<String>()
    tokens.set(TokenSet.accessTokenName, to: SecretBuffer(text: given.access))
    if isRenewable {
      tokens.set(TokenSet.refreshTokenName, to: SecretBuffer(text: given.refresh))
    }
    let token = TokenSet(
      values: tokens, obtained: Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - 3600),
      expires: lifetime.map { Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + $0) },
      type: "Bearer")
    let record = SendOnceBox(ConnectionRecord(facts: facts, provider: provider, values: values))
    let first = SendOnceBox(token)
    try program.inStore { session in
      guard let record = record.take(), let token = first.take() else { return }
      try session.save(record, token: token, replacing: true)
    }
  }

  /// Keeps the application that the account is linked with.
  func keepApplication() throws {
    let facts = ApplicationFacts(
      name: Self.application, provider: "hub", clientID: "client-EXAMPLE", callback: .loopback(),
      created: .now(), changed: .now())
    var values = SecretValues()
    values.set(Field.ID(.connectionConfig, "key"), to: SecretBuffer(text: "other-EXAMPLE"))
    let client = OAuthClient(
      id: "client-EXAMPLE", secret: SecretBuffer(text: RotatingProvider.secret))
    let application = SendOnceBox(Application(facts: facts, client: client, values: values))
    try program.inStore { session in
      guard let application = application.take() else { return }
      try session.saveApplication(application)
    }
  }

  /// The refresh token that is kept; nil where there is none.
  func keptRefreshToken() throws -> String? {
    try program.inStore { session in
      guard let row = try session.token(of: Self.hub), let tokens = row.duplicateTokens(),
        tokens.values.contains(TokenSet.refreshTokenName)
      else { return nil }
      return tokens.values.withBytes(of: TokenSet.refreshTokenName) { $0.shownText }
    }
  }

  /// Runs the program so that it reaches the server.
  func run(_ arguments: String..., input: String = "") -> ChildProcess {
    program.run(arguments + options, input: input)
  }
}
