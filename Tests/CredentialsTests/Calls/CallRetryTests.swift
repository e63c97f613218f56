import Basics
import Requests
import Secrets
import Testing

/// What is tried again, and when a new token is asked for.
@Suite struct CallRetries {
  static let now: Int64 = 1_000_000_000
  private static let request = "GET https://api.acme.example/me"

  static func session(
    _ retry: String = "{}", _ line: String = "/me", mode: String = "NONE",
    _ change: (inout CallOptions) -> Void = { _ in }, body: consuming CallBody = .none
  ) -> CallUnderTest {
    var options = CallOptions()
    change(&options)
    return CallUnderTest(
      """
      {"display_name":"Acme","auth_mode":"\(mode)",
       "proxy":{"base_url":"\(CallUnderTest.host)","retry":\(retry)}}
      """, APICall(line), body: body, options: options,
      token: mode == "OAUTH2_CC" ? TokenSet(fixture: ["accessToken": "t-EXAMPLE-1"]) : nil, now: now
    )
  }

  static func wait(_ seconds: Int64, _ attempt: Int = 1, status: Int) -> String {
    "wait \(seconds) (\(attempt) of 2): api.acme.example answered \(status)."
  }

  @Test func `a read is tried twice more, with pauses that grow`() {
    let session = Self.session()
    #expect(session.next() == Self.request)
    session.answer(503)
    #expect(session.next() == Self.wait(3, status: 503))
    #expect(session.next() == Self.request)
    session.answer(500)
    #expect(session.next() == Self.wait(6, 2, status: 500))
    #expect(session.next() == Self.request)
    session.answer(502, "no luck")
    #expect(session.next() == "done 6")
    #expect(session.outcome?.status == 502)
    #expect(session.outcome?.body == Array("no luck".utf8))
    #expect(session.next() == "done 6")
  }

  @Test(arguments: ["POST /x", "PUT /x", "DELETE /x", "PATCH /x", "OPTIONS /x"])
  func `what may change something is not tried again unasked`(line: String) {
    let session = Self.session("{}", line)
    _ = session.next()
    session.answer(503)
    #expect(session.next() == "done 6")
    let asked = Self.session("{}", line) { $0.retries = 1 }
    _ = asked.next()
    asked.answer(503)
    #expect(asked.next() == "wait 3 (1 of 1): api.acme.example answered 503.")
  }

