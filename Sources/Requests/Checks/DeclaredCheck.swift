internal import ProviderFormat

/// The check by `usher.check`: the requests that the entry declares, in order, and what it says of their answers.
struct DeclaredCheck: CheckStrategy {
  /// Which step comes next.
  private var index = 0
  private var hasSucceeded = false
  /// The most telling answer so far that decided nothing.
  private var undecided: Diagnosis?

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    let steps = context.provider.usher.check
    let builder = context.builder
    while index < steps.count {
      let step = steps[index]
      index += 1
      if step.isFallback && hasSucceeded || context.sources.skips(step) { continue }
      return try builder.build(
        try builder.plan(for: step, context.sources), from: &context.sources)
    }
    return nil
  }

  mutating func receive(
    _ answer: borrowing CheckAnswer, _ context: inout CheckContext
  ) -> Diagnosis? {
    if answer.isSuccess { hasSucceeded = true }
    let step = context.provider.usher.check[index - 1]
    guard let match = step.answers.first(where: { $0.matches(answer) }) else {
      return context.meaning(of: answer)
    }
    context.facts.read(match.read, in: answer, from: context.sources)
    guard let kind = match.means.kind else {
      if !answer.isSuccess, undecided?.saysMost != true {
        undecided = context.meaning(of: answer)
      }
      return nil
    }
    var diagnosis = context.general.diagnosis(
      kind, status: answer.status, retryAfter: answer.header("retry-after"))
    diagnosis.status = answer.status
    diagnosis.sentence = match.say ?? diagnosis.sentence
    diagnosis.nextStep = match.next ?? diagnosis.nextStep
    if kind != .accepted {
      diagnosis.providerSays = ProviderMessage.find(in: answer, from: context.sources)
    }
    return diagnosis
  }

  func advanceWithPlaceholders(_ context: inout CheckContext) {
    context.sources.standInForAnswers(by: context.provider.usher.derivations)
  }

  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    if hasSucceeded { return context.general.diagnosis(.accepted) }
    return undecided ?? context.general.diagnosis(.uncheckable)
  }
}
