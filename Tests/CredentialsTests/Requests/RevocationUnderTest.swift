import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// A session in a class, because `#expect` cannot take a noncopyable one.
final class RevocationUnderTest {
  private var session: RevocationSession

  init(
    _ json: String, _ values: KeyValuePairs<String, String> = [:], slug: String = "acme",
    known: KeyValuePairs<String, String>? = nil, life: Int64? = nil
  ) {
    session = RevocationSession(Self.order(json, values, slug: slug, known: known, life: life))
  }

  static func order(
    _ json: String, _ values: KeyValuePairs<String, String>, slug: String = "acme",
    known: KeyValuePairs<String, String>?, life: Int64? = nil
  ) -> RevocationOrder {
    let submission = Submission(
      provider: Fixture.provider(json, slug: slug), values: SecretValues(fixture: values))
    var token: TokenSet?
    if let known {
      var kept = SecretMap<String>()
      for (name, text) in known { kept.set(name, to: SecretBuffer(fixture: text)) }
      let now = Timestamp.now()
      token = TokenSet(
        values: kept, obtained: now,
        expires: life.map { Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + $0) })
    }
    return RevocationOrder(submission, token: token)
  }

  /// What is sent next, else what came of it.
  func next() -> String {
    switch session.next() {
    case .send(let request): return request.fixtureText
    case .done(let outcome):
      switch outcome {
      case .revoked: return "revoked"
      case .failed(let diagnosis): return "failed: \(diagnosis.kind.rawValue)"
      }
    }
  }

  func answer(_ status: Int, _ body: String = "", type: String = "application/json") {
    session.receive(
      CheckAnswer(
        status: status, headers: [(name: "content-type", value: type)],
        body: SecretBuffer(fixture: body)))
  }

  func fail(_ cause: Diagnosis.Cause) { session.fail(cause, detail: nil) }

  var diagnosis: Diagnosis? {
    switch session.next() {
    case .send: return nil
    case .done(let outcome):
      guard case .failed(let diagnosis) = outcome else { return nil }
      return diagnosis
    }
  }
}
