import Drafts
import ProviderFormat
import Requests
import Testing

@Suite struct TokenRevocations {
  private static func entry(_ revoke: String, _ more: String = "") -> String {
    """
    {"display_name":"Hub","auth_mode":"OAUTH2","token_url":"https://h.example/token"\(more),
     "proxy":{"base_url":"https://h.example"},"usher":{"revoke":{\(revoke)}}}
    """
  }

  private static let both: KeyValuePairs = ["accessToken": "a1", "refreshToken": "r1"]
  private static let url = #""token_url":"https://h.example/revoke""#
  private static let head =
    "POST https://h.example/revoke content-type: application/x-www-form-urlencoded accept: application/json "

  private static var client: KeyValuePairs<String, String> {
    [OAuthClient.idField.description: "app", OAuthClient.secretField.description: "s"]
  }

  private func session(
    _ entry: String, known: KeyValuePairs<String, String>? = Self.both, life: Int64? = nil
  ) -> RevocationUnderTest {
    RevocationUnderTest(entry, Self.client, known: known, life: life)
  }

  @Test func `the refresh token goes first, then the access token`() {
    let session = session(Self.entry(Self.url))
    #expect(
      session.next()
        == Self.head + "token=r1&token_type_hint=refresh_token&client_id=app&client_secret=s")
    session.answer(200)
    #expect(
      session.next()
        == Self.head + "token=a1&token_type_hint=access_token&client_id=app&client_secret=s")
    session.answer(200, "{}")
    #expect(session.next() == "revoked")
  }

  @Test func `the client shows who it is as the entry or usher revoke says`() {
    let header = session(Self.entry(Self.url, #","authorization_method":"header""#)).next()
    #expect(header.contains("authorization: Basic ") && !header.contains("client_secret"))
    let none = session(
      Self.entry(
        Self.url
          + #","auth_method":"none","token_params":{"client_id":null,"token_type_hint":null}"#)
    ).next()
    #expect(none == Self.head + "token=r1")
  }

  @Test func `a token that is gone already is taken back`() {
    let session = session(Self.entry(Self.url), known: ["accessToken": "a1"])
    _ = session.next()
    session.answer(400, #"{"error":"invalid_token"}"#)
    #expect(session.next() == "revoked")
  }

  @Test func `where one kind is not taken back the other is, and what is left is told`() {
    let refreshLeft = session(Self.entry(Self.url))
    _ = refreshLeft.next()
    refreshLeft.answer(400, #"{"error":"unsupported_token_type"}"#)
    #expect(refreshLeft.next().contains("token=a1"))
    refreshLeft.answer(200)
    #expect(refreshLeft.next() == "failed: unclear")
    #expect(refreshLeft.diagnosis?.sentence.contains("refresh token") == true)
    for (life, outcome) in [(Int64(-5), "revoked"), (60, "failed: unclear")] {
      let accessLeft = session(Self.entry(Self.url), life: life)
      _ = accessLeft.next()
      accessLeft.answer(200)
      _ = accessLeft.next()
      accessLeft.answer(400, #"{"error":"unsupported_token_type"}"#)
      #expect(accessLeft.next() == outcome)
    }
  }

  @Test(arguments: [
    (401, #"{"error":"invalid_client"}"#, "failed: refused"), (404, "{}", "failed: unclear"),
    (503, "", "failed: busy"),
  ])
  func `other answers are failures`(status: Int, body: String, outcome: String) {
    let session = session(Self.entry(Self.url))
    _ = session.next()
    session.answer(status, body)
    #expect(session.next() == outcome)
  }

  @Test func `well-known servers are known by where the tokens come from`() {
    func next(_ tokenURL: String) -> String {
      let entry = #"{"display_name":"X","auth_mode":"OAUTH2","token_url":"\#(tokenURL)"}"#
      return session(entry).next()
    }
    #expect(
      next("https://oauth2.googleapis.com/token").hasPrefix(
        "POST https://oauth2.googleapis.com/revoke"))
    let github = next("https://github.com/login/oauth/access_token")
    #expect(github.hasPrefix("DELETE https://api.github.com/applications/app/grant"), "\(github)")
    #expect(github.contains("authorization: Basic "), "\(github)")
    #expect(github.hasSuffix(#"{"access_token":"a1"}"#), "\(github)")
    #expect(next("https://slack.com/api/oauth.v2.access").contains("Bearer a1"))
    #expect(next("https://other.example/token") == "failed: unclear")
  }

  @Test func `a server that was found out about is asked where, unless that is kept`() {
    let server =
      #"{"issuer":"https://m.example","authorization_endpoint":"https://m.example/a","token_endpoint":"https://m.example/t""#
    func session(_ more: String) -> RevocationUnderTest {
      RevocationUnderTest(
        #"{"display_name":"Tools","auth_mode":"MCP_OAUTH2_GENERIC"}"#,
        [
          OAuthClient.idField.description: "app",
          AuthorizationServer.setting.description: server + more + "}",
        ], known: Self.both)
    }
    let kept = session(#","revocation_endpoint":"https://m.example/r""#)
    #expect(kept.next().hasPrefix("POST https://m.example/r "))
    let asked = session("")
    #expect(
      asked.next().hasPrefix("GET https://m.example/.well-known/oauth-authorization-server"))
    asked.answer(
      200,
      server + #","response_types_supported":["code"],"revocation_endpoint":"https://m.example/x"}"#
    )
    #expect(
      asked.next()
        == "POST https://m.example/x content-type: application/x-www-form-urlencoded accept: application/json token=r1&token_type_hint=refresh_token&client_id=app"
    )
    let silent = session("")
    _ = silent.next()
    silent.answer(200, server + #","response_types_supported":["code"]}"#)
    #expect(silent.next() == "failed: unclear")
  }

  @Test func `the way is a request, a page or none`() {
    func way(_ json: String, tokens: Bool) -> RevocationWay? {
      let order = RevocationUnderTest.order(json, [:], known: tokens ? Self.both : nil)
      return RevocationWay(order.submission.provider, known: order.token)
    }
    let page = #""page":"https://h.example/apps","# + Self.url
    #expect(way(Self.entry(page), tokens: true) == .request)
    #expect(way(Self.entry(page), tokens: false) == .page("https://h.example/apps"))
    #expect(way(#"{"auth_mode":"API_KEY"}"#, tokens: false) == nil)
  }
}
