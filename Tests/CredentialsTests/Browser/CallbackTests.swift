import Basics
import Requests
import Testing

/// What comes back from a provider.
@Suite struct Callbacks {
  private static let entry = #"""
    {"display_name":"Acme","auth_mode":"OAUTH2","authorization_url":"https://a.example/auth",
     "token_url":"https://a.example/token"}
    """#
  private static let address = "http://127.0.0.1:8976/callback"

  private static func paste(_ text: String, _ entry: String = entry) -> String {
    FlowUnderTest(entry).paste(text)
  }

  @Test(arguments: [
    "http://127.0.0.1:8976/callback?code=c1&state=STATE",
    "  http://127.0.0.1:8976/callback?state=STATE&code=c1 \n",
    "http://127.0.0.1:8976/callback/?code=c1&state=STATE#_=_",
    "http://localhost:8976/callback?code=c1&state=STATE#",
    "127.0.0.1:8976/callback?code=c1&state=STATE",
    "localhost:8976/callback?code=c1&state=STATE",
    "HTTP://127.0.0.1:8976/callback?code=c1&state=STATE",
    "<http://127.0.0.1:8976/callback?code=c1&state=STATE>",
    "http://127.0.0.1:8976/callback#code=c1&state=STATE",
    "http://127.0.0.1:8976/callback?code=c1&payload=STATE",
    "http://127.0.0.1:8976/callback?code=c1&customField=STATE",
    "http://127.0.0.1:8976/callback?code=c1&state=STATE&error=&iss=anything",
    "?code=c1&state=STATE", "code=c1&state=STATE", "state=STATE&code=c1#_=_",
    "/callback?code=c1&state=STATE",
  ])
  func `an answer with its state is good, however it was copied`(text: String) {
    #expect(Self.paste(text) == "good")
  }

  @Test func `an address that was broken into lines is put together, and that is told`() {
    #expect(
      Self.paste("http://127.0.0.1:8976/call\r\n   back?code=c1&sta te=\nSTATE")
        == "good, repaired")
  }

  @Test(arguments: ["c1-2/3+4=", "4%2F0AbCd", "code=c1-2", "?code=c1-2"])
  func `a code alone is taken, and nothing proves that it belongs here`(text: String) {
    #expect(Self.paste(text) == "good, unproven")
  }

  @Test(arguments: [
    ("", CallbackFault.empty), (" \n", .empty), ("yes", .unreadable), ("not a code", .unreadable),
    ("ftp://a.example/x", .unreadable), ("http://[bad/callback?code=1", .unreadable),
    ("https://a.example/auth", .authorizationAddress),
    ("https://a.example/auth?response_type=code&client_id=app", .authorizationAddress),
    ("https://a.example/login", .otherPage("a.example")),
    ("http://127.0.0.1:8977/callback?code=c1&state=STATE", .otherPage("127.0.0.1:8977")),
    ("http://127.0.0.1:8976/other?code=c1&state=STATE", .otherPage("127.0.0.1:8976")),
    ("http://127.0.0.1:8976/callback?code=c1", .noState),
    ("http://127.0.0.1:8976/callback?code=c1&state=", .otherState),
    ("http://127.0.0.1:8976/callback?code=c1&state=STATEx", .otherState),
    ("code=c1&state=other", .otherState),
    ("http://127.0.0.1:8976/callback?code=c1&code=c2&state=STATE", .repeated("code")),
    ("http://127.0.0.1:8976/callback?code=c1&state=STATE&state=x", .repeated("state")),
    ("http://127.0.0.1:8976/callback?state=STATE", .noCode),
    ("http://127.0.0.1:8976/callback?code=&state=STATE", .noCode),
  ])
  func `anything else is refused with its reason`(text: String, fault: CallbackFault) {
    #expect(Self.paste(text) == "\(fault)")
    #expect(fault.explanation.what.first?.isLowercase == true)
  }

  @Test func `more than sixteen kilobytes are not read, and less may all be code`() {
    let code = String(repeating: "x", count: 15_000)
    #expect(Self.paste("\(Self.address)?code=\(code)&state=STATE") == "good")
    #expect(Self.paste("\(Self.address)?code=\(code)\(code)&state=STATE") == "tooLong")
  }

  @Test func `a refusal is told in the provider's words, one line each`() {
    let flow = FlowUnderTest(Self.entry)
    let text = "\(Self.address)?error=access_denied&error_description=no%0Away%1B[2J&state=STATE"
    let words = flow.paste(text)
    #expect(words.contains(#"error: Optional("access_denied")"#))
    #expect(words.contains("no way[2J"))
    // Another answer may follow.
    #expect(flow.paste("\(Self.address)?code=c1&state=STATE") == "good")
  }

  @Test func `a refusal counts on the provider's own page, and without a state`() {
    #expect(
      Self.paste("https://a.example/oauth/error?error=invalid_client").contains("invalid_client"))
    #expect(Self.paste("\(Self.address)?error=server_error").contains("server_error"))
    #expect(Self.paste("\(Self.address)?error=x&state=other") == "otherState")
  }

  @Test func `a question is answered once, and within ten minutes`() {
    let flow = FlowUnderTest(Self.entry)
    #expect(flow.paste("\(Self.address)?code=c1&state=STATE", after: 601) == "late")
    #expect(flow.paste("\(Self.address)?code=c1&state=STATE", after: 599) == "good")
    #expect(flow.paste("\(Self.address)?code=c1&state=STATE", after: 599) == "spent")
  }

  @Test func `a listener takes its own path with a state, and nothing else`() {
    let flow = FlowUnderTest(Self.entry)
    for text in ["/favicon.ico", "/callback", "/callback?code=c1", "/callback?code=c1&state=x"] {
      #expect(flow.paste(text, by: .listener) != "good")
    }
    #expect(flow.paste("/callback?code=c1&state=STATE", by: .listener) == "good")
  }

  @Test func `the code may have another name, and settings come along`() {
    let entry = #"""
      {"auth_mode":"OAUTH2","authorization_url":"https://a.example/auth",
       "authorization_code_param_in_callback":"oauth_code","redirect_uri_metadata":["realm","gone"]}
      """#
    #expect(
      Self.paste("\(Self.address)?oauth_code=c1&realm=r%201&state=STATE", entry)
        == "good, realm=r 1")
    #expect(Self.paste("\(Self.address)?code=c1&state=STATE", entry) == "noCode")
    // What stands around it is needed.
    #expect(Self.paste("c1-2-3", entry) == "needsWholeAddress")
  }

  @Test(arguments: [
    ("&iss=https%3A%2F%2Fa.example%2Ft", "good"),
    ("", "noIssuer"),
    ("&iss=https%3A%2F%2Fa.example%2Ft%2F", #"otherIssuer("https://a.example/t")"#),
    ("&iss=https%3A%2F%2Fa.example%2Ft&iss=x", #"repeated("iss")"#),
  ])
  func `a server that names itself has to name itself letter by letter`(
    rest: String, words: String
  ) throws {
    let server = try #require(
      MCPDiscoveryUnderTest.server(
        #""issuer":"https://a.example/t","authorization_response_iss_parameter_supported":true"#,
        at: "https://a.example/t"))
    let flow = FlowUnderTest(#"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#, server: server)
    #expect(flow.paste("\(Self.address)?code=c1&state=STATE\(rest)") == words)
  }

  @Test func `an installation comes by its number, or waits for an owner`() {
    let entry = #"{"auth_mode":"APP","authorization_url":"https://a.example/app/new"}"#
    #expect(
      Self.paste("\(Self.address)?installation_id=7&setup_action=install&state=STATE", entry)
        == "good, installation_id=7")
    #expect(
      Self.paste("\(Self.address)?setup_action=request&state=STATE", entry) == "awaitsApproval")
    // Whoever asked for it may have signed in besides.
    #expect(Self.paste("\(Self.address)?code=c-1&state=STATE", entry) == "awaitsApproval")
    #expect(CallbackFault.awaitsApproval.explanation.advice?.contains("owner") == true)
  }

  // MARK: The redirect address

  @Test(arguments: [
    ("http://127.0.0.1:1/x", true), ("http://localhost:8976/callback", true),
    ("https://cb.example/any?x=1", false), ("https://localhost:8976/callback", true),
  ])
  func `a redirect address is one of this machine, or https`(text: String, isHere: Bool) throws {
    let callback = try Callback(text)
    #expect(callback.address == text)
    #expect(callback.isLoopback == isHere)
  }

  @Test(arguments: [
    ("http://cb.example/x", CallbackAddressError.openToOthers("cb.example")),
    ("https://cb.example/#x", .fragment), ("https://cb.example/ x", .character),
    ("cb.example", .noAddress(.scheme)), ("https://a@cb.example", .noAddress(.userInfo)),
  ])
  func `another one is refused`(text: String, error: CallbackAddressError) {
    #expect(throws: error) { try Callback(text) }
  }
}
