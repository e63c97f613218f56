import Basics
import Drafts
import Requests
import Secrets
import Signing

/// A session in a class, because `#expect` cannot take a noncopyable one.
final class SessionUnderTest {
  private var session: CheckSession

  init(_ session: consuming CheckSession) { self.session = session }

  init(_ submission: consuming Submission) { session = CheckSession(submission) }

  /// - Parameters:
  ///   - now: in seconds since 1970; nil for the clock's time.
  ///   - seed: what chance gives first; nil for the system's.
  init(
    _ json: String, _ values: KeyValuePairs<String, String>, now: Int64? = nil,
    seed: [UInt8]? = nil
  ) {
    let moment = ReplayContext(
      now: now.map { Timestamp(secondsSinceEpoch: $0) } ?? .now(),
      randomSource: seed.map { RandomSource(seed: $0) } ?? RandomSource())
    session = CheckSession(
      Submission(provider: Fixture.provider(json), values: SecretValues(fixture: values)),
      at: moment)
  }

  /// `GET https://… {name: value, …} body`, with `(certificate)` at the end where one is shown; or the diagnosis's kind.
  func next() -> String {
    switch session.next() {
    case .done(let diagnosis): return "done: \(diagnosis.kind.rawValue)"
    case .send(let request): return request.fixtureText
    }
  }

  func answer(_ status: Int, _ body: String = "", headers: [(name: String, value: String)] = []) {
    session.receive(
      CheckAnswer(status: status, headers: headers, body: SecretBuffer(fixture: body)))
  }

  func fail(_ cause: Diagnosis.Cause, _ detail: String? = nil) {
    session.fail(cause, detail: detail)
  }

  /// The diagnosis; everything that is still to be sent is answered with 500 first.
  var diagnosis: Diagnosis {
    while true {
      switch session.next() {
      case .done(let diagnosis): return diagnosis
      case .send: answer(500)
      }
    }
  }
}

extension PreparedRequest {
  /// `GET https://… name: value … body`, with `(certificate)` at the end where one is shown, `(stream)` where the body is
  /// read elsewhere, and `(compressed)` where a compressed answer is wanted.
  var fixtureText: String {
    var text = "\(method) \(url.fixtureText)"
    for name in headers.names {
      text += " \(name): \(headers.withValue(of: name) { $0.shownText })"
    }
    switch body {
    case .some(let body): text += " \(body.fixtureText)"
    case nil: break
    }
    if clientCertificate != nil { text += " (certificate)" }
    if streamsBody { text += " (stream)" }
    if decompresses { text += " (compressed)" }
    return text
  }
}
