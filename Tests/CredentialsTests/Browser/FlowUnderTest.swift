import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets

/// A flow in a class, because `#expect` cannot take a noncopyable one. Clock and chance are fixed.
final class FlowUnderTest {
  static let client: KeyValuePairs = [
    "credentials.oauth_client_id_override": "app",
    "credentials.oauth_client_secret_override": "s+1",
  ]
  /// 2026-11-28T12:00:00Z
  static let now: Int64 = 1_795_867_200

  private let flow: AuthorizationFlow
  private var request: AuthorizationRequest?
  private let replay: ReplayContext
  private(set) var answer: AuthorizationAnswer?

  /// - Parameters:
  ///   - entry: JSON.
  ///   - values: by field; the client is there besides.
  ///   - seed: what chance gives: 24 bytes make the state, and 32 the verifier.
  init(
    _ entry: String, _ values: KeyValuePairs<String, String> = [:], slug: String = "acme",
    scopes: [String] = [], userScopes: [String] = [], callback: Callback = .loopback(),
    parameters: [(String, String)] = [], server: AuthorizationServer? = nil, hasClient: Bool = true,
    seed: [UInt8] = Array(repeating: 0, count: 56)
  ) {
    var all = SecretValues(fixture: hasClient ? Self.client : [:])
    for (name, value) in values {
      if let id = Field.ID(name) { all.set(id, to: SecretBuffer(fixture: value)) }
    }
    flow = AuthorizationFlow(
      Submission(provider: Fixture.provider(entry, slug: slug), values: all),
      scopes: Scopes(scopes), userScopes: Scopes(userScopes), callback: callback,
      parameters: parameters.map { .init(name: $0.0, value: $0.1) }, server: server)
    replay = ReplayContext(
      now: Timestamp(secondsSinceEpoch: Self.now),
      randomSource: RandomSource(seed: seed))
    request = try? flow.request(at: replay)
  }

  /// The state, and the challenge, that come of the fixed chance.
  static let state = String(repeating: "A", count: 32)
  static let verifier = String(repeating: "A", count: 43)

  /// The address, with words for what chance gives; nil where there is none.
  var address: String? {
    switch request {
    case .some(let request):
      request.address.fixtureText.replacing(Self.state, with: "STATE")
        .replacing("DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQnip4TOnlzRo", with: "CHALLENGE")
    case nil: nil
    }
  }

  var holdsSecret: Bool {
    switch request {
    case .some(let request): request.holdsSecret
    case nil: false
    }
  }

  /// Takes what was pasted: what is wrong with it, or `good`, and whether something is to be asked or told.
  func paste(_ text: String, after seconds: Int64 = 1, by way: CallbackReader.Way = .paste)
    -> String
  {
    let text = text.replacing("STATE", with: Self.state)
    do throws(CallbackFault) {
      let given = try text.withBytes { bytes throws(CallbackFault) in
        try request!.answer(
          from: bytes, at: Timestamp(secondsSinceEpoch: Self.now + seconds), by: way)
      }
      var words = "good"
      if !given.isStateChecked { words += ", unproven" }
      if given.isRepaired { words += ", repaired" }
      for name in given.settings.keys {
        words += ", \(name)=\(given.settings.withBytes(of: name) { $0.shownText })"
      }
      answer = .some(given)
      return words
    } catch {
      return "\(error)"
    }
  }

  /// Redeems the answer that was pasted.
  func exchange() -> ExchangeUnderTest {
    ExchangeUnderTest(CodeExchange(flow, request!.redemption(of: answer.take()!), at: replay))
  }

  /// Pastes a good answer and redeems it.
  func exchange(code: String, _ rest: String = "") -> ExchangeUnderTest {
    _ = paste("http://127.0.0.1:8976/callback?code=\(code)&state=STATE\(rest)")
    return exchange()
  }

  func exchange(refreshToken: String) -> ExchangeUnderTest {
    ExchangeUnderTest(
      CodeExchange(flow, refreshToken: SecretBuffer(fixture: refreshToken), at: replay))
  }

  func exchange(installation: Int64) -> ExchangeUnderTest {
    ExchangeUnderTest(CodeExchange(flow, installation: installation, at: replay))
  }

  func registration() -> ClientRegistration { ClientRegistration(flow, at: replay) }
  func installations() -> InstallationList { InstallationList(flow, at: replay) }
  func requestToken() -> RequestTokenSession { RequestTokenSession(flow, at: replay) }
  func device(_ clock: @escaping @Sendable () -> Timestamp) -> DeviceAuthorization {
    DeviceAuthorization(flow, at: replay, clock: clock)
  }

  /// Goes on in OAuth 1.0a, once there is a temporary token.
  func proceed(with token: consuming RequestToken, pasting text: String) -> ExchangeUnderTest? {
    request = try? flow.request(with: token, at: replay)
    guard paste(text).hasPrefix("good") else { return nil }
    let redemption = request!.redemption(of: answer.take()!, token: token)
    return ExchangeUnderTest(CodeExchange(flow, redemption, at: replay))
  }
}

extension CheckAnswer {
  init(fixture body: String, status: Int = 200, headers: [(name: String, value: String)] = []) {
    self.init(status: status, headers: headers, body: SecretBuffer(fixture: body))
  }
}
