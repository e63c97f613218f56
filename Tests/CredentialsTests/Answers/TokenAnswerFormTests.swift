import Basics
import Drafts
import Requests
import Secrets
import Testing

/// Answers with a token, in the forms in which they come.
@Suite struct TokenAnswerForms {
  private static func diagnosis(
    _ bytes: [UInt8], type: String = "application/json", cut: CheckAnswer.Cut? = nil
  ) -> Diagnosis {
    var session = CheckSession(
      Submission(
        provider: Fixture.provider(ClientCredentials.entry("")),
        values: SecretValues(fixture: ClientCredentials.client)))
    if case .send = session.next() {
      var body = SecretBuffer(capacity: max(1, bytes.count))
      for byte in bytes { _ = body.append(byte) }
      session.receive(
        CheckAnswer(status: 200, headers: [("Content-Type", type)], body: body, cut: cut))
    }
    switch session.next() {
    case .done(let diagnosis): return diagnosis
    case .send: fatalError("more is asked")
    }
  }

  static let token = #"{"access_token":"tok_EXAMPLE","expires_in":3600}"#

  /// The bytes of a text in which each `~` stands for one byte that is no UTF-8.
  private static func bytes(_ text: String) -> [UInt8] {
    text.utf8.map { $0 == UInt8(ascii: "~") ? 0xE9 : $0 }
  }

  @Test(arguments: [
    "\u{FEFF}" + token, #"{"access_token":"tok","note":"caf~"}"#,
    #"{"access_token":"","access_token":"tok"}"#, #"{"x":1,"x":2,"access_token":"tok"}"#,
    "\r\n " + token + "\n", #"{"access_token":"tok","n":"~"}"#,
    #"{"access_token":"tok","name":"Ann \ud83d"}"#, #"{"name":"\udc00\ud83dx","access_token":"t"}"#,
    #"{"access_token":"tok","list":\#(String(repeating: "[", count: 200))\#(String(repeating: "]", count: 200))}"#,
  ])
  func `a token is read as ECMAScript's reader reads it`(text: String) {
    #expect(Self.diagnosis(Self.bytes(text)).kind == .accepted)
  }

  @Test func `a token is read beside a long name, and in UTF-16`() {
    let name = String(repeating: "k", count: 300)
    let long = #"{"\#(name)":1,"access_token":"tok"}"#
    #expect(Self.diagnosis(Self.bytes(long)).kind == .accepted)
    for isLittle in [true, false] {
      var bytes: [UInt8] = []
      for unit in ("\u{FEFF}" + Self.token).utf16 {
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
        bytes += isLittle ? [low, high] : [high, low]
      }
      #expect(Self.diagnosis(bytes).kind == .accepted)
    }
  }

  @Test(arguments: [
    ("access_token=tok&expires_in=60&token_type=bearer", "application/x-www-form-urlencoded"),
    ("token_type=bearer&access_token=tok%2B1", "text/plain; charset=utf-8"),
    ("access_token=tok", "text/html"), ("scope=read&access_token=tok\n", "text/plain"),
  ])
  func `a token is read out of form data`(body: String, type: String) {
    #expect(Self.diagnosis(Array(body.utf8), type: type).kind == .accepted)
  }

  @Test func `the end of a token in form data is read, and 0 is none`() {
    let form = "application/x-www-form-urlencoded"
    let soon = Self.diagnosis(Array("access_token=tok&expires_in=60".utf8), type: form)
    let unknown = Self.diagnosis(Array("access_token=tok&expires_in=0".utf8), type: form)
    let now = Timestamp.now().secondsSinceEpoch
    #expect((soon.tokenExpires?.secondsSinceEpoch ?? 0) - now < 120)
    // As long as tokens live of which nothing is said.
    #expect((unknown.tokenExpires?.secondsSinceEpoch ?? 0) - now > 3000)
  }

  @Test(arguments: [
    #"{"access_token":"tok","ratio":NaN}"#, token + "\0", #"{"access_token":"tok""#,
    #"{"access_token":"tok",}"#,
  ])
  func `what no reader takes is said to be so`(text: String) {
    let diagnosis = Self.diagnosis(Self.bytes(text))
    #expect(diagnosis.kind == .unclear)
    #expect(diagnosis.sentence.contains("JSON that cannot be read"), "\(diagnosis.sentence)")
    #expect(diagnosis.sentence.contains("(byte "))
  }

  @Test(
    arguments: [
      (#")]}',{"access_token":"tok_EXAMPLE"}"#, nil),
      ("token: tok_EXAMPLE_of_more_than_a_word_0123", nil),
      ("Please accept the new terms first.", "Please accept the new terms first."),
    ] as [(String, String?)])
  func `a text without a token is shown where it is words`(text: String, says: String?) {
    let diagnosis = Self.diagnosis(Array(text.utf8), type: "text/plain")
    #expect(diagnosis.kind == .unclear)
    #expect(diagnosis.sentence.contains("neither JSON, XML nor form data"))
    #expect(diagnosis.providerSays == says)
  }

  @Test
  func `of an answer that was cut off a token that came is one, and one that did not is named`() {
    let cut = CheckAnswer.Cut(.connectionReset, "it ends too early")
    let there = Self.diagnosis(Array(#"{"access_token":"tok","more":["#.utf8), cut: cut)
    #expect(there.kind == .accepted)
    let missing = Self.diagnosis(Array(#"{"more":["x","#.utf8), cut: cut)
    #expect(missing.kind == .unclear)
    #expect(missing.cause == .connectionReset)
    #expect(missing.sentence.contains("broke off"))
  }

  @Test func `a whole answer that is the token may say that it is none`() {
    let entry = #"{"auth_mode":"TWO_STEP","display_name":"Acme","token_url":"https://a.example/t"}"#
    func kind(_ body: String) -> Diagnosis.Kind {
      let session = SessionUnderTest(entry, [:])
      _ = session.next()
      session.answer(200, body)
      return session.diagnosis.kind
    }
    #expect(kind("tok_EXAMPLE") == .accepted)
    #expect(kind(#""tok_EXAMPLE""#) == .accepted)
    #expect(kind(#"{"token":"x"}"#) == .accepted)
    #expect(kind(#"{"success":false,"message":"Wrong password"}"#) == .refused)
    #expect(kind("<html><title>Log in</title></html>") == .unclear)
    #expect(kind("Invalid user name or password") == .refused)
  }
}
