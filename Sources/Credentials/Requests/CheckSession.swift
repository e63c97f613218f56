internal import Guides
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
  private let provider: Provider
  private let mode: CheckMode
  private let general: GeneralDiagnosis
  private var sources: TemplateSources
  /// The request that comes next.
  private var index = 0
  private var host: String?
  private var result: Diagnosis?
  private var facts = CheckFacts()
  private var hasSucceeded = false
  /// The most telling answer so far that was no success.
  private var undecided: Diagnosis?

  package init(_ submission: consuming Submission) {
    self.init(TemplateSources(of: submission))
  }

  init(_ sources: consuming TemplateSources) {
    provider = sources.provider
    mode = CheckMode(provider)
    general = GeneralDiagnosis(provider)
    self.sources = sources
    self.sources.derive(by: provider.usher.derivations)
  }

  /// The next request, or the end.
  package mutating func next() -> CheckAction {
    if let result { return .done(result) }
    do throws(RequestError) {
      if let request = try nextRequest() {
        host = request.origin.description
        return .send(request)
      }
    } catch {
      return finish(Self.diagnosis(of: error))
    }
    return finish(conclusion())
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard result == nil else { return }
    if answer.isSuccess {
      hasSucceeded = true
      answer.body.withBytes { sources.derive(by: provider.usher.derivations, from: $0) }
    }
    switch mode {
    case .declared: receiveDeclared(answer)
    case .endpoints, .unchecked:
      if answer.isSuccess { decide(meaning(of: answer)) } else { keep(meaning(of: answer)) }
    }
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard result == nil else { return }
    let clean = detail.flatMap { detail in
      SecretBuffer(text: detail, capacity: 1).withBytes { Redactor.clean($0, from: sources) }
    }
    decide(.unreachable(cause, host: host, detail: clean))
  }

  private mutating func finish(_ diagnosis: Diagnosis) -> CheckAction {
    decide(diagnosis)
    return .done(result ?? diagnosis)
  }

  private mutating func decide(_ diagnosis: Diagnosis) {
    var diagnosis = diagnosis
    diagnosis.host = diagnosis.host ?? host
    facts.apply(to: &diagnosis)
    result = diagnosis
  }
}

extension CheckSession {
  private mutating func nextRequest() throws(RequestError) -> PreparedRequest? {
    let builder = RequestBuilder(provider: provider)
    switch mode {
    case .unchecked: return nil
    case .endpoints:
      let plans = try builder.endpointPlans(sources)
      guard index < plans.count else { return nil }
      index += 1
      return try builder.build(plans[index - 1], from: &sources)
    case .declared:
      while index < provider.usher.check.count {
        let step = provider.usher.check[index]
        index += 1
        if step.isFallback && hasSucceeded || sources.skips(step) { continue }
        return try builder.build(try builder.plan(for: step, sources), from: &sources)
      }
      return nil
    }
  }

  private mutating func receiveDeclared(_ answer: borrowing CheckAnswer) {
    let step = provider.usher.check[index - 1]
    guard let match = step.answers.first(where: { $0.matches(answer) }) else {
      return decide(meaning(of: answer))
    }
    answer.body.withBytes { facts.read(match.read, in: $0, from: sources) }
    guard let kind = match.means.kind else {
      if !answer.isSuccess { keep(meaning(of: answer)) }
      return
    }
    var diagnosis = general.diagnosis(
      kind, status: answer.status, retryAfter: answer.header("retry-after"))
    diagnosis.status = answer.status
    diagnosis.sentence = match.say ?? diagnosis.sentence
    diagnosis.nextStep = match.next ?? diagnosis.nextStep
    if kind != .accepted {
      diagnosis.providerSays = ProviderMessage.find(in: answer, from: sources)
    }
    decide(diagnosis)
  }

  /// What an answer means by its status alone.
  private func meaning(of answer: borrowing CheckAnswer) -> Diagnosis {
    var diagnosis = general.diagnosis(
      status: answer.status, retryAfter: answer.header("retry-after"))
    if !answer.isSuccess {
      diagnosis.providerSays = ProviderMessage.find(in: answer, from: sources)
    }
    return diagnosis
  }

  /// Of several answers that decide nothing a refusal says more than the others, which may come of a wrong endpoint.
  private mutating func keep(_ diagnosis: Diagnosis) {
    if let undecided, undecided.kind == .refused || undecided.kind == .lacksRight { return }
    undecided = diagnosis
  }

  /// What it comes to when there is nothing more to send.
  private func conclusion() -> Diagnosis {
    if case .unchecked(let reason) = mode {
      var diagnosis = general.diagnosis(.uncheckable)
      diagnosis.sentence = reason.sentence(for: general.name)
      return diagnosis
    }
    if hasSucceeded { return general.diagnosis(.accepted) }
    return undecided ?? general.diagnosis(.uncheckable)
  }

  private static func diagnosis(of error: RequestError) -> Diagnosis {
    let explanation = error.explanation
    let why = explanation.why.map { ": \($0)" } ?? ""
    return Diagnosis(
      kind: .unclear, sentence: "The request of the check cannot be built\(why).",
      nextStep: explanation.advice.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." } ?? "")
  }
}
