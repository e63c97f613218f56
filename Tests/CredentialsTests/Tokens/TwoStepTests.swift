import Basics
import Drafts
import Requests
import Secrets
import Testing

@Suite struct TwoSteps {
  private static let login: KeyValuePairs = [
    "credentials.user": "ann", "credentials.password": "p||q <&> EXAMPLE",
    "params.site": "north",
  ]

  private static func entry(_ members: String) -> String {
    """
    {"display_name":"Acme","auth_mode":"TWO_STEP","token_url":"https://id.acme.example/login",
     "token_response":{"token":"token"},\(members)}
    """
  }

  private static func request(
    _ members: String, _ values: KeyValuePairs<String, String> = login
  ) -> String {
    SessionUnderTest(entry(members), values).next()
  }

  @Test(arguments: [
    (
      #""token_params":{"u":"${credentials.user}","n":1,"t":true,"x":null,"d":{"p":"${password}"}}"#,
      #"POST https://id.acme.example/login "#
        + #"{"u":"ann","n":1,"t":true,"x":null,"d":{"p":"p||q <&> EXAMPLE"}}"#
    ),
    (
      #""body_format":"form","token_params":{"u":"${credentials.user}","p":"${credentials.password}","n":1}"#,
      "POST https://id.acme.example/login u=ann&p=p%7C%7Cq+%3C%26%3E+EXAMPLE&n=1"
    ),
    (
      #""token_params":{"s":"${connectionConfig.site}","o":"${connectionConfig.no} || other"}"#,
      #"POST https://id.acme.example/login {"s":"north","o":"other"}"#
    ),
    (
      #""token_headers":{"Authorization":"Basic ${base64(${user}:1)}"},"token_request_method":"GET""#,
      "GET https://id.acme.example/login authorization: Basic YW5uOjE="
    ),
    (#""body_format":"json""#, "POST https://id.acme.example/login {}"),
    (
      #""body_format":"xml","token_params":{"request":{"$v":"1","user":{"$id":"${user}","#
        + ##""#text":"${password}"},"item":["a","b"],"none":null}}"##,
      #"POST https://id.acme.example/login <request v="1"><user id="ann">"#
        + "p||q &lt;&amp;&gt; EXAMPLE</user><item>a</item><item>b</item><none></none></request>"
    ),
  ])
  func `parameters are written as the entry says`(members: String, request: String) {
    #expect(Self.request(members) == request)
  }

  @Test func `a bar in a value is never taken for a choice`() {
    #expect(
      Self.request(#""token_params":{"p":"${credentials.password}"}"#)
        .hasSuffix(#"{"p":"p||q <&> EXAMPLE"}"#))
  }

  @Test func `what may stay empty is sent empty, and what may not is an error`() {
    let members = """
      "token_params":{"a":"${credentials.a}"},
      "credentials":{"a":{"type":"string","title":"A","optional":OPTIONAL}}
      """
    let optional = members.replacing("OPTIONAL", with: "true")
    #expect(Self.request(optional).hasSuffix(#"{"a":""}"#))
    #expect(Self.request(members.replacing("OPTIONAL", with: "false")) == "done: unclear")
  }

  @Test func `what the owner of the integration has set wins`() {
    #expect(
      Self.request(
        #""token_params":{"c":"${credentials.user}"}"#,
        ["credentials.user": "ann", "integration_config.user": "owner"]
      ).hasSuffix(#"{"c":"owner"}"#))
  }

  private static let threeSteps = entry(
    """
    "body_format":"form","token_params":{"u":"${credentials.user}"},
    "additional_steps":[
     {"token_url":"https://id.acme.example/${step1.session.id}/key",
      "token_headers":{"x-session":"${step1.session.id}"},"token_params":{"k":"${step1.keys[1]}"}},
     {"token_request_method":"GET","token_url":"https://${connectionConfig.site}.acme.example/t",
      "token_headers":{"x-key":"${step2.key}","x-first":"${step1.session.id}"}}]
    """)

  @Test func `later steps use what earlier answers gave`() {
    let session = SessionUnderTest(Self.threeSteps, Self.login)
    #expect(session.next() == "POST https://id.acme.example/login u=ann")
    session.answer(201, #"{"session":{"id":"s/1"},"keys":["a","b=c"]}"#)
    #expect(session.next() == "POST https://id.acme.example/s%2F1/key x-session: s/1 k=b%3Dc")
    session.answer(200, #"{"key":12}"#)
    #expect(session.next() == "GET https://north.acme.example/t x-key: 12 x-first: s/1")
    session.answer(200, #"{"token":"t-EXAMPLE-TOKEN"}"#)
    #expect(session.next() == "done: accepted")
  }

  @Test func `a plan shows every step, with marks for what only an answer can tell`() throws {
    let submission = Submission(
      provider: Fixture.provider(Self.threeSteps), values: SecretValues(fixture: Self.login))
    let json = try CheckSession.plan(submission).json(revealing: true).fixtureText
    let urls = try Value(json: json)["requests"]?.list?.compactMap { $0["url"]?.text }
    #expect(
      urls == [
        "https://id.acme.example/login", "https://id.acme.example/ANSWER-step1.session.id/key",
        "https://north.acme.example/t",
      ])
    #expect(CheckSession.hosts(of: submission) == ["id.acme.example", "north.acme.example"])
  }

  @Test(arguments: [
    (1, 200, true), (1, 201, true), (1, 204, false), (2, 201, false), (2, 200, true),
  ])
  func `only some successes count`(step: Int, status: Int, goesOn: Bool) {
    let session = SessionUnderTest(Self.threeSteps, Self.login)
    let good = #"{"session":{"id":"1"},"keys":["a","b"],"key":1}"#
    _ = session.next()
    if step == 2 {
      session.answer(200, good)
      _ = session.next()
    }
    session.answer(status, good)
    #expect(session.next().hasPrefix("done") != goesOn)
  }

  @Test func `a step without what it needs says which value is missing`() {
    let session = SessionUnderTest(Self.threeSteps, Self.login)
    _ = session.next()
    session.answer(200, "{}")
    #expect(session.next() == "done: unclear")
    #expect(session.diagnosis.sentence.contains("step1.session.id"))
  }

  @Test func `an answer in XML is read like any other`() {
    let session = SessionUnderTest(
      """
      {"auth_mode":"TWO_STEP","token_url":"https://a.example/x","body_format":"xml",
       "token_response":{"token":"r.data.api.session","token_expiration":"r.data.api.until",
        "token_expiration_strategy":"expireAt"},"token_params":{"r":"1"}}
      """, [:])
    _ = session.next()
    session.answer(
      200,
      "<?xml version='1.0'?><r><data><api><session> t&#45;1 </session>"
        + "<until>2030-01-01T00:00:00Z</until></api></data></r>")
    #expect(session.diagnosis.kind == .accepted)
    #expect(session.diagnosis.tokenExpires?.description == "2030-01-01T00:00:00Z")
  }

  @Test func `cookies of the login go to the steps that ask for them`() {
    let session = SessionUnderTest(
      Self.entry(
        """
        "token_response_headers":["set-cookie"],"additional_steps":[{"token_url":
        "https://id.acme.example/2","token_headers":{"cookie":"${credentials._cookies}"}}]
        """), Self.login)
    _ = session.next()
    session.answer(
      200, "{}",
      headers: [("Set-Cookie", "a=1; Path=/"), ("set-cookie", "b=2=3"), ("set-cookie", "x")])
    #expect(session.next() == "POST https://id.acme.example/2 cookie: a=1; b=2=3 {}")
  }
}
