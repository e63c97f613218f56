import Basics
import Drafts
import Requests
import Secrets
import Signing

/// A session that gets a token, in a class, because `#expect` cannot take a noncopyable one.
final class TokenUnderTest {
  private var session: TokenSession
  private(set) var outcome = ""
  /// What was got; nil until `next` says so.
  private(set) var token: TokenParts?

  /// What is in a set of tokens.
  struct TokenParts: Equatable {
    /// By name.
    var values: [String: String]
    /// In seconds since 1970.
    var obtained: Int64
    var expires: Int64?
    var type: String?
    var assertionExpires: Int64?
    var consentBuffer: Int64?
  }

  /// - Parameters:
  ///   - now: in seconds since 1970.
  ///   - known: what was got before.
  init(
    _ json: String, _ values: KeyValuePairs<String, String>, now: Int64 = 1_000_000_000,
    known: consuming TokenSet? = nil
  ) {
    session = TokenSession(
      Submission(provider: Fixture.provider(json), values: SecretValues(fixture: values)),
      known: known,
      at: ReplayContext(
        now: Timestamp(secondsSinceEpoch: now),
        randomSource: RandomSource(seed: Array(repeating: 7, count: 64))))
  }

  /// The request as `PreparedRequest.fixtureText` writes it, `token`, or the diagnosis's kind.
  func next() -> String {
    switch session.next() {
    case .send(let request): return request.fixtureText
    case .done(let outcome):
      switch outcome {
      case .token(let token):
        self.token = TokenParts(token)
        return "token"
      case .refused(let diagnosis):
        self.outcome = "\(diagnosis)"
        return diagnosis.kind.rawValue
      }
    }
  }

  func answer(_ status: Int, _ body: String = "", headers: [(name: String, value: String)] = []) {
    session.receive(
      CheckAnswer(status: status, headers: headers, body: SecretBuffer(fixture: body)))
  }

  func fail(_ cause: Diagnosis.Cause, _ detail: String? = nil) {
    session.fail(cause, detail: detail)
  }
}

extension TokenUnderTest.TokenParts {
  init(_ token: borrowing TokenSet) {
    values = [:]
    for name in token.values.keys {
      values[name] = token.values.withBytes(of: name) { $0.shownText }
    }
    obtained = token.obtained.secondsSinceEpoch
    expires = token.expires?.secondsSinceEpoch
    type = token.type
    assertionExpires = token.assertionExpires?.secondsSinceEpoch
    consentBuffer = token.consentBuffer
  }
}

extension TokenSet {
  /// - Parameter expires: in seconds since 1970.
  init(
    fixture values: KeyValuePairs<String, String>, expires: Int64? = nil,
    assertionExpires: Int64? = nil
  ) {
    var secrets = SecretMap<String>()
    for (name, value) in values { secrets.set(name, to: SecretBuffer(fixture: value)) }
    self.init(
      values: secrets, obtained: Timestamp(secondsSinceEpoch: 0),
      expires: expires.map { Timestamp(secondsSinceEpoch: $0) },
      assertionExpires: assertionExpires.map { Timestamp(secondsSinceEpoch: $0) })
  }
}
