internal import Basics
package import Drafts
package import ProviderFormat
internal import Secrets

/// The check as a state machine: what to send next, and what the answers come to. It does no input or output itself;
/// whoever drives it does.
///
///     var session = CheckSession(submission)
///     while true {
///       switch session.next() {
///       case .send(let request): … session.receive(answer) or session.fail(cause, detail: …)
///       case .done(let diagnosis): return diagnosis
///       }
///     }
package struct CheckSession: ~Copyable {
  private var context: CheckContext
  private var procedure: any CheckStrategy
  private var host: String?
  /// How long the last answer wants nobody to ask, in seconds.
  private var wait: Int64?
  private var result: Diagnosis?

  /// - Parameter replay: when the check happens and what chance gives it; left out for a check that is sent now, whose
  ///   tokens are dated back a little.
  package init(_ submission: consuming Submission, at replay: ReplayContext? = nil) {
    procedure = CheckMode(submission.provider).procedure
    context = CheckContext(TemplateContext(of: submission, sentAt: replay))
  }

  /// The check of an account that was linked with a person's consent.
  /// - Parameters:
  ///   - linked: what requests of the account are made of.
  ///   - token: nil where they carry none.
  package init(
    linked: consuming Submission, token: borrowing TokenSet?, at replay: ReplayContext? = nil
  ) {
    procedure = CheckMode(linked: linked.provider).procedure
    var sources = TemplateContext(of: linked, sentAt: replay)
    switch token {
    case .some(let token): token.restore(in: &sources)
    case nil: break
    }
    context = CheckContext(sources)
  }

  /// Whether such an account can be checked: its entry declares how.
  package static func knowsLinked(_ provider: Provider) -> Bool {
    switch CheckMode(linked: provider) {
    case .by: true
    case .unchecked: false
    }
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<Diagnosis> {
    if let result { return .done(result) }
    do throws(RequestError) {
      if let request = try procedure.next(&context) {
        host = request.origin.description
        return .send(request)
      }
    } catch {
      return finish(Diagnosis(of: error, for: context.provider))
    }
    return finish(procedure.conclusion(context))
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard result == nil else { return }
    if answer.isSuccess {
      context.sources.derive(by: context.provider.usher.derivations, from: answer)
    }
    wait = RetryTime(answer, now: context.sources.now)?.seconds
    if let diagnosis = procedure.receive(answer, &context) { decide(diagnosis) }
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard result == nil else { return }
    decide(context.unreachable(cause, host: host, detail: detail))
  }

  /// Gives what was derived of values and answers so far.
  borrowing func copyDerived(to sources: inout TemplateContext) {
    for name in context.sources.fetched.keys where name.hasPrefix("derived.") {
      if let value = context.sources.fetched.duplicate(of: name) {
        sources.fetched.set(name, to: value)
      }
    }
  }

  private mutating func finish(_ diagnosis: Diagnosis) -> SessionAction<Diagnosis> {
    decide(diagnosis)
    return .done(result ?? diagnosis)
  }

  private mutating func decide(_ diagnosis: Diagnosis) {
    var diagnosis = diagnosis
    diagnosis.host = diagnosis.host ?? host
    if diagnosis.kind == .busy { diagnosis.wait = wait }
    context.facts.apply(to: &diagnosis)
    result = diagnosis
  }
}
