import Basics
import LoopbackSupport
import TestSupport
import Testing

/// The built program fetches tokens from a server that reads the requests for itself.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(2)))
struct TokenFlowTests {
  private static let good = "client_id=id-EXAMPLE&client_secret=s-EXAMPLE-01&grant_type=x"

  private static func answer(_ request: LoopbackRequest) -> LoopbackReply {
    let body = String(decoding: request.body, as: UTF8.self)
    let isForm = request.header("content-type") == "application/x-www-form-urlencoded"
    switch (request.method, request.target) {
    case ("POST", "/north/token") where isForm && body == good:
      return .json(
        #"{"access_token": "t-EXAMPLE-TOKEN-1", "expires_in": 60, "instance_url": "https://n1.example"}"#
      )
    case ("POST", "/north/token"):
      return .answer(400, body: "error=invalid_client&error_description=Not+s-EXAMPLE-02")
    case ("POST", "/login") where isForm && body == "user=ann&secret=s-EXAMPLE-01":
      return .json(#"{"session": {"id": "x/1"}}"#)
    case ("GET", "/token/x%2F1") where request.header("x-session") == "x/1":
      return .answer(200, body: "<r><token>t-EXAMPLE-TOKEN-2</token></r>")
    default:
      return .answer(404)
    }
  }

  private static func entries(_ port: Int) throws -> [(slug: String, entry: Value)] {
    [
      (
        "one",
        try Value(
          json: """
            {"display_name":"One","auth_mode":"OAUTH2_CC",
             "token_url":"https://localhost:\(port)/${connectionConfig.tenant}/token",
             "token_params":{"grant_type":"x"},"token_response_metadata":["instance_url"],
             "connection_config":{"tenant":{"type":"string","title":"Tenant"}}}
            """)
      ),
      (
        "two",
        try Value(
          json: """
            {"display_name":"Two","auth_mode":"TWO_STEP","body_format":"form",
             "token_url":"https://localhost:\(port)/login",
             "token_params":{"user":"${credentials.user}","secret":"${credentials.secret}"},
             "additional_steps":[{"token_request_method":"GET",
              "token_url":"https://localhost:\(port)/token/${step1.session.id}",
              "token_headers":{"x-session":"${step1.session.id}"}}],
             "token_response":{"token":"r.token"},
             "credentials":{"user":{"type":"string","title":"User"},
              "secret":{"type":"string","title":"Secret","secret":true}}}
            """)
      ),
    ]
  }

  private static func program() async throws -> (UsherProgram, LoopbackServer, options: [String]) {
    let program = UsherProgram()
    let server = try await LoopbackServer(.tls(.right)) { answer($0) }
    let guides = program.home.file("guides")
    for (slug, entry) in try entries(server.port) {
      try TestProvider.write(try #require(entry.map), slug: slug, below: guides)
    }
    return (program, server, ["--guides", guides, "--ca", TestProvider.authority(for: program)])
  }

  private static func client(_ secret: String) -> String {
    #"{"credentials": {"client_id": "id-EXAMPLE", "client_secret": "\#(secret)"}, "#
      + #""params": {"tenant": "north"}}"#
  }

  @Test func `client credentials bring a token, of which only its end stays`() async throws {
    let (program, server, options) = try await Self.program()
    let result = program.run(
      ["connect", "one", "--from", "-", "--json"] + options, input: Self.client("s-EXAMPLE-01"))
    #expect(result.status == 0, "\(result.errorText)")
    #expect(server.requests.map(\.target) == ["/north/token"])
    let shown = program.run(["show", "one", "--json"]).text
    #expect(shown.contains(#""token_expires":"20"#))
    #expect(shown.contains(#""metadata":{"instance_url":"https://n1.example"}"#))
    #expect(!(result.text + shown).contains("EXAMPLE-TOKEN"))
  }

  @Test func `a refused client stores nothing and says which fields to look at`() async throws {
    let (program, _, options) = try await Self.program()
    let result = program.run(
      ["connect", "one", "--from", "-"] + options, input: Self.client("s-EXAMPLE-02"))
    #expect(result.status == 5)
    #expect(result.errorText.contains("gives this client no token"))
    #expect(!result.errorText.contains("EXAMPLE-02"))
  }

  @Test func `two steps bring a token`() async throws {
    let (program, server, options) = try await Self.program()
    let values = #"{"credentials": {"user": "ann", "secret": "s-EXAMPLE-01"}}"#
    let result = program.run(["connect", "two", "--from", "-"] + options, input: values)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(server.requests.map(\.target) == ["/login", "/token/x%2F1"])
  }

  @Test func `a dry run can be made twice alike, and only a dry run`() async throws {
    let (program, server, options) = try await Self.program()
    let fixed = ["--at", "2026-01-01T00:00:00Z", "--seed", "00ff"]
    let arguments = ["connect", "one", "--from", "-"] + fixed + options
    let values = Self.client("s-EXAMPLE-01")
    let first = program.run(arguments + ["--dry-run", "--reveal"], input: values).text
    #expect(first.contains(Self.good))
    #expect(first == program.run(arguments + ["--dry-run", "--reveal"], input: values).text)
    #expect(program.run(arguments, input: values).status == 2)
    #expect(server.requests.isEmpty)
  }
}
