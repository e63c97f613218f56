import Basics
import ProviderFormat
import Requests

/// Discovery at a made-up server.
enum MCPDiscoveryUnderTest {
  static let provider = Fixture.provider(
    #"{"display_name":"Acme","auth_mode":"MCP_OAUTH2_GENERIC"}"#)

  /// What a good server says of itself.
  static func words(_ members: String = "", at base: String = "https://as.example") -> String {
    let own = members.contains(#""issuer""#) ? "" : #""issuer":"\#(base)","#
    let rest = members.isEmpty ? "" : ",\(members)"
    let types =
      members.contains("response_types_supported") ? "" : #","response_types_supported":["code"]"#
    return
      #"{\#(own)"authorization_endpoint":"\#(base)/auth","token_endpoint":"\#(base)/token"\#(types)\#(rest)}"#
  }

  /// What comes of answers by address; others are not found.
  static func run(
    _ answers: KeyValuePairs<String, String>, at address: String = "https://m.example/mcp",
    statuses: [String: Int] = [:], challenge: BearerChallenge? = nil, allowsLoopback: Bool = false
  ) -> (asked: [String], outcome: DiscoveryOutcome) {
    var session = MCPDiscovery(
      provider, address: address, challenge: challenge, allowsLoopback: allowsLoopback)
    var asked: [String] = []
    while true {
      switch session.next() {
      case .done(let outcome): return (asked, outcome)
      case .send(let request):
        let place = request.url.fixtureText
        asked.append(place)
        let body = answers.first { $0.key == place }?.value
        session.receive(
          CheckAnswer(fixture: body ?? "", status: statuses[place] ?? (body == nil ? 404 : 200)))
      }
    }
  }

  /// A server that says these things besides.
  static func server(_ members: String = "", at base: String = "https://as.example")
    -> AuthorizationServer?
  {
    let host = base.split(separator: "/").prefix(2).joined(separator: "//")
    let path = base.dropFirst(host.count)
    let place = "\(host)/.well-known/oauth-authorization-server\(path)"
    let resource = #"{"resource":"https://m.example/mcp","authorization_servers":["\#(base)"]}"#
    let outcome = run([
      "https://m.example/.well-known/oauth-protected-resource/mcp": resource,
      place: words(members, at: base),
    ]).outcome
    if case .found(let server) = outcome { return server }
    return nil
  }
}
