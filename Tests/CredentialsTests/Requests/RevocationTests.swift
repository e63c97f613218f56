import Basics
import ProviderFormat
import Requests
import Testing

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
