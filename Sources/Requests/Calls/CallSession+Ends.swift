internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// What answers come to: another try, another token, the next page, or the end.
extension CallSession {
  /// An answer that is no success.
  mutating func takeRefusal(_ answer: borrowing CheckAnswer) {
    var outcome = CallOutcome(
      status: answer.status,
      diagnosis: CallDiagnosis(context).of(answer, at: origin, from: context.sources))
    outcome.body = answer.body.withBytes { body in
      Redactor.replaced(
        body.extracting(0..<min(body.byteCount, Self.errorLimit)), from: context.sources)
    }
    let isRetryable = retries?.isRetryable(answer) == true
    let wish = isRetryable ? retries?.wish(in: answer, now: context.sources.now) : nil
    if let wish {
      outcome.diagnosis?.wait = wish
      outcome.diagnosis?.nextStep = "Try again \(RetryTime(seconds: wish).words)."
    }
    let needsToken =
      answer.status == 401 && !hasRenewed && TokenOrigin(context.provider) != .none
    guard isRetryable || needsToken else { return finish(outcome) }
    guard body.isRepeatable else {
      outcome.diagnosis?.nextStep = "Send it once more: what it came from cannot be read twice."
      return finish(outcome)
    }
    if needsToken {
      hasRenewed = true
      refusal = outcome
      stage = .tokenless
    } else {
      tryAgain(outcome, after: wish, because: "answered \(answer.status)")
    }
  }

  /// - Parameter status: of the answer whose body did not come; nil where no answer came.
  mutating func fail(_ cause: Diagnosis.Cause, detail: String?, status: Int?) {
    let outcome = CallOutcome(
      status: status, diagnosis: unreachable(cause, detail, status: status))
    if body.isRepeatable, RetryPlan.isRetryable(cause) {
      tryAgain(outcome, after: nil, because: "did not answer")
    } else {
      finish(outcome)
    }
  }

  func unreachable(_ cause: Diagnosis.Cause, _ detail: String?, status: Int?) -> Diagnosis {
    var diagnosis = context.unreachable(
      cause, host: origin?.description, detail: detail, isCheck: false)
    diagnosis.status = status
    return diagnosis
  }

  /// - Parameters:
  ///   - outcome: what it comes to when there is no further try.
  ///   - wish: the pause that the provider wants, in seconds; nil for the usual one.
  ///   - reason: the end of a sentence that begins with the host.
  private mutating func tryAgain(_ outcome: CallOutcome, after wish: Int64?, because reason: String)
  {
    let attempts = RetryPlan.attempts(options, method: call.method ?? "GET")
    guard attempt < attempts else { return finish(outcome) }
    attempt += 1
    let pause = wish ?? RetryPlan.pause(before: attempt)
    guard pause <= options.maxWait else {
      var outcome = outcome
      outcome.diagnosis?.wait = pause
      outcome.diagnosis?.sentence +=
        " The next try would be in \(pause) seconds, and at most \(options.maxWait) are waited."
      outcome.diagnosis?.nextStep = "Try again then, or allow the wait with --max-wait \(pause)."
      return finish(outcome)
    }
    let host = origin?.description ?? context.general.name
    stage = .pausing(
      CallWait(
        seconds: pause, attempt: attempt, attempts: attempts, sentence: "\(host) \(reason)."))
  }

  /// - Parameter always: whether there is to be a document also where no page came.
  mutating func finish(_ outcome: CallOutcome, always: Bool = false) {
    var outcome = outcome
    if let sequence = pages {
      outcome.pages = sequence.count
      if let diagnosis = outcome.diagnosis {
        outcome.diagnosis?.sentence = "Page \(sequence.count + 1): \(diagnosis.sentence)"
        if sequence.count > 0 { outcome.continuation = words(for: call) }
      }
      closePages(always: always)
    }
    stage = .over(outcome)
  }

  /// How a call is asked for, as words for a shell.
  func words(for call: APICall) -> String? {
    CallContinuation.words(for: call, body: body, from: context.sources)
  }
}
