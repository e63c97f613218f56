import Basics
import Requests
import Secrets
import Testing

/// A client that registers itself.
@Suite struct Registrations {
  private static func entry(_ members: String = "") -> String {
    #"{"auth_mode":"MCP_OAUTH2","registration_url":"https://a.example/register"\#(members)}"#
  }

  private static func next(_ session: inout ClientRegistration) -> String {
    switch session.next() {
    case .send(let request): request.fixtureText
    case .done(.refused(let diagnosis)): "refused: \(diagnosis.kind.rawValue)"
    case .done(.client(let client)): text(client)
    }
  }

  private static func text(_ client: borrowing OAuthClient) -> String {
    var words = "client \(client.id)"
    switch client.secret {
    case .some(let secret): words += " secret=\(secret.fixtureText)"
    case nil: break
    }
    if let method = client.authentication { words += " \(method.rawValue)" }
    if let callback = client.callback { words += " \(callback.address)" }
    if case .dynamic(_, let end?) = client.source { words += " ends=\(end.secondsSinceEpoch)" }
    return words
  }

  private static func answer(_ body: String, status: Int = 201) -> String {
    var session = FlowUnderTest(entry()).registration()
    _ = next(&session)
    session.receive(CheckAnswer(fixture: body, status: status))
    return next(&session)
  }

  private static let uri = "http://127.0.0.1:8976/callback"

  @Test func `it names exactly the address that will be used, and what the entry wants besides`() {
    var session = FlowUnderTest(
      Self.entry(
        #","registration_params":{"grant_types":["authorization_code"],"client_name":"x"}"#)
    ).registration()
    #expect(
      Self.next(&session)
        == #"POST https://a.example/register content-type: application/json {"redirect_uris":["\#(Self.uri)"],"#
        + #""token_endpoint_auth_method":"none","client_name":"Usher","grant_types":["authorization_code"]}"#
    )
  }

  @Test func `at a server that was found out about it names what will be asked for`() throws {
    let server = try #require(
      MCPDiscoveryUnderTest.server(
        #""registration_endpoint":"https://as.example/r","scopes_supported":["${clientSecret}"]"#))
    let flow = FlowUnderTest(
      #"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#, scopes: ["a", "${clientSecret}"], server: server)
    var session = flow.registration()
    #expect(
      Self.next(&session)
        == #"POST https://as.example/r content-type: application/json {"redirect_uris":["\#(Self.uri)"],"#
        + #""token_endpoint_auth_method":"none","client_name":"Usher","#
        + #""grant_types":["authorization_code","refresh_token"],"response_types":["code"],"#
        + #""scope":"a ${clientSecret}"}"#)
  }

  @Test(arguments: [
    (#"{"client_id":"c"}"#, "client c \(uri)"),
    (
      #"{"client_id":"c","client_secret":"s","token_endpoint_auth_method":null,"redirect_uris":[]}"#,
      "client c secret=s \(uri)"
    ),
    (
      #"{"client_id":"c","client_secret":"s","token_endpoint_auth_method":"client_secret_basic","client_secret_expires_at":0}"#,
      "client c secret=s client_secret_basic \(uri)"
    ),
    (
      #"{"client_id":"c","client_secret":"","client_secret_expires_at":1795867300}"#,
      "client c \(uri) ends=1795867300"
    ),
    (#"{"client_id":"c","redirect_uris":["\#(uri)/"]}"#, "client c \(uri)/"),
    (#"{"client_id":"c","redirect_uris":["https://evil.example/"]}"#, "client c \(uri)"),
  ])
  func `what the server says of the client is kept, asked for or not`(body: String, words: String) {
    #expect(Self.answer(body) == words)
  }

  @Test(arguments: [(201, "{}"), (400, #"{"error":"invalid_redirect_uri"}"#), (200, "")])
  func `without an identifier there is no client`(status: Int, body: String) {
    #expect(Self.answer(body, status: status).hasPrefix("refused"))
  }

  @Test func `where nobody can register itself nothing is asked`() {
    var session = FlowUnderTest(#"{"auth_mode":"MCP_OAUTH2","client_registration":"static"}"#)
      .registration()
    #expect(Self.next(&session) == "refused: uncheckable")
  }

  @Test func `a client is registered anew for another address, and when it has ended`() throws {
    let now = Timestamp(secondsSinceEpoch: 100)
    let client = OAuthClient(
      id: "c", secret: nil, source: .dynamic(at: now, end: Timestamp(secondsSinceEpoch: 200)),
      callback: .loopback())
    let fits = (client.fits(.loopback()), client.fits(.loopback(port: 9000)))
    #expect(fits == (true, false))
    let hasEnded = (
      client.hasEnded(at: now), client.hasEnded(at: Timestamp(secondsSinceEpoch: 200))
    )
    #expect(hasEnded == (false, true))
    let own = OAuthClient(id: "c", secret: nil)
    let fitsAny = own.fits(.loopback(port: 9000))
    #expect(fitsAny)
  }

  // MARK: Tokens of servers that were found out about

  @Test(
    arguments: [
      (#"["none"]"#, nil, "&client_id=app&client_secret=s%2B1"),
      (#"["client_secret_post"]"#, nil, "&client_id=app&client_secret=s%2B1"),
      (#"["client_secret_post","client_secret_basic"]"#, nil, "&client_id=app basic"),
      ("[]", nil, "&client_id=app basic"),
      (
        #"["client_secret_basic"]"#, ClientAuthentication.post, "&client_id=app&client_secret=s%2B1"
      ),
      (#"["client_secret_basic"]"#, .some(.none), "&client_id=app"),
    ] as [(String, ClientAuthentication?, String)])
  func `a client proves itself as its registration says, else as the server lists`(
    methods: String, registered: ClientAuthentication?, words: String
  ) throws {
    var server = try #require(
      MCPDiscoveryUnderTest.server(#""token_endpoint_auth_methods_supported":\#(methods)"#))
    server.registeredMethod = registered
    let flow = FlowUnderTest(#"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#, server: server)
    let request = flow.exchange(code: "c").next()
    let isBasic = request.contains(" authorization: Basic YXBwOnMlMkIx ")
    let expected =
      methods == #"["none"]"# && registered == nil
      ? "&client_id=app" : words.replacing(" basic", with: "")
    #expect(isBasic == words.hasSuffix(" basic"))
    #expect(
      request.hasSuffix(
        "grant_type=authorization_code&code=c&code_verifier=\(FlowUnderTest.verifier)&redirect_uri=http%3A%2F%2F127.0.0.1%3A8976%2Fcallback&resource=https%3A%2F%2Fm.example%2Fmcp\(expected)"
      ), "\(request)")
  }

  @Test func `a renewal finds the server in the connection`() throws {
    let server = try #require(MCPDiscoveryUnderTest.server())
    let renewal = RenewalUnderTest(
      #"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#,
      [
        "params.authorization_server": server.json,
        "credentials.oauth_client_secret_override": "",
      ], known: ["accessToken": "t", "refreshToken": "r"])
    #expect(
      renewal.next()
        == "POST https://as.example/token content-type: application/x-www-form-urlencoded accept: application/json grant_type=refresh_token&refresh_token=r&resource=https%3A%2F%2Fm.example%2Fmcp&client_id=app"
    )
  }
}
