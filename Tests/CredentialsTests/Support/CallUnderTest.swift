import Basics
import Drafts
import Requests
import Secrets

/// The session of a call, in a class, because `#expect` cannot take a noncopyable one.
final class CallUnderTest {
  private var session: CallSession
  /// What `next` gave at the end.
  private(set) var outcome: CallOutcome?
  /// Everything that was written.
  private(set) var output = ""

  static let host = "https://api.acme.example"

  /// - Parameters:
  ///   - values: of the form.
  ///   - now: in seconds since 1970.
  init(
    _ json: String, _ call: APICall, _ values: KeyValuePairs<String, String> = [:],
    body: consuming CallBody = .none, options: CallOptions = CallOptions(),
    token: consuming TokenSet? = nil, now: Int64 = 1_000_000_000
  ) {
    session = CallSession(
      CallRequest(call, body: body, options: options),
      of: Submission(provider: Fixture.provider(json), values: SecretValues(fixture: values)),
      token: token, at: ReplayContext(now: Timestamp(secondsSinceEpoch: now)))
  }

  /// The request as `PreparedRequest.fixtureText` writes it, `wait SECONDS (…): …`, `renew`, or `done CODE` with the
  /// outcome's exit code. What is written on the way goes to `output`.
  func next() -> String {
    while true {
      switch session.next() {
      case .send(let request): return request.fixtureText
      case .wait(let wait):
        return "wait \(wait.seconds) (\(wait.attempt) of \(wait.attempts)): \(wait.sentence)"
      case .renewToken: return "renew"
      case .write(let piece): output += piece.fixtureText
      case .done(let outcome):
        self.outcome = outcome
        return "done \(outcome.exitCode.rawValue)"
      }
    }
  }

  /// An answer that is kept, whatever the session wants.
  func answer(
    _ status: Int, _ body: String = "", headers: [(name: String, value: String)] = [],
    cut: CheckAnswer.Cut? = nil
  ) {
    session.receive(
      CheckAnswer(status: status, headers: headers, body: SecretBuffer(fixture: body), cut: cut))
  }

  func handling(_ status: Int) -> AnswerHandling {
    session.handling(of: AnswerHead(status: status, headers: []))
  }

  func streamed(_ status: Int, cut: CheckAnswer.Cut? = nil) {
    session.receiveStreamed(AnswerHead(status: status, headers: []), cut: cut)
  }

  func fail(_ cause: Diagnosis.Cause, _ detail: String? = nil) {
    session.fail(cause, detail: detail)
  }

  func renewed(_ token: consuming TokenSet?, _ diagnosis: Diagnosis? = nil) {
    session.renewed(token, diagnosis: diagnosis)
  }

  func stop() { session.stop() }

  var sentHead: RequestHead? { session.sentHead }

  func masked(_ head: AnswerHead) -> AnswerHead { session.masked(head) }
}

extension APICall {
  /// `GET /path`, `/path`, `POST /path?x=1`
  init(
    _ line: String, q: KeyValuePairs<String, String> = [:], h: KeyValuePairs<String, String> = [:],
    base: String? = nil
  ) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    self.init(
      method: words.count > 1 ? words[0] : nil, target: .path(words[words.count - 1]),
      baseURL: base, parameters: q.map { .init(name: $0.key, value: $0.value) },
      headers: h.map { .init(name: $0.key, value: $0.value) })
  }
}
