import Basics
import Requests
import Testing

/// How providers say, each in its own way, that they give no token: also in answers that are successes by their status.
@Suite struct ExchangeRefusals {
  private static func exchange(_ slug: String) -> ExchangeUnderTest {
    FlowUnderTest(
      #"{"display_name":"Acme","auth_mode":"OAUTH2","authorization_url":"https://a.example/auth","token_url":"https://a.example/token","refresh_url":"https://a.example/again"}"#,
      slug: slug
    ).exchange(code: "c-EXAMPLE-1")
  }

  @Test(arguments: [
    ("github", #"{"error":"bad_verification_code"}"#, "does not take the code"),
    ("github", "error=incorrect_client_credentials", "does not know this application"),
    ("github", #"{"error":"redirect_uri_mismatch"}"#, "wrong or missing"),
    ("slack", #"{"ok":false,"error":"code_already_used"}"#, "does not take the code"),
    ("slack", #"{"ok":false,"error":"bad_client_secret"}"#, "does not know this application"),
    ("slack", #"{"ok":false,"error":"fatal_error","access_token":"x"}"#, "without a token"),
    ("zoho", #"{"error":"invalid_code"}"#, "does not take the code"),
    ("zoho", #"{"error":"general_error"}"#, "without a token"),
    ("coros", #"{"result":"5002","message":"code expired"}"#, "without a token"),
    (
      "tiktok-accounts", #"{"code":40002,"message":"no","data":{"access_token":"x"}}"#,
      "without a token"
    ),
    ("tiktok-ads", #"{"code":"40002","message":"no","data":{}}"#, "without a token"),
    ("shopline-oauth", #"{"code":401,"message":"no","data":null}"#, "without a token"),
    ("acme", #"{"access_token":""}"#, "without a token"),
    ("acme", #"{"access_token":null}"#, "without a token"), ("acme", "[]", "without a token"),
    ("acme", "null", "without a token"),
  ])
  func `a success without a token is none`(slug: String, body: String, words: String) {
    let exchange = Self.exchange(slug)
    #expect(exchange.outcome(body).hasPrefix("refused"))
    let sentence = exchange.diagnosis?.sentence ?? ""
    #expect(sentence.contains(words), "\(sentence)")
    #expect(exchange.diagnosis?.isAccepted == false)
  }

  @Test(arguments: [
    #"{"error":"x_y","error_description":"the words"}"#, #"{"message":"the words"}"#,
    #"{"errors":[{"message":"the words"}]}"#, #"{"error":{"message":"the words","code":7}}"#,
    #"{"detail":"the words"}"#, #"{"title":"the words"}"#,
    #"{"error":{"message":"the words","type":"OAuthException","code":100}}"#,
    "error=x_y&error_description=the+words",
  ])
  func `its words are found where providers put them`(body: String) {
    for status in [200, 400] {
      let exchange = Self.exchange("acme")
      _ = exchange.outcome(body, status: status)
      #expect(exchange.diagnosis?.providerSays == "the words", "\(status)")
    }
  }

  @Test(arguments: [
    (50076, "second factor"), (50079, "second factor"), (53003, "policies"), (65001, "consent"),
    (700_016, "identifier"), (7_000_215, "not its identifier"), (7_000_222, "new secret"),
    (90002, "tenant"),
  ])
  func `a number of Microsoft's says what to do, and stays in its words`(
    number: Int, advice: String
  ) {
    let exchange = Self.exchange("acme")
    _ = exchange.outcome(
      #"{"error":"invalid_grant","error_description":"AADSTS\#(number): words. Trace ID: 1"}"#,
      status: 400)
    #expect(exchange.diagnosis?.nextStep.contains(advice) == true)
    #expect(exchange.diagnosis?.providerSays?.hasPrefix("AADSTS\(number):") == true)
  }

  @Test func `of a page nothing is told but its title`() throws {
    for status in [200, 400, 403] {
      let exchange = Self.exchange("acme")
      #expect(
        exchange.outcome(
          "<html><head><title>Not you</title></head><body>words c-EXAMPLE-1</body></html>",
          status: status
        ).hasPrefix("refused"))
      let diagnosis = try #require(exchange.diagnosis)
      #expect("\(diagnosis)".contains("Not you"))
      #expect(!"\(diagnosis)".contains("words"))
    }
  }

  @Test func `words are cut, and hold nothing that a screen would act on`() throws {
    let exchange = Self.exchange("acme")
    let long = String(repeating: "a b", count: 400)
    _ = exchange.outcome(#"{"message":"\u001b[31m\u0007\#(long)"}"#, status: 400)
    let says = try #require(exchange.diagnosis?.providerSays)
    #expect(says.count <= 300)
    #expect(!says.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func `a clock that is off does not hide what a server in trouble says`() {
    let exchange = Self.exchange("acme")
    _ = exchange.next()
    exchange.answer("", status: 503, headers: [("date", "Sat, 28 Nov 2026 11:00:00 GMT")])
    #expect(exchange.next() == "refused: busy")
  }
}
