import Basics
import Drafts
import Requests
import Secrets
import Testing

/// What an answer comes to, and what is shown of request and answer.
@Suite struct CallAnswers {
  private static let entry = """
    {"display_name":"Acme","auth_mode":"API_KEY","proxy":{"base_url":"\(CallUnderTest.host)",
      "headers":{"authorization":"Bearer ${apiKey}"}},
     "credentials":{"apiKey":{"type":"string","title":"API key"}}}
    """
  private static let values: KeyValuePairs = ["credentials.apiKey": "key-EXAMPLE-0001"]

  private static func session(_ call: APICall = APICall("POST /me"), heads: Bool = false)
    -> CallUnderTest
  {
    var options = CallOptions()
    options.tellsHeads = heads
    return CallUnderTest(entry, call, values, options: options)
  }

  @Test(arguments: [200, 201, 204, 206, 304])
  func `a success goes to the output byte for byte`(status: Int) {
    let session = Self.session()
    _ = session.next()
    #expect(session.handling(status) == .stream)
    session.streamed(status)
    #expect(session.next() == "done 0")
    #expect(session.outcome == CallOutcome(status: status))
    #expect(session.outcome?.isDone == true)
  }

  /// Rows of the table in `TokensAndCalls`.
  @Test(arguments: [
    (400, 1), (401, 5), (402, 1), (403, 5), (404, 1), (405, 1), (409, 1), (422, 1), (429, 6),
    (500, 6), (503, 6), (599, 6), (302, 1), (999, 6), (100, 1),
  ])
  func `anything else is kept, and told by its status`(status: Int, code: Int32) {
    let session = Self.session()
    _ = session.next()
    #expect(session.handling(status) == .keep(limit: 1 << 20))
    session.answer(status, "body")
    #expect(session.next() == "done \(code)")
    #expect(session.outcome?.status == status)
    #expect(session.outcome?.body == Array("body".utf8))
    #expect(session.outcome?.diagnosis?.sentence.isEmpty == false)
    #expect(session.outcome?.diagnosis?.status == status)
  }

  @Test(arguments: [
    (404, "", "there is nothing at this address"), (405, "", "does not take this method"),
    (400, "", "does not understand the request"), (418, "", "Acme answered 418."),
    (401, "", "refuses these credentials"),
    (403, #"{"message":"no right to do that"}"#, "does not let these credentials do this"),
  ])
  func `the words are about the call, not about a check`(
    status: Int, body: String, words: String
  ) throws {
    let session = Self.session()
    _ = session.next()
    session.answer(status, body)
    _ = session.next()
    let diagnosis = try #require(session.outcome?.diagnosis)
    #expect(diagnosis.sentence.contains(words))
    #expect(!diagnosis.sentence.contains("check"))
    #expect(!diagnosis.nextStep.contains("again later, or store it"))
  }

  @Test(arguments: [
    ("https://b.example/login?next=key-EXAMPLE-0001", "to https://b.example/login:"),
    ("/elsewhere", "to api.acme.example/elsewhere:"), ("//b.example", "to //b.example:"),
  ])
  func `where an answer leads is named, and nobody goes there`(location: String, words: String) {
    let session = Self.session()
    _ = session.next()
    session.answer(302, headers: [("Location", location)])
    #expect(session.next() == "done 1")
    #expect(session.outcome?.diagnosis?.sentence.contains(words) == true)
    #expect("\(session.outcome!)".contains("EXAMPLE") == false)
  }

  @Test func `an answer that breaks off on its way to the output is no success`() {
    let session = Self.session(APICall("/me"))
    _ = session.next()
    session.streamed(200, cut: .init(.connectionReset, nil))
    #expect(session.next() == "done 6")
    #expect(session.outcome?.status == 200)
    #expect(session.outcome?.diagnosis?.cause == .connectionReset)
  }

  @Test func `an interruption ends it`() {
    let session = Self.session()
    _ = session.next()
    session.stop()
    session.answer(200)
    #expect(session.next() == "done 130")
    #expect(session.outcome?.diagnosis?.kind == .cancelled)
  }

  // MARK: Secrets

  @Test func `no secret is in what is kept of a refusal, wherever it stands`() throws {
    let piece = "x".padding(17_000)
    let echo = "\(piece)key-EXAMPLE-0001\(piece)a2V5LUVYQU1QTEUtMDAwMQ==\n\(piece)KEY-example-0001"
    let session = Self.session()
    _ = session.next()
    session.answer(400, #"{"error":"key-EXAMPLE-0001 is wrong","echo":"\#(echo)"}"#)
    _ = session.next()
    let outcome = try #require(session.outcome)
    let text = String(decoding: outcome.body, as: UTF8.self)
    #expect(!text.lowercased().contains("example-0001"))
    #expect(!text.contains("LUVYQU1QTEUtMDAw"))
    #expect(text.contains("\(piece)‹redacted›\(piece)"))
    #expect(!"\(outcome)".contains("EXAMPLE"))
  }

  @Test func `what is shown of a request has marks in place of secrets`() {
    let session = Self.session(
      APICall(
        "/k/${apiKey}?x=key-EXAMPLE-0001", q: ["q": "1"],
        h: ["X-Auth-Token": "mine", "X-Echo": "a key-EXAMPLE-0001 b", "Cookie": "a=1"]),
      heads: true)
    #expect(session.next().contains("Bearer key-EXAMPLE-0001"))
    #expect(
      session.sentHead
        == RequestHead(
          method: "GET",
          address: "https://api.acme.example/k/‹redacted›?x=‹redacted›&q=1",
          headers: [
            .init(name: "authorization", value: "Bearer ‹redacted›"),
            .init(name: "x-auth-token", value: "‹redacted›"),
            .init(name: "x-echo", value: "a ‹redacted› b"),
            .init(name: "cookie", value: "‹redacted›"),
          ]))
    #expect(Self.session().sentHead == nil)
  }

  @Test func `what is shown of an answer has none either`() {
    let session = Self.session()
    _ = session.next()
    let masked = session.masked(
      AnswerHead(
        status: 200,
        headers: [("Set-Cookie", "a=1"), ("X-Key", "is key-EXAMPLE-0001"), ("Date", "now")]))
    #expect(
      masked
        == AnswerHead(
          status: 200,
          headers: [("Set-Cookie", "‹redacted›"), ("X-Key", "‹redacted›"), ("Date", "now")]))
  }

