import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

@testable import Checking

/// Where credentials of a link may go.
@Suite struct LinkRulesTests {
  private static func flow(
    _ values: [String: String], scopes: [String] = []
  ) throws -> AuthorizationFlow {
    var all = SecretValues()
    for (name, text) in values {
      all.set(try #require(Field.ID(name)), to: SecretBuffer(text: text, capacity: 1))
    }
    let entry = try #require(Value(json: #"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#).map)
    return AuthorizationFlow(
      Submission(
        provider: Provider(slug: "mcp-generic", entry: entry, origin: .builtIn), values: all),
      scopes: Scopes(scopes))
  }

  private static func server(_ host: String) -> String {
    #"{"issuer":"https://\#(host)","authorization_endpoint":"https://\#(host)/a","token_endpoint":"https://\#(host)/t","registration_endpoint":"https://\#(host)/r"}"#
  }

  @Test func `servers of this machine are the user's own only where that is allowed`() throws {
    let values = ["params.mcp_server_url": "https://mcp.example/mcp"]
    let open = NetworkRules(.of(.prepare(allowsLoopback: true), try Self.flow(values))).ownHosts
    let closed = NetworkRules(.of(.prepare(allowsLoopback: false), try Self.flow(values))).ownHosts
    #expect(closed == ["mcp.example"])
    #expect(open == closed.union(["localhost", "127.0.0.1", "::1"]))
  }

  @Test(arguments: [
    ("localhost:9000", ["localhost"]), ("127.0.0.1:9000", ["127.0.0.1"]),
    ("as.internal.example", []), ("10.0.0.5", []),
  ])
  func `a server that was found is one's own only on this machine`(
    host: String, own: [String]
  ) throws {
    let values = ["params.authorization_server": Self.server(host)]
    let hosts = NetworkRules(.of(.device, try Self.flow(values))).ownHosts
    #expect(hosts == Set(own))
  }

  @Test func `what is asked for is no host`() throws {
    let flow = try Self.flow(
      ["params.oauth_redirect_uri": "https://home.example/cb"],
      scopes: ["https://internal.example/read", "intranet"])
    let hosts = NetworkRules(.of(.device, flow)).ownHosts
    #expect(hosts == [])
  }

  @Test func `what is kept of a registration is no host`() throws {
    let kept =
      #"{"issuer":"https://10.0.0.5","redirect_uri":"http://127.0.0.1:8976/callback","registered":"2026-01-01T00:00:00Z"}"#
    let flow = try Self.flow(["params.oauth_registration": kept])
    let hosts = NetworkRules(.of(.device, flow)).ownHosts
    #expect(hosts == [])
  }
}
