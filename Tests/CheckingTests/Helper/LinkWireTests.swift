import Basics
import Checking
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import Testing

/// What travels between the program and the helper process for a link.
@Suite struct LinkWireTests {
  private static let entry =
    #"{"auth_mode":"OAUTH2","authorization_url":"https://a.example/authorize","token_url":"https://a.example/token"}"#

  private static func flow() throws -> AuthorizationFlow {
    AuthorizationFlow(
      try Fixture.submission(
        entry: entry,
        [
          "credentials.oauth_client_id_override": "app",
          "credentials.oauth_client_secret_override": "s\u{0}\"-EXAMPLE",
        ]),
      scopes: Scopes(["a", "b c"]), userScopes: Scopes(["u"]),
      callback: try Callback("https://localhost:8976/callback?x=1"),
      parameters: [.init(name: "prompt", value: ""), .init(name: "login", value: "ann")])
  }

  private static func redemption(_ flow: borrowing AuthorizationFlow) throws -> Redemption {
    var question = try flow.request()
    let address = question.address.withBytes { $0.shownText }
    let state = Form.read(String(address.split(separator: "?", maxSplits: 1)[1]))["state"] ?? ""
    let text = "\(flow.callback.address)&code=c-EXAMPLE&state=\(state)"
    let answer = try Array(text.utf8).withBytes { try question.answer(from: $0, at: .now()) }
    return question.redemption(of: answer)
  }

  private static func text(_ job: consuming LinkJob) -> String {
    shown(HelperRequest.link(job).framed())
  }

  /// What a frame holds.
  private static func shown(_ frame: consuming SecretBuffer?) -> String {
    switch consume frame {
    case .some(let frame): frame.withBytes { $0.extracting(4..<$0.byteCount).shownText }
    case nil: ""
    }
  }

  /// What is sent after it has been read once; empty where it cannot be read.
  private static func again(_ text: String) -> String {
    let request = Array(text.utf8).withBytes { HelperRequest($0) }
    switch consume request {
    case .some(.link(let job)): return self.text(job)
    default: return ""
    }
  }

  private static func reported(_ text: String) -> String {
    let report = Array(text.utf8).withBytes { HelperReport($0) }
    switch consume report {
    case .some(let report): return shown(report.framed())
    case nil: return ""
    }
  }

