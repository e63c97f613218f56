import Basics
import Checking
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import Testing

/// What is asked of providers before a person is.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct LinkPreparationTests {
  private static let generic = #"""
    {"display_name":"Server","auth_mode":"MCP_OAUTH2_GENERIC",
     "connection_config":{"mcp_server_url":{"type":"string"}}}
    """#

  private static func registering(_ url: String) -> String {
    """
    {"display_name":"Consent","auth_mode":"MCP_OAUTH2","authorization_url":"\(url)/authorize",
     "token_url":"\(url)/token","registration_url":"\(url)/register","client_registration":"dynamic"}
    """
  }

  /// A client that registered itself for an earlier link.
  private static func kept(
    _ client: String, at place: String, _ more: String = ""
  ) -> [String: String] {
    [
      "credentials.oauth_client_id_override": client,
      "params.oauth_registration": """
      {"issuer":"\(place)","redirect_uri":"http://127.0.0.1:8976/callback",
       "registered":"2025-11-28T10:00:00Z","token_endpoint_auth_method":"client_secret_post"\(more)}
      """,
    ]
  }

  private static func prepare(
    _ entry: String, _ values: [String: String], scopes: [String] = [],
    allowsLoopback: Bool = true
  ) async throws -> LinkResult {
    await LinkTrial().perform(
      .of(
        .prepare(allowsLoopback: allowsLoopback),
        try LinkTrial.flow(entry, values, scopes: scopes)))
  }

  @Test func `for most there is nothing to ask`() async throws {
    let entry = #"{"auth_mode":"OAUTH2","authorization_url":"https://a.example/authorize"}"#
    let words = try await Self.prepare(entry, LinkTrial.client).words()
    #expect(words == "ready")
  }

  @Test func `a server of MCP tells how one signs in, and a client registers there`() async throws {
    let provider = try await ConsentProvider()
    let values = ["params.mcp_server_url": "\(provider.url)/mcp"]
    let ground = try await Self.prepare(Self.generic, values).ground()
    #expect(
      provider.lines == [
        "POST /mcp", "GET /.well-known/oauth-protected-resource/mcp",
        "GET /.well-known/oauth-authorization-server", "POST /register", "GET /authorize",
      ])
    // What the server itself said is asked for, and was registered.
    let registration = String(decoding: provider.requests[3].body, as: UTF8.self)
    #expect(registration.contains(#""scope":"mcp:use""#), "\(registration)")
    let flow = try LinkTrial.flow(Self.generic, values, scopes: []).standing(on: ground)
    let words = try await LinkTrial().link(flow, at: provider).words()
    #expect(
      words
        == "linked accessToken=access-EXAMPLE-3 refreshToken=refresh-EXAMPLE-3 "
        + "scopes=mcp:use")
    await provider.stop()
  }

  @Test func `a server of this machine may speak plain HTTP where that is allowed`() async throws {
    let provider = try await ConsentProvider(isPlain: true)
    let values = ["params.mcp_server_url": "\(provider.url)/mcp"]
    let ground = try await Self.prepare(Self.generic, values).ground()
    let flow = try LinkTrial.flow(Self.generic, values, scopes: []).standing(on: ground)
    let words = try await LinkTrial().link(flow, at: provider).words()
    #expect(words.hasPrefix("linked accessToken=access-EXAMPLE-3"), "\(words)")
    await provider.stop()
  }

  @Test func `servers of this machine tell nothing unless that is allowed`() async throws {
    let provider = try await ConsentProvider()
    let result = try await Self.prepare(
      Self.generic, ["params.mcp_server_url": "\(provider.url)/mcp"], allowsLoopback: false)
    let words = result.words()
    #expect(words == "refused unclear")
    #expect(!provider.lines.contains("POST /register"))
    await provider.stop()
  }

  @Test func `a client registers itself where the entry says so`() async throws {
    let provider = try await ConsentProvider()
    let words = try await Self.prepare(Self.registering(provider.url), [:]).words()
    #expect(words == "ready client=dynamic-EXAMPLE-1")
    #expect(provider.lines == ["POST /register", "GET /authorize"])
    await provider.stop()
  }

  @Test func `a client that the server has forgotten registers anew, once`() async throws {
    let provider = try await ConsentProvider()
    let known = Self.kept("forgotten-EXAMPLE", at: "\(provider.url)/register")
    let words = try await Self.prepare(Self.registering(provider.url), known).words()
    #expect(words == "ready client=dynamic-EXAMPLE-1")
    #expect(provider.lines == ["GET /authorize", "POST /register"])
    await provider.stop()
  }

  @Test func `a client that the server knows stays`() async throws {
    let provider = try await ConsentProvider()
    let known = Self.kept(ConsentProvider.client, at: "\(provider.url)/register")
    let words = try await Self.prepare(Self.registering(provider.url), known).words()
    #expect(words == "ready client=\(ConsentProvider.client)")
    #expect(provider.lines == ["GET /authorize"])
    await provider.stop()
  }

  @Test func `a client that a person typed stays, whether the server knows it or not`() async throws
  {
    let provider = try await ConsentProvider()
    let typed = ["credentials.oauth_client_id_override": "typed-EXAMPLE"]
    let words = try await Self.prepare(Self.registering(provider.url), typed).words()
    #expect(words == "ready")
    #expect(provider.lines == [])
    let server = ["params.mcp_server_url": "\(provider.url)/mcp"].merging(typed) { $1 }
    let ready = try await Self.prepare(Self.generic, server).words()
    #expect(ready == "ready issuer=\(provider.url)")
    #expect(!provider.lines.contains("POST /register"))
    await provider.stop()
  }

  @Test(arguments: [
    ("", "", true), ("/", "", true), ("", #","ends":"2026-01-01T00:00:00Z""#, false),
    ("", #","scopes":["other"]"#, false), ("", #","scopes":["mcp:use","other"]"#, true),
    ("/elsewhere", "", false),
  ])
  func `a server of MCP is asked again with the client that registered there`(
    _ path: String, _ more: String, isKept: Bool
  ) async throws {
    let provider = try await ConsentProvider()
    var values = Self.kept(ConsentProvider.client, at: provider.url + path, more)
    values["params.mcp_server_url"] = "\(provider.url)/mcp"
    let ground = try await Self.prepare(Self.generic, values).ground()
    let method = ground.server?.registeredMethod
    let words = LinkResult.ready(ground).words()
    let client = isKept ? ConsentProvider.client : "dynamic-EXAMPLE-1"
    #expect(words == "ready issuer=\(provider.url) client=\(client)")
    #expect(method == (isKept ? .post : ClientAuthentication.none))
    #expect(provider.lines.filter { $0 == "POST /register" }.count == (isKept ? 0 : 1))
    #expect(provider.lines.last == "GET /authorize")
    await provider.stop()
  }

  @Test(arguments: [
    (LoopbackReply.answer(503), "refused busy"), (.answer(404), "ready issuer"),
    (.redirect(to: "https://elsewhere.example/"), "ready issuer"),
    (.json(#"{"resource":"https://elsewhere.example/"}"#), "refused unclear"),
    (.gzipBomb, "ready issuer"), (.noise("hello"), "refused unclear"),
  ])
  func `what a server says of itself is not believed blindly`(
    _ reply: LoopbackReply, _ beginning: String
  ) async throws {
    let provider = try await ConsentProvider()
    for path in ["/mcp", ""] {
      provider.say(reply, to: "GET /.well-known/oauth-protected-resource\(path)")
    }
    let words = try await Self.prepare(
      Self.generic, ["params.mcp_server_url": "\(provider.url)/mcp"]
    ).words()
    #expect(words.hasPrefix(beginning), "\(words)")
    await provider.stop()
  }

  @Test func `a server that registers nobody says so`() async throws {
    let provider = try await ConsentProvider()
    provider.say(.answer(403, body: #"{"error":"access_denied"}"#), to: "POST /register")
    let result = try await Self.prepare(Self.registering(provider.url), [:])
    let refusal = try result.refusal()
    #expect(refusal.diagnosis.nextStep.contains("by hand") || refusal.diagnosis.kind == .lacksRight)
    #expect(provider.lines == ["POST /register"])
    await provider.stop()
  }

  @Test(.needsPython) func `an account of OAuth 1 is linked at a server that checks signatures`()
    async throws
  {
    func check(_ more: String) -> String {
      #"[{"kind":"oauth1","method":"HMAC-SHA1","consumer_key":"client-EXAMPLE","consumer_secret":"secret-EXAMPLE-0001"\#(more)}]"#
    }
    let server = try PythonProvider(
      routes: #"""
        [{"method":"POST","path":"/request","auth":\#(check("")),
          "answer":{"headers":{"content-type":"application/x-www-form-urlencoded"},
                    "text":"oauth_token=tmp&oauth_token_secret=tmp%2Bs"}},
         {"method":"POST","path":"/token",
          "auth":\#(check(#","token":"tmp","token_secret":"tmp+s","protocol":{"oauth_verifier":"v 1"}"#)),
          "answer":{"headers":{"content-type":"application/x-www-form-urlencoded"},
                    "text":"oauth_token=final&oauth_token_secret=final-s"}}]
        """#)
    let entry = """
      {"display_name":"Signed","auth_mode":"OAUTH1","signature_method":"HMAC-SHA1",
       "request_url":"\(server.url)/request","authorization_url":"\(server.url)/authorize",
       "token_url":"\(server.url)/token","request_params":{"x_auth_access_type":"write"}}
      """
    let flow = try LinkTrial.flow(entry, scopes: [])
    let prepared = await LinkTrial().perform(
      .of(.prepare(allowsLoopback: false), flow.duplicate()))
    var ground = try prepared.ground()
    guard let token = ground.token.take() else {
      throw LinkResult.Unexpected(description: "no token")
    }
    var question = try flow.request(with: token)
    let address = question.address.withBytes { $0.shownText }
    let query = Form.read(String(address.split(separator: "?", maxSplits: 1)[1]))
    let redirected = "\(query["oauth_callback"] ?? "")&oauth_token=tmp&oauth_verifier=v%201"
    let answer = try Array(redirected.utf8).withBytes { try question.answer(from: $0, at: .now()) }
    let redemption = question.redemption(of: answer, token: token)
    let words = await LinkTrial().perform(.redeem(redemption, flow)).words()
    #expect(
      words == "linked credentials.oauth_token=final credentials.oauth_token_secret=final-s",
      "\(server.log)")
  }
}
