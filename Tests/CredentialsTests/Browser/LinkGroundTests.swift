import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// A flow with what was asked of the provider first.
@Suite struct LinkGrounds {
  private static func scopes(
    of server: AuthorizationServer?, asked: [String] = []
  ) -> [String] {
    let flow = AuthorizationFlow(
      Submission(
        provider: Fixture.provider(#"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#), values: SecretValues()),
      scopes: Scopes(asked))
    return flow.standing(on: LinkGround(server: server)).scopes.names
  }

  private static func server(_ count: Int) -> AuthorizationServer? {
    let names = (0..<count).map { #""s\#($0)""# }.joined(separator: ",")
    return MCPDiscoveryUnderTest.server(#""scopes_supported":[\#(names)]"#)
  }

  @Test func `a server that names little is asked for all of it, unless something is wanted`() {
    #expect(Self.scopes(of: Self.server(2)) == ["s0", "s1"])
    #expect(Self.scopes(of: Self.server(2), asked: ["mine"]) == ["mine"])
    #expect(Self.scopes(of: Self.server(10)).count == 10)
    #expect(Self.scopes(of: Self.server(11)) == [])
    #expect(Self.scopes(of: nil) == [])
  }

  @Test func `what a server itself wants goes before what documents say`() {
    let challenge = BearerChallenge(#"Bearer scope="mcp:use mcp:read""#)
    let found = MCPDiscoveryUnderTest.run(
      [
        "https://m.example/.well-known/oauth-protected-resource/mcp":
          #"{"resource":"https://m.example/mcp","authorization_servers":["https://as.example"],"scopes_supported":["all"]}"#,
        "https://as.example/.well-known/oauth-authorization-server": MCPDiscoveryUnderTest.words(),
      ], challenge: challenge)
    guard case .found(let server) = found.outcome else {
      Issue.record("\(found.outcome)")
      return
    }
    #expect(server.scopes.names == ["mcp:use", "mcp:read"])
  }

  @Test func `a client that registered itself takes the place of the one that was known`() {
    var values = SecretValues()
    values.set(OAuthClient.idField, to: SecretBuffer(fixture: "old"))
    values.set(OAuthClient.secretField, to: SecretBuffer(fixture: "old-secret"))
    let flow = AuthorizationFlow(
      Submission(provider: Fixture.provider(#"{"auth_mode":"MCP_OAUTH2"}"#), values: values),
      scopes: Scopes())
    let client = OAuthClient(
      id: "new", secret: nil, callback: try? Callback("http://127.0.0.1:8976/callback/"))
    let standing = flow.standing(on: LinkGround(client: client))
    let id = standing.submission.values.withBytes(of: OAuthClient.idField) { $0.shownText }
    let hasSecret = standing.submission.values.contains(OAuthClient.secretField)
    let address = standing.callback.address
    #expect(id == "new")
    #expect(!hasSecret)
    #expect(address == "http://127.0.0.1:8976/callback/")
  }

  @Test(arguments: [
    (#"{"auth_mode":"MCP_OAUTH2","registration_url":"https://a.example/r"}"#, true, false),
    (#"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#, true, false),
    (#"{"auth_mode":"OAUTH2"}"#, false, false),
    (#"{"auth_mode":"MCP_OAUTH2","client_registration":"cimd"}"#, false, false),
  ])
  func `an entry says whether a client registers itself`(
    entry: String, withoutClient: Bool, withClient: Bool
  ) {
    func registers(_ client: String?) -> Bool {
      var values = SecretValues()
      if let client { values.set(OAuthClient.idField, to: SecretBuffer(fixture: client)) }
      return AuthorizationFlow(
        Submission(provider: Fixture.provider(entry), values: values), scopes: Scopes()
      ).registersItself
    }
    #expect(registers(nil) == withoutClient)
    #expect(registers("app") == withClient)
  }
}
