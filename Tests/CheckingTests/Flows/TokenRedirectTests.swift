import LoopbackSupport
import Requests
import Testing

/// Token requests that are sent on: their bodies hold secrets, and go no further than the place they were meant for.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct TokenRedirectTests {
  private static func flow(
    _ name: String, _ status: Int, to place: String, then routes: String = "",
    kind: Diagnosis.Kind = .accepted, cause: Diagnosis.Cause? = nil, requests: [String]
  ) -> Flow {
    Flow(
      name: name,
      entry: #"{"display_name":"Acme","auth_mode":"OAUTH2_CC","token_url":"SERVER/token"}"#,
      values: ["credentials.client_id": "client", "credentials.client_secret": "secret-EXAMPLE"],
      routes: #"""
        [{"method":"POST","path":"/token",
          "answer":{"status":\#(status),"headers":{"location":"\#(place)"}}}\#(routes)]
        """#,
      kind: kind, cause: cause, life: kind == .accepted ? 60 : nil, requests: requests)
  }

  private static let token = #"{"json":{"access_token":"t","expires_in":60}}"#

  static let flows = [
    flow(
      "to another path, asked the same way: the body goes along", 307, to: "new",
      then: #"""
        ,{"method":"POST","path":"/new","answer":\#(token),
          "expect":{"form":{"client_id":"client","client_secret":"secret-EXAMPLE"}}}
        """#, requests: ["POST /token 307", "POST /new 200"]),
    flow(
      "to a page of its own: the body stays behind", 302, to: "page",
      then: #"""
        ,{"method":"GET","path":"/page","expect":{"body":"","query":{}},
          "answer":{"text":"<html>Welcome</html>"}}
        """#, kind: .unclear, requests: ["POST /token 302", "GET /page 200"]),
    flow(
      "to another host", 307, to: "https://login.example/token", kind: .unclear, cause: .redirect,
      requests: ["POST /token 307"]),
    flow(
      "to itself, for ever", 308, to: "token", kind: .unclear, cause: .redirect,
      requests: Array(repeating: "POST /token 308", count: 6)),
  ]

  private static let stage = FlowStage(flows)

  @Test(arguments: flows) func `a token request is sent on`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }
}
