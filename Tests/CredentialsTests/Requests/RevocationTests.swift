import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// A session in a class, because `#expect` cannot take a noncopyable one.
private final class RevocationUnderTest {
  private var session: RevocationSession

  init(
    _ json: String, _ values: KeyValuePairs<String, String> = [:], slug: String = "acme",
    known: KeyValuePairs<String, String>? = nil, life: Int64? = nil
  ) {
    session = RevocationSession(Self.order(json, values, slug: slug, known: known, life: life))
  }

  static func order(
    _ json: String, _ values: KeyValuePairs<String, String>, slug: String = "acme",
    known: KeyValuePairs<String, String>?, life: Int64? = nil
  ) -> RevocationOrder {
    let submission = Submission(
      provider: Fixture.provider(json, slug: slug), values: SecretValues(fixture: values))
    var token: TokenSet?
    if let known {
      var kept = SecretMap<String>()
      for (name, text) in known { kept.set(name, to: SecretBuffer(fixture: text)) }
      let now = Timestamp.now()
      token = TokenSet(
        values: kept, obtained: now,
        expires: life.map { Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + $0) })
    }
    return RevocationOrder(submission, token: token)
  }

  /// What is sent next, else what came of it.
  func next() -> String {
    switch session.next() {
    case .send(let request): return request.fixtureText
    case .done(let outcome):
      switch outcome {
      case .revoked: return "revoked"
      case .failed(let diagnosis): return "failed: \(diagnosis.kind.rawValue)"
      }
    }
  }

  func answer(_ status: Int, _ body: String = "", type: String = "application/json") {
    session.receive(
      CheckAnswer(
        status: status, headers: [(name: "content-type", value: type)],
        body: SecretBuffer(fixture: body)))
  }

  func fail(_ cause: Diagnosis.Cause) { session.fail(cause, detail: nil) }

  var diagnosis: Diagnosis? {
    switch session.next() {
    case .send: return nil
    case .done(let outcome):
      guard case .failed(let diagnosis) = outcome else { return nil }
      return diagnosis
    }
  }
}

@Suite struct Revocations {
  private static let key: KeyValuePairs = ["credentials.apiKey": "k-7-s"]

  private static func entry(_ revoke: String, derive: String = "", check: String = "") -> String {
    """
    {"display_name":"Acme","auth_mode":"API_KEY","proxy":{"base_url":"https://a.example/v1",
     "headers":{"authorization":"Bearer ${apiKey}"}},"credentials":{"apiKey":{"type":"string"}},
     "usher":{\(derive)\(check)"revoke":{"page":"https://a.example/keys",\(revoke)}}}
    """
  }

  private static let plain = entry(
    #""method":"DELETE","url":"/keys/${derived.id}""#,
    derive: #""derive":[{"name":"id","from":"credentials.apiKey","pattern":"^k-([0-9]+)-"}],"#,
    check: #""check":[{"url":"/me","answers":[]}],"#)

  private static let sent = "DELETE https://a.example/v1/keys/7 authorization: Bearer k-7-s"
  private static let check = "GET https://a.example/v1/me authorization: Bearer k-7-s"

  @Test func `a key is taken back by the request that the entry declares`() {
    for status in [200, 204] {
      let session = RevocationUnderTest(Self.plain, Self.key)
      #expect(session.next() == Self.sent)
      session.answer(status)
      #expect(session.next() == "revoked")
    }
  }

  @Test(arguments: [
    (401, 401, "revoked"), (401, 200, "failed: lacks_right"), (401, 503, "failed: busy"),
    (404, 401, "revoked"), (404, 404, "revoked"), (410, 200, "failed: lacks_right"),
    (410, 401, "revoked"), (404, 200, "failed: lacks_right"),
  ])
  func `what leaves open whether the key is good is settled by the check`(
    status: Int, checked: Int, outcome: String
  ) {
    let session = RevocationUnderTest(Self.plain, Self.key)
    _ = session.next()
    session.answer(status)
    #expect(session.next() == Self.check)
    session.answer(checked, checked == 200 ? "{}" : "")
    #expect(session.next() == outcome)
  }

  @Test(arguments: [
    (403, "{}", "failed: lacks_right"), (429, "", "failed: busy"), (500, "", "failed: busy"),
    (422, "{}", "failed: unclear"), (200, #"{"ok":false,"error":"no"}"#, "failed: unclear"),
  ])
  func `anything else is a failure, and names the page`(
    status: Int, body: String, outcome: String
  ) {
    let session = RevocationUnderTest(Self.plain, Self.key)
    _ = session.next()
    session.answer(status, body)
    #expect(session.next() == outcome)
    #expect(session.diagnosis?.nextStep.contains("https://a.example/keys") == true)
  }

  @Test func `a page of whoever stands between is no answer of the provider`() {
    for status in [200, 404] {
      let session = RevocationUnderTest(Self.plain, Self.key)
      _ = session.next()
      session.answer(status, "<html><title>Welcome</title></html>", type: "text/html")
      #expect(session.next().hasPrefix("failed"))
    }
  }

  @Test func `without an answer nothing is believed`() {
    let session = RevocationUnderTest(Self.plain, Self.key)
    _ = session.next()
    session.fail(.connectionReset)
    #expect(session.next() == "failed: unreachable")
  }

  @Test func `what only an answer of the check tells is asked for first`() {
    let entry = Self.entry(
      #""method":"POST","url":"/revoke","body":{"id":"${derived.id}"},"headers":{"x-a":"b"}"#,
      derive: #""derive":[{"name":"id","answer":"key.id"}],"#,
      check: #""check":[{"url":"/me","answers":[]}],"#)
    let session = RevocationUnderTest(entry, Self.key)
    #expect(session.next() == Self.check)
    session.answer(200, #"{"key":{"id":"n1"}}"#)
    let request = session.next()
    #expect(request.hasPrefix("POST https://a.example/v1/revoke"), "\(request)")
    #expect(request.contains("x-a: b") && request.hasSuffix(#"{"id":"n1"}"#), "\(request)")
    let ended = RevocationUnderTest(entry, Self.key)
    _ = ended.next()
    ended.answer(401)
    #expect(ended.next() == "revoked")
  }

  @Test func `a dry run shows the request without its secrets`() throws {
    let planned = try RevocationSession.plan(
      RevocationUnderTest.order(Self.plain, Self.key, known: nil))
    let text = try planned.json().fixtureText
    #expect(text.contains("https://a.example/v1/keys/") && text.contains("DELETE"), "\(text)")
    #expect(!text.contains("k-7-s"))
  }
}

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
