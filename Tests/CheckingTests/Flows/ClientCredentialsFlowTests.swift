import Glibc
import LoopbackSupport
import Requests
import Testing

/// OAuth 2.0 client credentials, against a provider that reads the token request for itself.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct ClientCredentialsFlowTests {
  /// A client whose secret means something in every place where it can stand.
  private static let client = [
    "credentials.client_id": "client", "credentials.client_secret": #"s&=+%2F"\größe/EXAMPLE"#,
  ]
  private static let secret = #"s&=+%2F\"\\größe/EXAMPLE"#
  private static let pair = #""client_id":"client","client_secret":"\#(secret)""#
  private static let token = #"{"json":{"access_token":"token-EXAMPLE-1","expires_in":60}}"#
  private static let usualLife: Int64 = 55 * 60

  /// A flow of one request.
  private static func flow(
    _ name: String, _ members: String = "", demanding demands: String = "",
    answer: String = token, kind: Diagnosis.Kind = .accepted, sentence: String = "",
    status: Int = 200, life: Int64? = 60, adding values: [String: String] = [:]
  ) -> Flow {
    Flow(
      name: name,
      entry: """
        {"display_name":"Acme","auth_mode":"OAUTH2_CC","token_url":"SERVER/token",
         "token_params":{"grant_type":"client_credentials"}\(members)}
        """,
      values: client.merging(values) { $1 },
      routes: #"[{"method":"POST","path":"/token"\#(demands),"answer":\#(answer)}]"#,
      kind: kind, sentence: sentence, life: kind == .accepted ? life : nil,
      requests: ["POST /token \(status)"])
  }

  private static func type(_ type: String) -> String {
    #"{"kind":"content_type","value":"\#(type)"}"#
  }

  private static let shown = [
    flow(
      "in form data",
      demanding: #"""
        ,"auth":[\#(type("application/x-www-form-urlencoded"))],
        "expect":{"form":{\#(pair),"grant_type":"client_credentials"}}
        """#),
    flow(
      "in JSON", #","body_format":"json""#,
      demanding: #"""
        ,"auth":[\#(type("application/json"))],
        "expect":{"json":{\#(pair),"grant_type":"client_credentials"}}
        """#),
    flow(
      "in the query", #","body_format":"query""#,
      demanding: #"""
        ,"expect":{"query":{\#(pair),"grant_type":"client_credentials"},"body":""}
        """#),
    flow(
      "in a Basic header", #","token_request_auth_method":"basic""#,
      demanding: #"""
        ,"auth":[{"kind":"basic","username":"client","password":"\#(secret)"}],
        "expect":{"form":{"grant_type":"client_credentials"}}
        """#),
    flow(
      "under other names", #","token_request_auth_method":"custom""#,
      demanding: #"""
        ,"expect":{"form":{"username":"client","password":"\#(secret)",
        "grant_type":"client_credentials"}}
        """#),
    flow(
      "with a scope for each that was asked for", #","scope_separator":",""#,
      demanding: #","auth":[{"kind":"parameters","equal":{"scope":"read,write all"}}]"#,
      adding: ["params.oauth_scopes": "read,write all"]),
    flow(
      "with headers of the provider's own", #","token_headers":{"X-Version":"2"}"#,
      demanding: #","expect":{"headers":{"x-version":"2"}}"#),
  ]

  private static let told = [
    flow(
      "an hour as a text", answer: #"{"json":{"access_token":"t","expires_in":"3600"}}"#, life: 3600
    ),
    flow(
      "two hours in milliseconds", #","expires_in_unit":"milliseconds""#,
      answer: #"{"json":{"access_token":"t","expires_in":7200000}}"#, life: 7200),
    flow(
      "a moment",
      answer:
        #"{"json":{"access_token":"t","expires_at":\#(Int(time(nil)) + 4000),"expires_in":1}}"#,
      life: 4000),
    flow("nothing", answer: #"{"json":{"access_token":"t"}}"#, life: usualLife),
    flow(
      "nothing, of a token below data", answer: #"{"json":{"data":{"token":"t"}}}"#, life: usualLife
    ),
    flow("nothing, of a token called jwt", answer: #"{"json":{"jwt":"t"}}"#, life: usualLife),
  ]

  private static let refused = [
    flow(
      "a secret that is not the client's",
      demanding: #","auth":[{"kind":"parameters","equal":{"client_secret":"another"}}]"#,
      kind: .refused, sentence: "does not know this client", status: 401),
    flow(
      "a scope that the client may not have",
      answer: #"{"status":400,"json":{"error":"invalid_scope"}}"#, kind: .lacksRight,
      sentence: "scopes", status: 400),
    flow(
      "a client that may not do this",
      answer: #"{"status":400,"json":{"error":"unauthorized_client"}}"#, kind: .lacksRight,
      sentence: "does not let it", status: 400),
    flow(
      "a refusal that is called a success",
      answer: #"{"json":{"error":"invalid_client","error_description":"No such client"}}"#,
      kind: .refused, sentence: "does not know this client"),
    flow(
      "a success without a token", answer: #"{"json":{"hello":"world"}}"#, kind: .unclear,
      sentence: "without a token"),
    flow(
      "a page where a token should be", answer: #"{"text":"<html>Sign in</html>"}"#,
      kind: .unclear, sentence: "without a token"),
    flow("too many requests", answer: #"{"status":429}"#, kind: .busy, status: 429),
    flow("a provider in trouble", answer: #"{"status":503}"#, kind: .busy, status: 503),
  ]

  private static let stage = FlowStage(shown + told + refused)

  @Test(arguments: shown)
  func `the client shows itself in the way that the provider demands`(
    _ flow: Flow
  ) async throws {
    try await Self.stage.play(flow)
  }

  @Test(arguments: told)
  func `how long the token lives is read from what the provider tells`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }

  @Test(arguments: refused)
  func `an answer without a token is told by what it says`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }
}