  @Test func `every job arrives as it was sent`() throws {
    let flow = try Self.flow()
    let texts = [
      Self.text(.of(.prepare(allowsLoopback: true), flow.duplicate())),
      Self.text(.of(.prepare(allowsLoopback: false), flow.duplicate())),
      Self.text(.redeem(try Self.redemption(flow), flow.duplicate())),
      Self.text(.renew(SecretBuffer(text: "r\n-EXAMPLE", capacity: 1), flow.duplicate())),
      Self.text(.of(.ask, flow.duplicate())), Self.text(.of(.device, flow.duplicate())),
      Self.text(.of(.installations, flow.duplicate())),
      Self.text(.of(.installation(-7), flow.duplicate())), Self.text(.of(.typed, flow)),
    ]
    #expect(Set(texts).count == texts.count)
    for text in texts { #expect(!text.isEmpty && Self.again(text) == text, "\(text)") }
  }

  @Test func `a job that is cut or padded is refused`() throws {
    let flow = try Self.flow()
    let text = Self.text(.redeem(try Self.redemption(flow), flow))
    for length in stride(from: 0, to: text.utf8.count, by: 7) {
      #expect(Self.again(String(decoding: text.utf8.prefix(length), as: UTF8.self)) == "")
    }
    #expect(Self.again("\(text)x") == "")
  }

  @Test(arguments: [
    (#""kind":"redeem""#, #""kind":"ask""#), (#""kind":"redeem""#, #""kind":"moon""#),
    (#""verifier""#, #""proof""#), (#""state_checked":true"#, #""state_checked":1"#),
    (#""callback":"https:"#, #""callback":"ftp:"#), (#""user_scopes""#, #""scope""#),
    (#""redemption":{"#, #""allows_loopback":true,"redemption":{"#),
    (#""parameters":[["prompt",""#, #""parameters":[["#), (#""settings":{"#, #""settings":{"a":1"#),
  ])
  func `a job with a word missing or odd is refused`(_ word: String, _ other: String) throws {
    let flow = try Self.flow()
    let text = Self.text(.redeem(try Self.redemption(flow), flow))
    #expect(text.contains(word))
    #expect(Self.again(text.replacing(word, with: other)) == "")
  }

  private static let server =
    #"{"issuer":"https://a.example","authorization_endpoint":"https://a.example/a","token_endpoint":"https://a.example/t","scopes_supported":["x"],"client_id_metadata_document_supported":true}"#

  @Test(arguments: [
    #"{"ready":{}}"#,
    #"{"ready":{"server":\#(server),"client":{"id":"c","secret":"s","source":"dynamic","registered":"2026-01-01T00:00:00Z","ends":"2027-01-01T00:00:00Z","authentication":"client_secret_post","callback":"http://127.0.0.1:8976/callback"},"token":{"token":"t","secret":"s","state":"x"}}}"#,
    #"{"ready":{"client":{"id":"c","source":"by_hand"}}}"#,
    #"{"installations":[{"id":7,"account":"acme","kind":"User"},{"id":8,"account":"b"}]}"#,
    #"{"linked":{"token":{"obtained":"2026-01-01T00:00:00Z","values":{"accessToken":"t"}},"credentials":{"oauth_token":"o"},"settings":{"a.b":"c"},"scopes":["x"],"diagnosis":{"kind":"accepted","sentence":"It is."}}}"#,
    #"{"linked":{"credentials":{},"settings":{},"scopes":[]}}"#,
    #"{"refused":{"diagnosis":{"kind":"refused","sentence":"No."},"client_unknown":true}}"#,
  ])
  func `every result arrives as it was sent`(_ result: String) {
    let text = #"{"link":\#(result)}"#
    #expect(Self.reported(text) == text)
  }

  @Test func `a code for another device arrives as it was sent`() {
    let text =
      #"{"code":{"user_code":"AB-CD","address":"https://a.example/d","complete_address":"https://a.example/d?c=AB-CD","expires":"2026-01-01T00:00:00Z"}}"#
    #expect(Self.reported(text) == text)
  }

  @Test(arguments: [
    "{}", #"{"ready":{"moon":1}}"#, #"{"ready":{"client":{"id":"c"}}}"#,
    #"{"ready":{"client":{"id":"c","source":"dynamic"}}}"#,
    #"{"ready":{"client":{"id":"c","source":"by_hand","registered":"2026-01-01T00:00:00Z"}}}"#,
    #"{"ready":{"client":{"id":"c","source":"by_hand","authentication":"private_key_jwt"}}}"#,
    #"{"ready":{"client":{"id":"c","source":"by_hand","callback":"http://elsewhere.example/"}}}"#,
    #"{"ready":{"token":{"token":"t","secret":"s"}}}"#,
    #"{"ready":{"server":{"issuer":"https://a.example"}}}"#,
    #"{"ready":{"server":{"issuer":"i","authorization_endpoint":"a","token_endpoint":"t","more":1}}}"#,
    #"{"installations":[{"id":"7","account":"acme"}]}"#, #"{"installations":{}}"#,
    #"{"linked":{"settings":{},"scopes":[]}}"#, #"{"refused":{"client_unknown":true}}"#,
    #"{"ready":{},"refused":{"diagnosis":{"kind":"refused","sentence":"No."},"client_unknown":true}}"#,
  ])
  func `a result that is odd is refused`(_ result: String) {
    #expect(Self.reported(#"{"link":\#(result)}"#) == "")
  }
}
