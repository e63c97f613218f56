import Basics
import Drafts
import Requests
import Secrets
import Testing

/// What is said of answers, and what an entry's own words do to it.
@Suite struct AnswerWords {
  private static func diagnosis(
    _ status: Int, _ body: String, entry: String = Fixture.acme,
    headers: [(name: String, value: String)] = []
  ) -> Diagnosis {
    let session = SessionUnderTest(entry, ["credentials.apiKey": Fixture.goodKey])
    _ = session.next()
    session.answer(status, body, headers: headers)
    return session.diagnosis
  }

  @Test func `a page is told by its title`() {
    let page = Self.diagnosis(
      200, "<html><title>Sign in &amp; go \(Fixture.goodKey)</title><input type=password></html>")
    #expect(page.sentence.contains("a web page to sign in on, titled “Sign in & go ‹redacted›”,"))
    #expect(page.providerSays == nil)
    let gateway = Self.diagnosis(403, "<h1>Access <b>denied</b></h1>")
    #expect(gateway.sentence.contains("Something on the way to Acme"))
    #expect(gateway.sentence.contains("titled “Access denied”"))
    #expect(!gateway.sentence.contains("knows these credentials"))
  }

  @Test func `the provider's words are kept, a sentence before a word`() {
    let says = { (body: String) in Self.diagnosis(200, body).providerSays }
    #expect(says(#"{"ok":false,"error":"invalid_auth"}"#) == "invalid_auth")
    #expect(
      says(#"{"status":"error","code":"E7","message":"The moon is full"}"#) == "The moon is full")
    #expect(
      Self.diagnosis(404, #"{"error":"auth_error","msg":"Invalid user key"}"#).providerSays
        == "Invalid user key")
    #expect(says(#"{"id":1,"message":"Hello there"}"#) == nil)
  }

  @Test(arguments: [
    #"{"error":{"code":"ok","message":"","log_id":"1"},"data":{"user":1}}"#,
    #"{"error":false,"id":1}"#, #"{"error":"","id":1}"#, #"{"error":0,"id":1}"#,
    #"{"error":"none","id":1}"#, #"{"errors":{},"id":1}"#, #"{"errors":{"list":[]},"id":1}"#,
    #"{"errors":0,"warnings":2,"id":1}"#, #"{"errors":3,"id":1}"#,
    #"{"code":1000,"msg":"success"}"#,
    #"{"code":20000,"success":true,"data":{}}"#, #"{"resultCode":"0000"}"#, #"{"status":1,"id":4}"#,
    #"{"status":"active","type":"user"}"#, #"{"code":"USD","name":"Dollar"}"#,
    #"{"result":"ok"}"#, #"{"status":200,"message":"OK"}"#, #"{"errcode":0,"errmsg":"ok"}"#,
    #"{"result":{"id":"1","status":"active"},"success":true,"errors":[],"messages":[]}"#,
    #"[{"type":"error","message":"invalid token"}]"#,
    #"{"data":[{"status":"failed"},{"error":"x"}]}"#, #"{"failed":3,"passed":7}"#,
    #"{"message":"Welcome to the API"}"#, #"{"id":1,"message":"invalid token in job 4"}"#,
    #"{"status":"inactive","id":9}"#, #"{"title":"Error handling","id":9}"#,
    #"{"message":"Your API key is valid"}"#, #""pong""#, "null", "1", "true", "admin",
    "<?xml version=\"1.0\"?><response status=\"ok\"><id>1</id></response>",
    "<response><error></error><code>200</code></response>", "<accounts/>",
    "<rsp stat=\"ok\"><user id=\"1\"/></rsp>", "user,error\nann,none\n", "%PDF-1.7",
    #"{"access":"denied list","id":1}"#, #"{"role":"admin","scope":"read","id":1}"#,
  ])
  func `ordinary answers are accepted`(body: String) {
    let diagnosis = Self.diagnosis(200, body)
    #expect(diagnosis.kind == .accepted, "\(diagnosis.sentence) \(diagnosis.providerSays ?? "")")
    #expect(diagnosis.providerSays == nil)
  }

  @Test(arguments: [
    #"{"success":0}"#, #"{"success":"no"}"#, #"{"isSuccess":false}"#, #"{"status":false}"#,
    #"{"result":"error"}"#, #"{"type":"error","error":{"type":"x"}}"#, #"{"error":true}"#,
    #"{"error":1,"id":7}"#, #"{"error":"x"}"#, #"{"errors":{"base":["x"]}}"#, #"{"code":500}"#,
    #"{"errorCode":"E17"}"#, #"{"errno":12}"#, #"{"code":-3}"#, #"{"httpStatus":404}"#,
    #"{"hasErrors":true}"#, #"{"exception":"NullPointer"}"#, #"{"fault":{"faultstring":"x"}}"#,
    #"{"response":{"status":"error"}}"#, #"{"status":{"error_code":1001,"error_message":"x"}}"#,
    "<error>x</error>", "<response code=\"500\"/>", "<errors><error>x</error></errors>",
    #"{"ACK":"Failure"}"#, "error=1&status=error",
  ])
  func `what says that it failed is never accepted`(body: String) {
    for type in ["application/json", "text/html", ""] {
      let diagnosis = Self.diagnosis(200, body, headers: [("content-type", type)])
      #expect(diagnosis.kind != .accepted, "\(body) as \(type)")
      #expect(diagnosis.exitCode != .done)
    }
  }

  private static let declared = """
    {"display_name":"Acme","auth_mode":"API_KEY","proxy":{"base_url":"https://a.example"},
     "usher":{"check":[{"url":"/me","answers":[
      {"status":200,"where":{"error":"beta_only"},"means":"accepted"},
      {"status":200,"contains":"sandbox","means":"wrong_tenant","say":"A key of the sandbox."},
      {"status":200,"where":{"fine":"true"},"means":"accepted"},
      {"status":203,"means":"accepted"},
      {"status":403,"contains":"blocked for good","means":"refused"},
      {"status":403,"means":"lacks_right","say":"It lacks a right."}]}]}}
    """

  @Test func `what the entry declares wins`() {
    func kind(_ status: Int, _ body: String) -> Diagnosis.Kind {
      Self.diagnosis(status, body, entry: Self.declared).kind
    }
    #expect(kind(200, #"{"ok":false,"error":"beta_only"}"#) == .accepted)
    #expect(kind(200, #"{"ok":true,"mode":"sandbox"}"#) == .wrongTenant)
    #expect(kind(200, #"{"fine":"true","errors":["x"]}"#) == .accepted)
    #expect(kind(203, #"{"ok":false}"#) == .accepted)
    #expect(kind(403, "Forbidden") == .lacksRight)
    #expect(kind(403, "<html>blocked for good</html>") == .refused)
    // Of what it does not declare the general reader speaks.
    #expect(kind(200, #"{"ok":false,"error":"invalid_auth"}"#) == .refused)
    #expect(kind(200, "{}") == .accepted)
  }

  @Test func `a firewall does not speak for the provider, whatever the entry declares of a status`()
  {
    let diagnosis = Self.diagnosis(
      403, "<html><title>Attention required</title></html>", entry: Self.declared)
    #expect(diagnosis.kind == .unclear)
    #expect(diagnosis.sentence.contains("Something on the way"))
  }

  @Test func `what is known of a refusal stays when the answer broke off`() {
    var session = CheckSession(
      Submission(
        provider: Fixture.provider(Fixture.acme),
        values: SecretValues(fixture: ["credentials.apiKey": Fixture.goodKey])))
    if case .send = session.next() {
      session.receive(
        CheckAnswer(
          status: 200,
          body: SecretBuffer(fixture: #"{"ok":false,"error":"invalid_auth","list":[1,"#),
          cut: .init(.badAnswer, "it is longer than 1024 kB")))
    }
    guard case .done(let diagnosis) = session.next() else { return }
    #expect(diagnosis.kind == .refused)
    #expect(diagnosis.providerSays == "invalid_auth")
  }

  @Test(arguments: [
    ("soon", "soon"), ("31.02.2027", "31.02.2027"), ("never", nil), ("2027-01-01", nil), ("", nil),
  ])
  func `an end of validity that cannot be read is told`(text: String, unread: String?) {
    let entry = """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example"},"usher":{"check":[
       {"url":"/me","answers":[{"status":200,"means":"accepted","read":{"expires":"end"}}]}]}}
      """
    let diagnosis = Self.diagnosis(200, #"{"end":"\#(text)"}"#, entry: entry)
    #expect(diagnosis.unreadExpiry == unread)
    #expect((diagnosis.expires == nil) == (text != "2027-01-01"))
  }
}
