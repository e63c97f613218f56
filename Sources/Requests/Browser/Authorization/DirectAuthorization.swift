internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Asks the question itself, of a provider that answers at once with the address that a browser would end on. A state
/// machine like `CheckSession`: it does no input or output itself.
package struct DirectAuthorization: ~Copyable {
  /// What came of asking.
  package enum Outcome: ~Copyable, Sendable {
    case answered(Redemption)
    case refused(Diagnosis)
  }

  private var context: CheckContext
  /// Nil when it has been sent, or cannot be.
  private var request: PreparedRequest?
  private var question: AuthorizationRequest?
  private var redemption: Redemption?
  private var host: String?
  private var failure: Diagnosis?

  /// - Parameter replay: when it happens and what chance gives it.
  package init(
    _ flow: borrowing AuthorizationFlow, at replay: ReplayContext = ReplayContext()
  ) {
    var sources = flow.sources(adding: SecretMap(), at: replay)
    var question: AuthorizationRequest?
    var request: PreparedRequest?
    var failure: Diagnosis?
    do throws(RequestError) {
      let made = try flow.request(at: replay)
      // What is told of the answer is cleaned of it.
      sources.fetched.set(.authorizationState, to: made.state.duplicate())
      request = .some(try made.directRequest())
      question = .some(made)
    } catch {
      failure = Diagnosis(of: error, for: flow.provider)
    }
    context = CheckContext(sources)
    self.failure = failure
    self.question = question
    self.request = request
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<Outcome> {
    if let failure { return .done(.refused(failure)) }
    if let request = request.take() {
      host = request.origin.description
      return .send(request)
    }
    if let redemption = redemption.take() { return .done(.answered(redemption)) }
    return .done(.refused(context.general.diagnosis(.unclear)))
  }

  /// Takes the answer to the request.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard failure == nil, var question = question.take() else { return }
    guard (300...399).contains(answer.status), let location = answer.header("location") else {
      failure = refusal(answer)
      return
    }
    let text = SecretBuffer(text: location, capacity: 1)
    let now = context.sources.now
    do throws(CallbackFault) {
      let given = try text.withBytes { bytes throws(CallbackFault) in
        try question.answer(from: bytes, at: now)
      }
      redemption = .some(question.redemption(of: given))
    } catch {
      failure = refusal(error)
    }
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    failure = context.unreachable(cause, host: host, detail: detail, isCheck: false)
  }

  private func refusal(_ fault: CallbackFault) -> Diagnosis {
    if case .refused(let refusal) = fault { return Diagnosis(.refused, refusal.explanation) }
    return Diagnosis(
      kind: .refused,
      sentence: "\(context.general.name) did not take the sign-in: \(fault.explanation.what).",
      nextStep: Self.advice)
  }

  /// Without a redirect.
  private func refusal(_ answer: borrowing CheckAnswer) -> Diagnosis {
    var diagnosis = GrantRefusal(context, .exchange).diagnosis(of: answer, from: context.sources)
    guard answer.status != 429, answer.status < 500 else { return diagnosis }
    diagnosis.kind = .refused
    diagnosis.sentence =
      "\(context.general.name) did not take the sign-in: it answered \(answer.status) and no code."
    diagnosis.nextStep = Self.advice
    return diagnosis
  }

  private static let advice =
    "Check what signs you in, and the redirect address on the application's page."
}
