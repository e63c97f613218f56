import Basics
import Requests
import Testing

/// Redeeming a code at a provider that the general rules hold for.
@Suite struct CodeExchanges {
  private static func entry(_ members: String = "", mode: String = "OAUTH2") -> String {
    #"{"display_name":"Acme","auth_mode":"\#(mode)","authorization_url":"https://a.example/auth","#
      + #""token_url":"https://a.example/token?v=1"\#(members.isEmpty ? "" : ",")\#(members)}"#
  }

  private static let head = "POST https://a.example/token?v=1 content-type: "
  private static let form = "\(head)application/x-www-form-urlencoded accept: application/json "
  private static let code =
    "grant_type=authorization_code&code=c%2F1&redirect_uri=http%3A%2F%2F127.0.0.1%3A8976%2Fcallback"
  private static let proof = "&code_verifier=\(FlowUnderTest.verifier)"
  private static let client = "&client_id=app&client_secret=s%2B1"

  @Test(arguments: [
    ("", form + code + proof + client),
    (#""disable_pkce":true"#, form + code + client),
    (
      #""token_params":{"grant_type":"other","x":1800,"y":"${connectionConfig.t}"}"#,
      form + code.replacing("authorization_code", with: "other") + "&x=1800&y=acme" + proof + client
    ),
    (
      #""token_request_auth_method":"basic""#,
      form.replacing(
        "application/json ", with: "application/json authorization: Basic YXBwOnMrMQ== ") + code
        + proof + client
    ),
    (
      #""authorization_method":"header","token_request_auth_method":"basic""#,
      form.replacing(
        "application/json ", with: "application/json authorization: Basic YXBwOnMlMkIx ") + code
        + proof
    ),
    (
      #""body_format":"json","disable_pkce":true,"token_params":{"n":7}"#,
      #"\#(head)application/json accept: application/json {"grant_type":"authorization_code","#
        + #""code":"c/1","redirect_uri":"http://127.0.0.1:8976/callback","n":7,"client_id":"app","#
        + #""client_secret":"s+1"}"#
    ),
  ])
  func `the request has the members of the protocol, of the entry and of the client`(
    members: String, request: String
  ) {
    let flow = FlowUnderTest(Self.entry(members), ["params.t": "acme"])
    #expect(flow.exchange(code: "c/1").next() == request)
  }

  @Test func `a public client says only what it is called, whatever the entry wants of others`() {
    let flow = FlowUnderTest(
      Self.entry(#""authorization_method":"header","disable_pkce":true"#),
      ["credentials.oauth_client_secret_override": ""])
    #expect(flow.exchange(code: "c/1").next() == Self.form + Self.code + "&client_id=app")
  }

  @Test(arguments: [
    (#"{"access_token":"t","expires_in":3600}"#, "accessToken=t ends=3600"),
    (#"{"access_token":"t","expires_in":"60"}"#, "accessToken=t ends=60"),
    (#"{"access_token":"t","expires_at":1795867300,"expires_in":5}"#, "accessToken=t ends=100"),
    (#"{"access_token":"t","expires_at":1795867300000}"#, "accessToken=t ends=100"),
    (#"{"access_token":"t","expires_at":"2026-11-28T12:01:40Z"}"#, "accessToken=t ends=100"),
    (#"{"access_token":"t","expires_at":"1:00:01"}"#, "accessToken=t ends=86460"),
    (#"{"access_token":"t","expires_at":"soon"}"#, "accessToken=t"),
    (#"{"access_token":"t","refresh_token":"r","error":null}"#, "accessToken=t refreshToken=r"),
    ("access_token=t&expires_in=9&scope=a%20b", "accessToken=t ends=9 scopes=a+b"),
    (#"{"access_token":"t","scope":"a,b"}"#, "accessToken=t scopes=a+b"),
    (#"{"access_token":"t","scope":["a","b"]}"#, "accessToken=t scopes=a+b"),
  ])
  func `an answer is read in all its forms`(body: String, words: String) {
    let exchange = FlowUnderTest(Self.entry()).exchange(code: "c1")
    #expect(exchange.outcome(body, status: 201) == "linked \(words)")
  }

  @Test func `what was asked for counts where the answer does not say what was granted`() {
    let flow = FlowUnderTest(Self.entry(), scopes: ["a", "b"])
    #expect(
      flow.exchange(code: "c").outcome(#"{"access_token":"t"}"#)
        == "linked accessToken=t scopes=a+b")
  }

  @Test(arguments: [
    (
      #"{"access_token":"t","user":{"access_token":"u","refresh_token":"v","expires_in":60},"expires_in":90}"#,
      "accessToken=t userRefreshToken=v userToken=u ends=60"
    ),
    (
      #"{"user":{"access_token":"u","refresh_token":"v","expires_in":60},"refresh_token":"x"}"#,
      "accessToken=u refreshToken=v ends=60"
    ),
    (#"{"user":"u","refresh_token":"x"}"#, "accessToken=u refreshToken=x"),
  ])
  func `another member may hold the token, or a second one`(body: String, words: String) {
    let flow = FlowUnderTest(Self.entry(#""alternate_access_token_response_path":"user""#))
    #expect(flow.exchange(code: "c").outcome(body) == "linked \(words)")
  }

  @Test func `settings come from what was typed, then the redirect, then the answer`() {
    let entry = Self.entry(
      #""redirect_uri_metadata":["r","b"],"token_response_metadata":["t.x","b","typed","on"]"#)
    let flow = FlowUnderTest(entry, ["params.typed": "mine", "params.r": ""])
    let outcome = flow.exchange(code: "c", "&r=1&b=2&typed=3").outcome(
      #"{"access_token":"t","t":{"x":"4"},"b":"5","typed":"6","on":true}"#)
    #expect(outcome == "linked accessToken=t params.r=1 params.b=2 params.t.x=4 params.on=true")
  }

  @Test func `what the redirect brought stands in the address of the token`() {
    let entry = #"""
      {"auth_mode":"OAUTH2","authorization_url":"https://a.example/auth",
       "redirect_uri_metadata":["shop"],"token_url":"https://${connectionConfig.shop}.example/t"}
      """#
    #expect(
      FlowUnderTest(entry).exchange(code: "c", "&shop=acme").next().hasPrefix(
        "POST https://acme.example/t "))
    #expect(
      FlowUnderTest(entry).exchange(code: "c", "&shop=evil.example%2F").next() == "refused: unclear"
    )
  }

  @Test func `members that templates name are kept with the token`() {
    let flow = FlowUnderTest(
      Self.entry(#""proxy":{"headers":{"x-id":"${credentials.raw.user.id}"}}"#))
    #expect(
      flow.exchange(code: "c").outcome(#"{"access_token":"t","user":{"id":7}}"#)
        == "linked accessToken=t credentials.raw.user.id=7")
  }

  // MARK: Refusals

  @Test(arguments: [
    (400, #"{"error":"invalid_grant"}"#, "refused", "does not take the code"),
    (401, #"{"error":"invalid_client"}"#, "refused", "does not know this application"),
    (400, #"{"error":"invalid_scope"}"#, "lacks_right", "scopes"),
    (400, #"{"error":"unauthorized_client"}"#, "lacks_right", "does not let it"),
    (400, #"{"error":"unsupported_grant_type"}"#, "wrong_kind", "this way"),
    (400, #"{"error":"invalid_request"}"#, "refused", "wrong or missing"),
    (400, #"{"error":"access_denied"}"#, "lacks_right", "refused by whoever"),
    (400, #"{"error":"temporarily_unavailable"}"#, "busy", "at the moment"),
    (
      200, #"{"error":"bad_verification_code","error_description":"The code is incorrect."}"#,
      "refused", "does not take the code"
    ),
    (200, #"{"x":1}"#, "unclear", "without a token"), (200, "", "unclear", "without a token"),
    (500, #"{"error":"invalid_grant"}"#, "busy", ""), (429, "", "busy", ""),
    (503, "<html><title>Down</title></html>", "busy", ""),
  ])
  func `an answer without a token says why`(
    status: Int, body: String, kind: String, words: String
  ) throws {
    let exchange = FlowUnderTest(Self.entry()).exchange(code: "c1-EXAMPLE")
    #expect(exchange.outcome(body, status: status) == "refused: \(kind)")
    let diagnosis = try #require(exchange.diagnosis)
    #expect(words.isEmpty || diagnosis.sentence.contains(words), "\(diagnosis.sentence)")
    #expect(diagnosis.status == status)
    #expect(diagnosis.sentence.hasSuffix("."))
  }

  @Test func `the provider's words are told without the code, the verifier or the secret`() throws {
    let exchange = FlowUnderTest(Self.entry()).exchange(code: "c1-EXAMPLE-0001")
    let body =
      #"{"error":"invalid_grant","error_description":"no c1-EXAMPLE-0001 \#(FlowUnderTest.verifier) here"}"#
    #expect(exchange.outcome(body, status: 400) == "refused: refused")
    let words = try #require(exchange.diagnosis?.providerSays)
    #expect(words == "no ‹redacted› ‹redacted› here")
  }

  @Test func `a number of Microsoft's is kept, and its own advice given`() {
    let exchange = FlowUnderTest(Self.entry()).exchange(code: "c")
    _ = exchange.outcome(
      #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret."}"#,
      status: 401)
    #expect(exchange.diagnosis?.nextStep.contains("not its identifier") == true)
    #expect(exchange.diagnosis?.providerSays?.contains("AADSTS7000215") == true)
  }

  @Test(arguments: [
    (401, #"{"error":"invalid_client"}"#, true),
    (400, #"{"error":"invalid_request","error_description":"Unregistered redirect_uri"}"#, true),
    (400, #"{"error":"invalid_grant"}"#, false), (500, #"{"error":"invalid_client"}"#, false),
  ])
  func `a client that the server has forgotten is told apart`(
    status: Int, body: String, isUnknown: Bool
  ) {
    let exchange = FlowUnderTest(Self.entry(mode: "MCP_OAUTH2")).exchange(code: "c")
    _ = exchange.outcome(body, status: status)
    #expect(exchange.isClientUnknown == isUnknown)
  }

  @Test func `a network that fails is no refusal`() {
    let exchange = FlowUnderTest(Self.entry()).exchange(code: "c")
    _ = exchange.next()
    exchange.fail(.timeout)
    #expect(exchange.next() == "refused: unreachable")
    #expect(exchange.diagnosis?.host == "a.example")
  }

  @Test func `what was got is handed out once`() {
    let exchange = FlowUnderTest(Self.entry()).exchange(code: "c")
    #expect(exchange.outcome(#"{"access_token":"t"}"#).hasPrefix("linked"))
    #expect(exchange.next().hasPrefix("refused"))
  }

  // MARK: Without a browser

  @Test
  func `a refresh token that somebody has is enough, and stays unless the answer has another`() {
    let flow = FlowUnderTest(Self.entry(#""token_response_metadata":["site"]"#))
    let exchange = flow.exchange(refreshToken: "mine+")
    #expect(
      exchange.next() == Self.form + "grant_type=refresh_token&refresh_token=mine%2B" + Self.client)
    exchange.answer(#"{"access_token":"t","site":"x"}"#)
    #expect(exchange.next() == "linked accessToken=t refreshToken=mine+ params.site=x")
    #expect(
      flow.exchange(refreshToken: "a").outcome(#"{"access_token":"t","refresh_token":"b"}"#)
        == "linked accessToken=t refreshToken=b")
  }

  @Test func `where no refresh token renews, none is taken`() {
    let flow = FlowUnderTest(
      #"{"auth_mode":"OAUTH2","token_url":"https://a.example"}"#, slug: "facebook")
    #expect(flow.exchange(refreshToken: "a").next() == "refused: uncheckable")
  }
}