  // MARK: Dry runs

  private static func dryRun(
    _ entry: String, _ call: APICall, body: consuming CallBody = .none, isRevealed: Bool = false,
    token: consuming TokenSet? = nil
  ) throws -> String {
    let submission = Submission(
      provider: Fixture.provider(entry), values: SecretValues(fixture: values))
    return try CallSession.dryRun(
      CallRequest(call, body: body), of: submission, token: token,
      at: ReplayContext(now: Timestamp(secondsSinceEpoch: 0))
    ).json(revealing: isRevealed).fixtureText
  }

  @Test func `a dry run shows the request as a check's does`() throws {
    let call = APICall("/me", q: ["a": "1"], h: ["x-b": "2"])
    let body = { CallBody.content(SecretBuffer(fixture: #"{"a":1}"#), type: nil) }
    #expect(
      try Self.dryRun(Self.entry, call, body: body())
        == #"{"requests":[{"method":"POST","url":"https://api.acme.example/me?a=1","headers":"#
        + #"{"authorization":"Bearer ‹redacted›","x-b":"2","content-type":"application/json"},"#
        + #""body":{"a":1}}]}"#)
    #expect(
      try Self.dryRun(Self.entry, call, body: body(), isRevealed: true)
        .contains("Bearer key-EXAMPLE-0001"))
  }

  private static let client = """
    {"auth_mode":"OAUTH2_CC","proxy":{"base_url":"https://a.example",
     "headers":{"x-id":"${credentials.raw.id}"}}}
    """

  @Test func `what only an answer tells stands as a mark`() throws {
    #expect(
      try Self.dryRun(Self.client, APICall("/me"))
        .contains(
          #""headers":{"authorization":"Bearer ANSWER-accessToken","x-id":"ANSWER-credentials.raw.id"}"#
        ))
    #expect(
      try Self.dryRun(
        Self.client, APICall("/me"), token: TokenSet(fixture: ["accessToken": "t-EXAMPLE-1"])
      ).contains(#""headers":{"authorization":"Bearer ‹redacted›"}"#))
  }

  @Test func `a dry run of what cannot be sent says why`() {
    #expect(throws: RequestError.otherOrigin("b.example")) {
      try Self.dryRun(Self.entry, APICall("https://b.example/x"))
    }
  }
}

extension String {
  /// Repeated up to a length.
  fileprivate func padding(_ length: Int) -> String { String(repeating: self, count: length) }
}
