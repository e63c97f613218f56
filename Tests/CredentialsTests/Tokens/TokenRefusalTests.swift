import Requests
import Testing

@Suite struct TokenRefusals {
  private static func diagnosis(
    _ status: Int, _ body: String, _ members: String = "",
    headers: [(name: String, value: String)] = []
  ) -> Diagnosis {
    let fields = """
      "credentials":{"client_id":{"type":"string","title":"App ID"},
       "client_secret":{"type":"string","title":"App secret","secret":true}}
      """
    let session = SessionUnderTest(
      ClientCredentials.entry(members.isEmpty ? fields : "\(members),\(fields)"),
      ClientCredentials.client)
    _ = session.next()
    session.answer(status, body, headers: headers)
    return session.diagnosis
  }

  @Test(arguments: [
    ("invalid_client", Diagnosis.Kind.refused), ("invalid_grant", .refused),
    ("unauthorized_client", .lacksRight), ("access_denied", .lacksRight),
    ("invalid_scope", .lacksRight), ("unsupported_grant_type", .wrongKind),
    ("invalid_request", .unclear), ("slow_down", .busy), ("temporarily_unavailable", .busy),
    ("server_error", .busy),
  ])
  func `every word of OAuth has its meaning and a next step`(word: String, kind: Diagnosis.Kind) {
    for body in [#"{"error":"\#(word)"}"#, "error=\(word)&error_description=Not+so"] {
      let diagnosis = Self.diagnosis(400, body)
      #expect(diagnosis.kind == kind)
      #expect(diagnosis.status == 400)
      #expect(diagnosis.sentence.hasSuffix("."))
      #expect(diagnosis.nextStep.hasSuffix("."))
    }
  }

  @Test func `a wrong client points at its fields by name`() {
    let diagnosis = Self.diagnosis(
      401, #"{"error":"invalid_client","error_description":"Bad secret s&cret EXAMPLE/1\u001b[2J"}"#
    )
    #expect(diagnosis.nextStep == "Copy App ID and App secret once more.")
    #expect(diagnosis.providerSays?.contains("EXAMPLE") == false)
    #expect(diagnosis.providerSays?.contains("\u{1B}") == false)
    #expect(diagnosis.providerSays?.hasPrefix("Bad secret ") == true)
  }

  @Test func `a description in form data is decoded`() {
    let diagnosis = Self.diagnosis(400, "error=invalid_grant&error_description=It+is%20over")
    #expect(diagnosis.providerSays == "It is over")
  }

  @Test
  func `something wrong in the request points at the address, where the user gave a part of it`() {
    let session = SessionUnderTest(
      """
      {"display_name":"Acme","auth_mode":"OAUTH2_CC",
       "token_url":"https://id.acme.example/${connectionConfig.tenant}/token",
       "connection_config":{"tenant":{"type":"string","title":"Tenant"}}}
      """,
      [
        "credentials.client_id": "a", "credentials.client_secret": "b", "params.tenant": "north",
      ])
    _ = session.next()
    session.answer(400, #"{"error":"invalid_request"}"#)
    #expect(session.diagnosis.kind == .wrongTenant)
    #expect(session.diagnosis.nextStep == "Check Tenant.")
  }

  @Test(arguments: [
    (400, "", Diagnosis.Kind.refused), (401, "", .refused), (403, "", .unclear),
    (404, "", .unclear), (422, "", .refused), (429, "", .busy), (503, "", .busy),
    (302, "", .unclear), (400, "<html>no</html>", .unclear), (401, "<html>no</html>", .refused),
    (403, "<html>no</html>", .unclear), (200, "<html>no</html>", .unclear),
  ])
  func `without a word the status decides, and a page is no word`(
    status: Int, body: String, kind: Diagnosis.Kind
  ) {
    let diagnosis = Self.diagnosis(status, body)
    #expect(diagnosis.kind == kind)
    #expect(diagnosis.status == status)
    #expect(diagnosis.providerSays == nil)
  }

  @Test func `of an answer that is too long for a refusal its first words count`() {
    let filling = String(repeating: "x", count: 64 * 1024)
    let head = #"{"error":"invalid_scope","error_description":"It is over","more":""#
    let short = Self.diagnosis(400, head + filling.dropLast(head.count + 2) + #""}"#)
    #expect(short.kind == .lacksRight)
    #expect(short.providerSays == "It is over")
    let long = Self.diagnosis(400, head + filling + #""}"#)
    #expect(long.kind == .lacksRight)
    #expect(long.providerSays == "It is over")
    let text = Self.diagnosis(
      400, "It is over. \(filling)", headers: [("content-type", "text/plain")])
    #expect(text.providerSays?.hasPrefix("It is over. xxx") == true)
  }

  @Test(arguments: [
    (
      #"{"error":"invalid_client","error_description":"Missing client_id"}"#, "is missing",
      "filled in"
    ),
    (
      #"{"error":"invalid_client","error_description":"The client secret has expired"}"#, "expired",
      "Create new ones"
    ),
    (
      #"{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys for app '11112222-bbbb-3333-cccc-4444dddd5555' are expired."}"#,
      "expired", "Create new ones"
    ),
    (
      #"{"error":"invalid_client","error_description":"Use the other method"}"#, "no token",
      "Compare App ID and App secret"
    ), (#"{"error":"invalid_client"}"#, "secret is wrong", "once more"),
    (
      #"{"error":"invalid_client","error_description":"Unknown client, or authentication failed"}"#,
      "secret is wrong", "once more"
    ),
  ])
  func `advice fits the provider's words`(body: String, sentence: String, next: String) {
    let diagnosis = Self.diagnosis(401, body)
    #expect(diagnosis.kind == .refused)
    #expect(diagnosis.sentence.contains(sentence), "\(diagnosis.sentence)")
    #expect(diagnosis.nextStep.contains(next), "\(diagnosis.nextStep)")
  }

  @Test func `what keeps a request from the provider is not the client's fault`() {
    let clock = Self.diagnosis(
      400,
      #"{"error":"invalid_grant","error_description":"JWT is not yet valid: iat in the future"}"#)
    #expect(clock.kind == .unclear)
    #expect(clock.sentence.contains("clock"))
    let page = Self.diagnosis(403, "<html><title>Blocked by policy</title></html>")
    #expect(page.kind == .unclear)
    #expect(page.sentence.contains("“Blocked by policy”"))
  }

  @Test func `the reason for which there is no token is told`() {
    let refused = Self.diagnosis(200, #"{"success":false,"message":"Wrong password for ann"}"#)
    #expect(refused.kind == .refused)
    #expect(refused.providerSays == "Wrong password for ann")
    #expect(refused.nextStep.contains("App ID and App secret"))
    let words = Self.diagnosis(200, #"{"info":{"x":1},"message":"The moon is full"}"#)
    #expect(words.providerSays == "The moon is full")
    #expect(words.kind == .unclear)
  }

  @Test func `success without a token says so`() {
    let diagnosis = Self.diagnosis(200, #"{"ok":true}"#)
    #expect(diagnosis.kind == .unclear)
    #expect(diagnosis.sentence == "Acme answered 200, but without a token at access_token.")
    #expect(Self.diagnosis(200, #"{"error":"invalid_client"}"#).kind == .refused)
    #expect(Self.diagnosis(200, #"{"access_token":""}"#).kind == .unclear)
    #expect(Self.diagnosis(200, #"{"access_token":null}"#).kind == .unclear)
  }
}
