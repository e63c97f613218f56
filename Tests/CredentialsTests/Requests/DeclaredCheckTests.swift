import Basics
import Requests
import Testing

@Suite struct DeclaredChecks {
  /// Two requests and a fallback, like a provider whose keys can read their own record.
  private static let json = """
    {"display_name":"Acme","auth_mode":"API_KEY",
     "proxy":{"base_url":"https://a.example/api","headers":{"authorization":"Bearer ${apiKey}"}},
     "connection_config":{"org":{"type":"string","title":"Organization"}},
     "usher":{
      "derive":[{"name":"id","pattern":"^acme-([a-z]+)-","from":"credentials.apiKey"},
        {"name":"team","answer":"team.id"}],
      "check":[
       {"url":"/keys/${derived.id}","answers":[
         {"status":200,"where":{"type":"device"},"means":"wrong_kind","say":"A device key."},
         {"status":200,"means":"continue","read":{"account":["user.name","user.email"],
           "expires":"expires","rights":"scopes","organization":"team.name"}},
         {"status":404,"means":"continue"},
         {"status":403,"contains":"Does Not Match","means":"wrong_tenant","next":"Look."}]},
       {"url":"https://b.example/teams/${derived.team}"},
       {"url":"/users/${connectionConfig.org}","skip_when":{"field":"params.org","equals":"-"},
         "answers":[{"status":404,"means":"wrong_tenant","say":"No such organization."}]},
       {"url":"/ping","fallback":true}]}}
    """

  private static let key = "acme-abc-EXAMPLE"

  @Test func `facts are read on the way and the last answer decides`() {
    let session = SessionUnderTest(
      Self.json, ["credentials.apiKey": Self.key, "params.org": "north/1"])
    #expect(
      session.next() == "GET https://a.example/api/keys/abc authorization: Bearer \(Self.key)")
    session.answer(
      200,
      #"{"type":"api","user":{"email":"ann@example.com"},"expires":"2026-11-20T00:00:00Z","#
        + #""scopes":["read","write"],"team":{"id":7,"name":"North"}}"#)
    #expect(
      session.next() == "GET https://b.example/teams/7 authorization: Bearer \(Self.key)")
    session.answer(200)
    #expect(session.next() == "done: accepted")
    let diagnosis = session.diagnosis
    #expect(diagnosis.account == "ann@example.com")
    #expect(diagnosis.organization == "North")
    #expect(diagnosis.rights == ["read", "write"])
    #expect(diagnosis.expires?.day == "2026-11-20")
  }

  @Test func `a request whose derived part is unknown is left out`() {
    let session = SessionUnderTest(
      Self.json, ["credentials.apiKey": "x-EXAMPLE", "params.org": "north/1"])
    #expect(
      session.next() == "GET https://a.example/api/users/north%2F1 authorization: Bearer x-EXAMPLE")
    session.answer(404, #"{"message":"no such \u001b[1morg"}"#)
    #expect(session.next() == "done: wrong_tenant")
    #expect(session.diagnosis.sentence == "No such organization.")
    #expect(session.diagnosis.providerSays == "no such [1morg")
  }

  @Test func `a fallback is asked only when nothing before it worked`() {
    let session = SessionUnderTest(Self.json, ["credentials.apiKey": Self.key, "params.org": "-"])
    _ = session.next()
    session.answer(404)
    #expect(session.next() == "GET https://a.example/api/ping authorization: Bearer \(Self.key)")
    session.answer(401, #"{"error":{"message":"bad key"}}"#)
    #expect(session.diagnosis.kind == .refused)
    #expect(session.diagnosis.providerSays == "bad key")
  }

  @Test func `what continues and is never decided counts by its answers`() {
    let good = SessionUnderTest(Self.json, ["credentials.apiKey": Self.key, "params.org": "-"])
    _ = good.next()
    good.answer(200, "{}")
    #expect(good.next() == "done: accepted")
  }

  @Test func `another kind of key is told by the answer's body`() {
    let session = SessionUnderTest(Self.json, ["credentials.apiKey": Self.key])
    _ = session.next()
    session.answer(200, #"{"type":"device"}"#)
    #expect(session.diagnosis.kind == .wrongKind)
    #expect(session.diagnosis.sentence == "A device key.")
  }

  @Test func `words of the body count without regard to case`() {
    let session = SessionUnderTest(Self.json, ["credentials.apiKey": Self.key])
    _ = session.next()
    session.answer(403, "user tailnet DOES not match")
    #expect(session.diagnosis.kind == .wrongTenant)
    #expect(session.diagnosis.nextStep == "Look.")
    let other = SessionUnderTest(Self.json, ["credentials.apiKey": Self.key])
    _ = other.next()
    other.answer(403, "something else")
    #expect(other.diagnosis.kind == .lacksRight)
  }

  @Test(arguments: [
    "", "not json", "[]", "null", "{\"type\":", String(repeating: "[", count: 9999),
  ])
  func `a body that is not what is expected is no crash`(body: String) {
    let session = SessionUnderTest(Self.json, ["credentials.apiKey": Self.key, "params.org": "-"])
    _ = session.next()
    session.answer(200, body)
    #expect(session.next() == "done: accepted")
    #expect(session.diagnosis.account == nil)
  }
}
