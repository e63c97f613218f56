import Basics
import Requests
import Secrets
import Synchronization
import Testing

/// Linking by a code that is typed on another device.
@Suite struct DeviceCodes {
  private static let entry = #"""
    {"display_name":"Acme","auth_mode":"OAUTH2","token_url":"https://a.example/token",
     "usher":{"device":{"url":"https://a.example/device"}}}
    """#
  private static let code =
    #"{"device_code":"dev+1","user_code":"ABCD-EFGH","verification_uri":"https://a.example/d","interval":3,"expires_in":60}"#

  /// A session with a clock that its own pauses move.
  final class Driven {
    private var session: DeviceAuthorization
    private let clock: Clock

    final class Clock: Sendable {
      let seconds = Mutex<Int64>(FlowUnderTest.now)
    }

    init(_ flow: FlowUnderTest) {
      let clock = Clock()
      self.clock = clock
      session = flow.device { Timestamp(secondsSinceEpoch: clock.seconds.withLock { $0 }) }
    }

    func next() -> String {
      switch session.next() {
      case .send(let request): return request.fixtureText
      case .show(let code):
        return "\(code.userCode.fixtureText) at \(code.address)"
      case .wait(let seconds):
        clock.seconds.withLock { $0 += seconds }
        return "wait \(seconds)"
      case .done(.refused(let diagnosis)): return "refused: \(diagnosis.kind.rawValue)"
      case .done(.linked(let account)):
        switch account.token {
        case .some(let token): return (["linked"] + TokenText.parts(token)).joined(separator: " ")
        case nil: return "linked"
        }
      }
    }

    func answer(_ body: String, status: Int = 200) {
      session.receive(CheckAnswer(fixture: body, status: status))
    }

    func fail() { session.fail(.timeout, detail: nil) }

    /// Up to the first question whether somebody has agreed.
    func begin(_ body: String) -> String {
      _ = next()
      answer(body)
      let shown = next()
      _ = next()
      _ = next()
      return shown
    }
  }

  @Test func `a code is shown, and the provider asked until somebody agrees`() {
    let device = Driven(FlowUnderTest(Self.entry, scopes: ["a", "b"]))
    #expect(
      device.next()
        == "POST https://a.example/device content-type: application/x-www-form-urlencoded accept: application/json client_id=app&scope=a+b&client_secret=s%2B1"
    )
    device.answer(Self.code)
    #expect(device.next() == "ABCD-EFGH at https://a.example/d")
    #expect(device.next() == "wait 3")
    #expect(
      device.next()
        == "POST https://a.example/token content-type: application/x-www-form-urlencoded accept: application/json "
        + "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=dev%2B1&client_id=app&client_secret=s%2B1"
    )
    device.answer(#"{"error":"authorization_pending"}"#, status: 400)
    #expect(device.next() == "wait 3")
    _ = device.next()
    device.answer(#"{"access_token":"t","refresh_token":"r","expires_in":9}"#)
    #expect(device.next() == "linked accessToken=t refreshToken=r ends=9")
  }

  @Test func `whoever asks too often waits longer, for good`() {
    let device = Driven(FlowUnderTest(Self.entry))
    _ = device.begin(Self.code)
    for pause in [8, 13] {
      device.answer(#"{"error":"slow_down"}"#, status: 400)
      #expect(device.next() == "wait \(pause)")
      _ = device.next()
    }
    device.answer(#"{"error":"authorization_pending"}"#)
    #expect(device.next() == "wait 13")
    _ = device.next()
    device.fail()
    #expect(device.next() == "wait 26")
  }

  @Test(arguments: [
    ("access_denied", "refused: lacks_right"), ("expired_token", "refused: refused"),
    ("invalid_client", "refused: refused"),
  ])
  func `a refusal ends it, also in an answer that is a success`(error: String, words: String) {
    for status in [200, 400] {
      let device = Driven(FlowUnderTest(Self.entry))
      _ = device.begin(Self.code)
      device.answer(#"{"error":"\#(error)"}"#, status: status)
      #expect(device.next() == words)
    }
  }

  @Test func `nobody is asked any more when the code has ended`() {
    let device = Driven(FlowUnderTest(Self.entry))
    _ = device.begin(Self.code)
    var words = ""
    for _ in 0..<80 where !words.hasPrefix("refused") {
      device.answer(#"{"error":"authorization_pending"}"#, status: 400)
      words = device.next()
    }
    #expect(words == "refused: refused")
  }

  @Test(arguments: [
    #"{"device_code":"d","user_code":"u","verification_url":"https://a.example/d"}"#,
    #"{"device_code":"d","user_code":"u","verification_uri":"https://a.example/d","interval":"5"}"#,
  ])
  func `what an answer leaves out is what is usual`(body: String) {
    let device = Driven(FlowUnderTest(Self.entry))
    _ = device.next()
    device.answer(body)
    #expect(device.next() == "u at https://a.example/d")
    #expect(device.next() == "wait 5")
  }

  @Test func `an entry says what is not as the standard has it`() {
    let entry = #"""
      {"auth_mode":"OAUTH2","token_url":"https://a.example/token",
       "usher":{"device":{"url":"https://a.example/device","token_url":"https://a.example/poll",
        "params":{"grant_type":"device_request","scope":null},"token_params":{"grant_type":"device_token"},
        "auth_method":"client_secret_basic"}}}
      """#
    let device = Driven(FlowUnderTest(entry))
    #expect(
      device.next().hasSuffix(
        "authorization: Basic YXBwOnMrMQ== client_id=app&grant_type=device_request"))
    device.answer(Self.code)
    _ = device.next()
    _ = device.next()
    let poll = device.next()
    #expect(poll.hasPrefix("POST https://a.example/poll "))
    #expect(poll.hasSuffix("grant_type=device_token&device_code=dev%2B1&client_id=app"))
  }

  @Test func `a server that was found out about may know it`() throws {
    let server = try #require(
      MCPDiscoveryUnderTest.server(#""device_authorization_endpoint":"https://as.example/device""#))
    let entry = #"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#
    #expect(DeviceAuthorization.isKnown(Fixture.provider(entry), server: server))
    #expect(
      Driven(FlowUnderTest(entry, server: server)).next().hasPrefix(
        "POST https://as.example/device "))
    #expect(!DeviceAuthorization.isKnown(Fixture.provider(entry)))
    #expect(Driven(FlowUnderTest(#"{"auth_mode":"OAUTH2"}"#)).next() == "refused: uncheckable")
  }
}