  /// Rows of the table in `TokensAndCalls`.
  @Test(arguments: [
    ("{}", 429, true), ("{}", 500, true), ("{}", 599, true), ("{}", 400, false),
    ("{}", 403, false), ("{}", 404, false), ("{}", 408, false), ("{}", 401, false),
    (#"{"error_code":["403","5xx","401","429"]}"#, 403, true),
    (#"{"error_code":["403","5xx","401","429"]}"#, 401, false),
    (#"{"error_code":["403"]}"#, 500, false), (#"{"error_code":[500]}"#, 500, true),
    (#"{"error_code":["500-502"]}"#, 502, true), (#"{"error_code":["500-502"]}"#, 503, false),
    (#"{"error_code":["odd"]}"#, 503, true),
  ])
  func `what is worth another try is said by the entry, else by HTTP`(
    retry: String, status: Int, isTried: Bool
  ) {
    let session = Self.session(retry)
    _ = session.next()
    session.answer(status)
    #expect(session.next().hasPrefix("wait ") == isTried)
  }

  @Test(arguments: [("0", true), (" 0 ", true), ("1", false), ("", false)])
  func `a counter at zero makes any refusal worth another try`(left: String, isTried: Bool) {
    let session = Self.session(#"{"remaining":"X-Left"}"#)
    _ = session.next()
    session.answer(403, headers: [("x-left", left)])
    #expect(session.next().hasPrefix("wait ") == isTried)
  }

  @Test(arguments: [
    (["404"], 404, true), (["4xx"], 418, true), (["404", "500-502"], 503, true),
    (["401"], 401, true), (["404"], 403, false),
  ])
  func `the caller's statuses are added`(statuses: [String], status: Int, isTried: Bool) {
    let session = Self.session { $0.retryOn = statuses }
    _ = session.next()
    session.answer(status)
    #expect(session.next().hasPrefix("wait ") == isTried)
  }

  @Test func `what is no status is refused before anything is sent`() {
    #expect(Self.session { $0.retryOn = ["often"] }.next() == "done 1")
  }

  // MARK: No answer

  @Test(arguments: [
    (Diagnosis.Cause.connectionReset, true), (.connectionRefused, true), (.timeout, true),
    (.noRoute, true), (.noNameServer, true), (.noName, false), (.tls, false), (.redirect, false),
    (.forbiddenAddress, false), (.badAnswer, false), (.proxy, false), (.internalFailure, false),
  ])
  func `what may be over at the next try is tried again`(cause: Diagnosis.Cause, isTried: Bool) {
    let session = Self.session()
    _ = session.next()
    session.fail(cause, "a detail")
    let next = session.next()
    #expect((next == "wait 3 (1 of 2): api.acme.example did not answer.") == isTried)
    if !isTried {
      #expect(next == "done 6")
      #expect(session.outcome?.status == nil)
      #expect(session.outcome?.diagnosis?.sentence.hasSuffix(": a detail.") == true)
    }
  }

  // MARK: Tokens

  @Test func `a token that is not taken is renewed once, whatever the method`() {
    let session = Self.session("{}", "POST /x", mode: "OAUTH2_CC")
    #expect(session.next().hasSuffix("/x authorization: Bearer t-EXAMPLE-1"))
    session.answer(401)
    #expect(session.next() == "renew")
    #expect(session.next() == "renew")
    session.renewed(TokenSet(fixture: ["accessToken": "t-EXAMPLE-2"]))
    #expect(session.next().hasSuffix("/x authorization: Bearer t-EXAMPLE-2"))
    session.answer(401, #"{"message":"no t-EXAMPLE-2"}"#)
    #expect(session.next() == "done 5")
    #expect(session.outcome?.diagnosis?.kind == .refused)
    #expect(session.outcome?.body == Array(#"{"message":"no ‹redacted›"}"#.utf8))
  }

  @Test func `a renewal is no try`() {
    let session = Self.session("{}", mode: "OAUTH2_CC") { $0.retries = 1 }
    _ = session.next()
    session.answer(503)
    #expect(session.next().hasPrefix("wait 3 (1 of 1)"))
    _ = session.next()
    session.answer(401)
    #expect(session.next() == "renew")
    session.renewed(TokenSet(fixture: ["accessToken": "t2"]))
    _ = session.next()
    session.answer(200)
    #expect(session.next() == "done 0")
  }

  @Test func `without a new token the refusal stays, or what kept the token away is said`() {
    let plain = Self.session("{}", mode: "OAUTH2_CC")
    _ = plain.next()
    plain.answer(401, "nope")
    _ = plain.next()
    plain.renewed(nil)
    #expect(plain.next() == "done 5")
    #expect(plain.outcome?.body == Array("nope".utf8))
    let told = Self.session("{}", mode: "OAUTH2_CC")
    _ = told.next()
    told.answer(401, "nope")
    _ = told.next()
    told.renewed(nil, Diagnosis(kind: .busy, sentence: "Later."))
    #expect(told.next() == "done 6")
  }

  @Test func `a call without the token that it needs asks for one first`() {
    let session = CallUnderTest(
      #"{"auth_mode":"OAUTH2_CC","proxy":{"base_url":"https://a.example"}}"#, APICall("/me"))
    #expect(session.next() == "renew")
    session.renewed(TokenSet(fixture: ["accessToken": "t"]))
    #expect(session.next() == "GET https://a.example/me authorization: Bearer t")
    let none = CallUnderTest(
      #"{"auth_mode":"OAUTH2_CC","proxy":{"base_url":"https://a.example"}}"#, APICall("/me"))
    _ = none.next()
    none.renewed(nil)
    #expect(none.next() == "done 1")
  }

  @Test(arguments: ["API_KEY", "BASIC", "NONE", "INSTALL_PLUGIN"])
  func `a mode without a token has nothing to renew`(mode: String) {
    let session = Self.session("{}", mode: mode)
    _ = session.next()
    session.answer(401)
    #expect(session.next() == "done 5")
  }

  // MARK: Streams

  @Test(arguments: [401, 503])
  func `a body that cannot be read twice is sent once`(status: Int) {
    let session = Self.session(
      "{}", "PUT /x", mode: "OAUTH2_CC", { $0.retries = 5 },
      body: .stream(length: nil, type: nil, isRepeatable: false))
    _ = session.next()
    session.answer(status)
    #expect(session.next() == (status == 401 ? "done 5" : "done 6"))
    #expect(session.outcome?.diagnosis?.nextStep.contains("cannot be read twice") == true)
    let again = Self.session(
      "{}", "PUT /x", mode: "OAUTH2_CC", { $0.retries = 5 },
      body: .stream(length: nil, type: nil, isRepeatable: true))
    _ = again.next()
    again.answer(status)
    #expect(
      again.next() == (status == 401 ? "renew" : "wait 3 (1 of 5): api.acme.example answered 503."))
  }
}
