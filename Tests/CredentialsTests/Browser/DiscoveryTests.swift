import Basics
import ProviderFormat
import Requests
import Testing

/// Finding out how a server of MCP signs its users in.
@Suite struct Discoveries {
  private typealias Run = MCPDiscoveryUnderTest

  private static let resource = "https://m.example/.well-known/oauth-protected-resource"
  private static let metadata = "https://as.example/.well-known/oauth-authorization-server"

  private static func named(_ members: String = #""authorization_servers":["https://as.example"]"#)
    -> String
  {
    #"{"resource":"https://m.example/mcp",\#(members)}"#
  }

  @Test func `the resource names who gives out tokens for it, and what can be asked for`() {
    let run = Run.run([
      "\(Self.resource)/mcp": Self.named(
        #""authorization_servers":["https://as.example","https://b.example"],"scopes_supported":["a"]"#
      ),
      Self.metadata: Run.words(
        #""scopes_supported":["x"],"registration_endpoint":"https://as.example/r""#),
    ])
    #expect(run.asked == ["\(Self.resource)/mcp", Self.metadata])
    guard case .found(let server) = run.outcome else {
      Issue.record("\(run.outcome)")
      return
    }
    #expect(server.resource == "https://m.example/mcp")
    #expect(server.scopes.names == ["a"])
    #expect(server.tokenEndpoint == "https://as.example/token")
    #expect(server.registrationEndpoint == "https://as.example/r")
  }

  @Test
  func `where the resource says nothing its own origin is asked, in each place that is known`() {
    let run = Run.run([:], at: "https://m.example/a/mcp/")
    #expect(
      run.asked == [
        "\(Self.resource)/a/mcp", Self.resource,
        "https://m.example/.well-known/oauth-authorization-server",
        "https://m.example/.well-known/openid-configuration",
      ])
    #expect(run.outcome == .unusable(.nothing))
  }

  @Test func `a server with a path is asked in three places`() {
    let run = Run.run([
      "\(Self.resource)/mcp": Self.named(#""authorization_servers":["https://as.example/t/1"]"#)
    ])
    #expect(
      run.asked.dropFirst() == [
        "\(Self.metadata)/t/1", "https://as.example/.well-known/openid-configuration/t/1",
        "https://as.example/t/1/.well-known/openid-configuration",
      ])
  }

  @Test(arguments: [302, 400, 401, 403, 404, 405])
  func `a refusal or a redirect is no word of the server's`(status: Int) {
    let run = Run.run([:], statuses: ["\(Self.resource)/mcp": status])
    #expect(run.asked.count == 4)
  }

  @Test(arguments: [429, 500, 503])
  func `a server that is busy is asked later, and not taken for one that says nothing`(status: Int)
  {
    let run = Run.run([:], statuses: [Self.resource: status])
    guard case .unreachable(let diagnosis) = run.outcome else {
      Issue.record("\(run.outcome)")
      return
    }
    #expect(diagnosis.kind == .busy)
    #expect(run.asked.count == 2)
  }

  @Test(arguments: ["<html></html>", "[]", "{", ""])
  func `what is no object is no word either`(body: String) {
    let run = Run.run(["\(Self.resource)/mcp": body])
    #expect(run.asked.count == 4)
  }

  @Test(arguments: ["https://as.example", "https://as.example/"])
  func `an end slash is no difference between the names of a server`(name: String) {
    #expect(Run.server(#""issuer":"\#(name)""#)?.issuer == name)
  }

  @Test(arguments: [
    (
      #""issuer":"https://other.example""#,
      DiscoveryFault.otherIssuer(asked: "https://as.example", named: "https://other.example")
    ),
    (#""response_types_supported":["token"]"#, .lacks("the response type code")),
    (#""code_challenge_methods_supported":["plain"]"#, .lacks("the challenge method S256")),
  ])
  func `a server that cannot be gone by is not`(members: String, fault: DiscoveryFault) {
    let run = Run.run([
      "\(Self.resource)/mcp": Self.named(), Self.metadata: Run.words(members),
    ])
    #expect(run.outcome == .unusable(fault))
    #expect(fault.explanation.what.first?.isLowercase == true)
  }

  @Test(arguments: [
    "http://as.example", "https://127.0.0.1", "https://localhost", "https://[::1]",
    "https://10.0.0.1",
    "https://intranet", "ftp://as.example",
  ])
  func `an address that a server names is asked only over https and by a public name`(
    address: String
  ) {
    let run = Run.run([
      "\(Self.resource)/mcp": Self.named(#""authorization_servers":["\#(address)"]"#)
    ])
    #expect(run.outcome == .unusable(.badAddress("authorization_servers")))
    let other = Run.run([
      "\(Self.resource)/mcp": Self.named(),
      Self.metadata: Run.words().replacing("https://as.example/token", with: "\(address)/token"),
    ])
    #expect(other.outcome == .unusable(.badAddress("token_endpoint")))
    // Without a place to register one can do.
    #expect(Run.server(#""registration_endpoint":"\#(address)/r""#)?.registrationEndpoint == nil)
    #expect(Run.server(#""registration_endpoint":"\#(address)/r""#) != nil)
  }

  @Test func `servers on this machine are asked where that is allowed`() {
    let base = "http://127.0.0.1:9000"
    let answers: KeyValuePairs = [
      "\(base)/.well-known/oauth-authorization-server": Run.words(at: base)
    ]
    let run = Run.run(answers, at: "\(base)/mcp", allowsLoopback: true)
    guard case .found = run.outcome else {
      Issue.record("\(run.outcome)")
      return
    }
    #expect(
      Run.run(answers, at: "\(base)/mcp").outcome
        == .unusable(.badAddress("authorization_endpoint")))
  }

  @Test(arguments: ["https://other.example/mcp", "https://m.example/other", "x"])
  func `a resource that calls itself otherwise is not the one that was typed`(name: String) {
    let run = Run.run(["\(Self.resource)/mcp": #"{"resource":"\#(name)"}"#])
    #expect(run.outcome == .unusable(.otherResource))
  }

  @Test func `a resource may stand above the address that was typed`() {
    let run = Run.run(
      [
        "\(Self.resource)/mcp/v1":
          #"{"resource":"https://m.example/","authorization_servers":["https://as.example"]}"#,
        Self.metadata: Run.words(),
      ], at: "https://m.example/mcp/v1")
    guard case .found(let server) = run.outcome else {
      Issue.record("\(run.outcome)")
      return
    }
    #expect(server.resource == "https://m.example/")
  }

  @Test func `what a server is known by is kept with a connection, and read again`() throws {
    let server = try #require(
      Run.server(
        #""scopes_supported":["a"],"token_endpoint_auth_methods_supported":["client_secret_post"],"authorization_response_iss_parameter_supported":true"#
      ))
    #expect(server.json.contains("client_secret_post"))
    #expect(AuthorizationServer.setting.description == "params.authorization_server")
  }

  // MARK: Challenges

  @Test(arguments: [
    (
      #"Bearer resource_metadata="https://m.example/x", scope="a b""#, "https://m.example/x",
      ["a", "b"]
    ),
    (#"Basic realm="x", bearer error=insufficient_scope, scope="c""#, "", ["c"]),
    (#"Bearer scope="a\"b""#, "", ["a\"b"]), ("Bearer", "", []),
  ])
  func `a server says what it wants when it is asked without a token`(
    header: String, place: String, scopes: [String]
  ) throws {
    let challenge = try #require(BearerChallenge(header))
    #expect(challenge.resourceMetadata ?? "" == place)
    #expect(challenge.scopes.names == scopes)
  }

  @Test func `scopes that are missing are added to those that there were`() {
    let missing = BearerChallenge(#"Bearer error="insufficient_scope", scope="b c""#)
    #expect(missing?.scopes(addedTo: Scopes(["a", "b"]))?.names == ["a", "b", "c"])
    #expect(BearerChallenge(#"Bearer scope="b""#)?.scopes(addedTo: Scopes(["a"])) == nil)
    #expect(BearerChallenge("Basic") == nil)
  }

  @Test func `a place that the server itself names is asked first, and no other's`() {
    let place = "https://m.example/here"
    let own = BearerChallenge(#"Bearer resource_metadata="\#(place)""#)
    #expect(Run.run([:], challenge: own).asked.first == place)
    let other = BearerChallenge(#"Bearer resource_metadata="https://evil.example/x""#)
    #expect(Run.run([:], challenge: other).asked.first == "\(Self.resource)/mcp")
  }
}
