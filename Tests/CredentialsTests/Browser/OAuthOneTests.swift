import Basics
import Requests
import Testing

/// OAuth 1.0a, from the temporary token to the one that signs.
@Suite struct OAuthOneFlows {
  private static func entry(_ method: String, _ members: String = "") -> String {
    #"""
    {"auth_mode":"OAUTH1","request_url":"https://a.example/request","authorization_url":"https://a.example/auth",
     "token_url":"https://a.example/access","signature_method":"\#(method)"\#(members)}
    """#
  }

  private static func request(_ session: inout RequestTokenSession) -> String {
    switch session.next() {
    case .send(let request): request.fixtureText
    case .done(.token): "token"
    case .done(.refused(let diagnosis)): "refused: \(diagnosis.kind.rawValue)"
    }
  }

  private static let nonce = String(repeating: "0", count: 32)

  @Test func `a token is asked for, carried by the browser, and exchanged for the one that signs`()
  {
    let flow = FlowUnderTest(
      Self.entry("PLAINTEXT", #","authorization_params":{"expiration":"never"}"#),
      scopes: ["a", "b"])
    var session = flow.requestToken()
    #expect(
      Self.request(&session)
        == #"POST https://a.example/request content-type: application/x-www-form-urlencoded "#
        + #"authorization: OAuth oauth_callback="http%3A%2F%2F127.0.0.1%3A8976%2Fcallback%3Fstate%3D\#(FlowUnderTest.state)","#
        + #"oauth_consumer_key="app",oauth_nonce="\#(Self.nonce)",oauth_signature_method="PLAINTEXT","#
        + #"oauth_timestamp="1795867200",oauth_version="1.0",oauth_signature="s%252B1%26" "#)
    session.receive(CheckAnswer(fixture: "oauth_token=tmp&oauth_token_secret=tmp%2Bs"))
    guard case .done(.token(let token)) = session.next() else {
      Issue.record("no token")
      return
    }
    let answer = "http://127.0.0.1:8976/callback?state=STATE&oauth_token=tmp&oauth_verifier=v1"
    let exchange = flow.proceed(with: token, pasting: answer)
    #expect(
      flow.address
        == "https://a.example/auth?oauth_token=tmp&scope=a+b&expiration=never&oauth_callback=http%3A%2F%2F127.0.0.1%3A8976%2Fcallback%3Fstate%3DSTATE"
    )
    #expect(
      exchange?.next()
        == #"POST https://a.example/access content-type: application/x-www-form-urlencoded "#
        + #"authorization: OAuth oauth_consumer_key="app",oauth_nonce="\#(Self.nonce)","#
        + #"oauth_signature_method="PLAINTEXT",oauth_timestamp="1795867200",oauth_token="tmp","#
        + #"oauth_verifier="v1",oauth_version="1.0",oauth_signature="s%252B1%26tmp%252Bs" "#)
    exchange?.answer("oauth_token=t&oauth_token_secret=u")
    #expect(
      exchange?.next()
        == "linked credentials.oauth_token=t credentials.oauth_token_secret=u scopes=a+b")
  }

  @Test(arguments: [
    ("oauth_token=other&oauth_verifier=v&state=STATE", "otherState"),
    ("oauth_token=tmp&state=STATE", "noCode"), ("denied=tmp&state=STATE", "refused"),
    ("oauth_token=tmp&oauth_verifier=v&state=x", "otherState"),
  ])
  func `another token than the one that was sent is refused`(query: String, words: String) {
    let flow = FlowUnderTest(Self.entry("HMAC-SHA1"))
    var session = flow.requestToken()
    _ = Self.request(&session)
    session.receive(CheckAnswer(fixture: "oauth_token=tmp&oauth_token_secret=s"))
    guard case .done(.token(let token)) = session.next() else { return }
    let text = "http://127.0.0.1:8976/callback?\(query)"
    let next = flow.proceed(with: token, pasting: text)
    #expect(next == nil)
    #expect(flow.paste(text).hasPrefix(words))
  }

  @Test(arguments: [
    (401, "Failed to validate oauth signature and token"), (200, "ok"),
    (200, "oauth_token=tmp"), (200, ""),
  ])
  func `without a temporary token there is no address`(status: Int, body: String) {
    var session = FlowUnderTest(Self.entry("HMAC-SHA1")).requestToken()
    _ = Self.request(&session)
    session.receive(CheckAnswer(fixture: body, status: status))
    #expect(Self.request(&session).hasPrefix("refused"))
  }

  @Test func `a method that is not known signs nothing`() {
    var session = FlowUnderTest(Self.entry("RSA-SHA1")).requestToken()
    #expect(Self.request(&session) == "refused: unclear")
  }
}
