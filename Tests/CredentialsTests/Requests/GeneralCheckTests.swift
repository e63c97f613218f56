import Basics
import Drafts
import Requests
import Secrets
import Testing

@Suite struct GeneralChecks {
  private let key: KeyValuePairs = ["credentials.apiKey": Fixture.goodKey]

  @Test func `one call, one answer, one diagnosis`() {
    let session = SessionUnderTest(Fixture.acme, key)
    #expect(
      session.next()
        == "GET https://api.acme.example/v1/me authorization: Bearer \(Fixture.goodKey)")
    session.answer(204)
    #expect(session.next() == "done: accepted")
    #expect(session.diagnosis.host == "api.acme.example")
    #expect(session.diagnosis.status == 204)
    #expect(session.diagnosis.nextStep == "")
  }

  @Test(arguments: [
    (200, Diagnosis.Kind.accepted), (299, .accepted), (302, .unclear), (400, .unclear),
    (401, .refused), (402, .lacksRight), (403, .unclear), (404, .unclear), (407, .unreachable),
    (418, .unclear), (429, .busy), (500, .busy), (503, .busy),
  ])
  func `every status has its meaning`(status: Int, kind: Diagnosis.Kind) {
    let session = SessionUnderTest(Fixture.acme, key)
    _ = session.next()
    session.answer(status)
    #expect(session.diagnosis.kind == kind)
    #expect(session.diagnosis.sentence.hasSuffix("."))
    #expect((session.diagnosis.nextStep == "") == (kind == .accepted))
  }

  @Test func `nothing under an address with a setting in it points at the setting`() {
    let session = SessionUnderTest(
      """
      {"display_name":"Acme","auth_mode":"API_KEY",
       "proxy":{"base_url":"https://${connectionConfig.site}.acme.example",
        "verification":{"endpoints":["/me"]}},
       "connection_config":{"site":{"type":"string","title":"Site name"}}}
      """, ["credentials.apiKey": "k", "params.site": "north"])
    _ = session.next()
    session.answer(404)
    #expect(session.diagnosis.kind == .wrongTenant)
    #expect(session.diagnosis.nextStep == "Check Site name.")
  }

  /// Two answers that decide nothing, or the same, are told apart by what can be done about them.
  @Test(arguments: [
    (302, "perhaps to sign in", "Check again later"), (304, "a copy already", "unchecked"),
    (400, "does not understand", "Compare each value"),
    (401, "mistyped, expired or revoked", "create a new one"), (402, "a payment is due", "bills"),
    (403, "does not say why", "firewall"),
    (404, "is not there", "unchecked"), (418, "says nothing", "unchecked"),
    (429, "too often", "in some minutes"), (502, "trouble of its own", "in some minutes"),
  ])
  func `a status has its own sentence and next step`(status: Int, sentence: String, next: String) {
    let session = SessionUnderTest(Fixture.acme, key)
    _ = session.next()
    session.answer(status)
    #expect(session.diagnosis.sentence.contains(sentence))
    #expect(session.diagnosis.nextStep.contains(next))
  }

  @Test func `the first endpoint that answers with success decides`() {
    let json = """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example/",
        "verification":{"endpoints":["v1/me","/v2/me"]}}}
      """
    let session = SessionUnderTest(json, key)
    #expect(session.next() == "GET https://a.example/v1/me")
    session.answer(404)
    #expect(session.next() == "GET https://a.example/v2/me")
    session.answer(200)
    #expect(session.next() == "done: accepted")
    let refused = SessionUnderTest(json, key)
    _ = refused.next()
    refused.answer(401)
    _ = refused.next()
    refused.answer(404)
    #expect(refused.diagnosis.kind == .refused)
  }

  /// Headers, each as `name: value`, and when they ask to come again.
  static let waits: [(headers: [String], words: String)] = [
    (["Retry-After: 17"], "in 17 seconds"), (["Retry-After: 1"], "in 1 second"),
    (["Retry-After: 0"], "now"), (["Retry-After: 36.2"], "in 37 seconds"),
    (
      ["Date: Mon, 24 Aug 2026 13:05:09 GMT", "Retry-After: Mon, 24 Aug 2026 13:05:46 GMT"],
      "in 37 seconds"
    ),
    (
      ["Date: Mon, 24 Aug 2026 13:05:09 GMT", "Retry-After: Monday, 24-Aug-26 13:06:46 GMT"],
      "in 97 seconds"
    ),
    (["Date: Mon, 24 Aug 2026 13:05:09 GMT", "X-RateLimit-Reset: 1787576769"], "in 60 seconds"),
    (["RateLimit-Reset: 5"], "in 5 seconds"), (["Retry-After: soon"], "in some minutes"),
  ]

  @Test(arguments: waits)
  func `a wish to wait is passed on to the second`(headers: [String], words: String) {
    let lines = headers.map { line in
      let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
      return (name: parts[0], value: parts[1])
    }
    for status in [429, 503] {
      let session = SessionUnderTest(Fixture.acme, key)
      _ = session.next()
      session.answer(status, headers: lines)
      #expect(session.diagnosis.nextStep.hasPrefix("Check again \(words); "))
    }
  }

  @Test func `a host of the entry cannot be mistyped, and one that was typed can`() {
    let entry = SessionUnderTest(Fixture.acme, key)
    _ = entry.next()
    entry.fail(.noName)
    #expect(!entry.diagnosis.nextStep.contains("spelling"))
    #expect(entry.diagnosis.nextStep.contains("has a network"))
    let typed = SessionUnderTest(
      """
      {"display_name":"Acme","auth_mode":"API_KEY",
       "proxy":{"base_url":"https://${connectionConfig.site}.acme.example",
        "verification":{"endpoints":["/me"]}},
       "connection_config":{"site":{"type":"string","title":"Site name"}}}
      """, ["credentials.apiKey": "k", "params.site": "north"])
    _ = typed.next()
    typed.fail(.noName)
    #expect(typed.diagnosis.nextStep.hasPrefix("Check Site name"))
  }

  @Test(arguments: Diagnosis.Cause.allCases)
  func `what keeps the provider from being asked has a sentence and a next step`(
    cause: Diagnosis.Cause
  ) {
    let session = SessionUnderTest(Fixture.acme, key)
    _ = session.next()
    session.fail(cause, "it said \u{1B}[31mno to \(Fixture.goodKey)")
    let diagnosis = session.diagnosis
    #expect(diagnosis.cause == cause)
    #expect(diagnosis.exitCode == .notAsked)
    #expect(diagnosis.sentence.hasSuffix("."))
    #expect(!diagnosis.nextStep.isEmpty)
    #expect(!diagnosis.sentence.contains("EXAMPLE"))
    #expect(!diagnosis.sentence.contains("\u{1B}"))
  }

  @Test(arguments: [
    #"{"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example"}}"#,
    #"{"auth_mode":"API_KEY","credentials_verification_script":"x"}"#, #"{"auth_mode":"NONE"}"#,
    #"{"auth_mode":"OAUTH2"}"#, #"{"auth_mode":"TBA"}"#,
  ])
  func `where no check is known nothing is asked, and it is said`(json: String) {
    let session = SessionUnderTest(json, key)
    #expect(session.next() == "done: uncheckable")
    #expect(session.diagnosis.exitCode == .done)
    #expect(session.diagnosis.host == nil)
  }

  @Test func `the user and the password go as Basic, an empty password too`() {
    let json = """
      {"auth_mode":"BASIC","proxy":{"base_url":"https://a.example",
        "verification":{"endpoints":["/me"]}}}
      """
    let session = SessionUnderTest(json, ["credentials.username": "k-EXAMPLE"])
    #expect(session.next() == "GET https://a.example/me authorization: Basic ay1FWEFNUExFOg==")
  }

  @Test func `headers win in the order of the format`() {
    let session = SessionUnderTest(
      """
      {"auth_mode":"BASIC","proxy":{"base_url":"https://a.example",
        "headers":{"Authorization":"Own ${username}","User-Agent":"proxy","X-A":"1",
          "x-none":"${connectionConfig.none}"},
        "verification":{"endpoints":["/me"],"headers":{"x-a":"2","user-agent":"check"}}}}
      """, ["credentials.username": "ann"])
    #expect(
      session.next() == "GET https://a.example/me authorization: Own ann user-agent: proxy x-a: 2")
  }

  @Test func `a query parameter goes in beside those that are there`() {
    let session = SessionUnderTest(
      """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
        "query":{"key":"${apiKey}","gone":"${connectionConfig.none}","page":"2"},
        "verification":{"endpoints":["/me?page=1&q=a%20b"]}}}
      """, ["credentials.apiKey": "k &EXAMPLE"])
    #expect(session.next() == "GET https://a.example/me?page=2&q=a+b&key=k+%26EXAMPLE")
  }

  @Test func `a body is merged, and what has no value vanishes`() {
    let session = SessionUnderTest(
      """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
        "body":{"key":"${apiKey}","none":"${connectionConfig.none}"},
        "verification":{"method":"POST","endpoints":["/me"],
          "data":{"n":1,"deep":{"none":"${connectionConfig.none}"},"list":["a","${apiKey}"]}}}}
      """, ["credentials.apiKey": "k\"\nEXAMPLE"])
    #expect(
      session.next()
        == #"POST https://a.example/me {"n":1,"list":["a","k\"\nEXAMPLE"],"key":"k\"\nEXAMPLE"}"#)
  }

  @Test func `a form body is encoded as a form`() {
    let session = SessionUnderTest(
      """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
        "headers":{"content-type":"application/x-www-form-urlencoded"},
        "verification":{"method":"POST","endpoints":["/me"],"data":
          {"a b":"${apiKey}","none":null,"deep":{"n":1,"list":[true,"${apiKey}"]}}}}}
      """, ["credentials.apiKey": "x&y=é z"])
    #expect(
      session.next()
        == "POST https://a.example/me content-type: application/x-www-form-urlencoded "
        + "a+b=x%26y%3D%C3%A9+z&none=&deep%5Bn%5D=1&deep%5Blist%5D%5B%5D=true"
        + "&deep%5Blist%5D%5B%5D=x%26y%3D%C3%A9+z")
  }

  @Test func `of two base addresses the setting chooses`() {
    let json = """
      {"auth_mode":"API_KEY","proxy":{
        "base_url":"https://${connectionConfig.host} || https://${connectionConfig.name}.a.example",
        "verification":{"endpoints":["/me"]}}}
      """
    let host = SessionUnderTest(json, ["params.host": "own.example", "params.name": "x"])
    #expect(host.next() == "GET https://own.example/me")
    let name = SessionUnderTest(json, ["params.name": "north"])
    #expect(name.next() == "GET https://north.a.example/me")
  }

  @Test func `a line break in a value never gets into a header`() {
    let session = SessionUnderTest(
      Fixture.acme, ["credentials.apiKey": "k-EXAMPLE\r\nhost: evil.example"])
    #expect(session.next() == "done: unclear")
    #expect(session.diagnosis.sentence.contains("authorization"))
    #expect(!session.diagnosis.sentence.contains("evil"))
  }

  @Test func `the settings of the generic provider say where the key goes`() {
    let provider = Fixture.provider(
      #"{"auth_mode":"API_KEY","proxy":{"verification":{"endpoints":["/me"]}}}"#,
      slug: "private-api-generic")
    func first(_ placement: String) -> String {
      SessionUnderTest(
        Submission(
          provider: provider,
          values: SecretValues(fixture: [
            "credentials.apiKey": "k-EXAMPLE",
            "integration_config.baseUrl": "https://own.example/v1/",
            "integration_config.keyName": "X-Own", "integration_config.keyPlacement": placement,
            "integration_config.valueTemplate": "Own ${apiKey}",
          ]))
      ).next()
    }
    #expect(first("header") == "GET https://own.example/v1/me x-own: Own k-EXAMPLE")
    #expect(first("query") == "GET https://own.example/v1/me?X-Own=Own+k-EXAMPLE")
  }

  @Test func `a value that is missing is named before anything is sent`() {
    let session = SessionUnderTest(Fixture.acme, [:])
    #expect(session.next() == "done: unclear")
    #expect(session.diagnosis.sentence.contains("API key"))
  }
}
