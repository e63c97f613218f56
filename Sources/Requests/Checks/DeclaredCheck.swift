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
    let step = context.provider.usher.check[index - 1]
    let reader = AnswerReader(context)
    let reading = reader.read(answer, from: context.sources)
    let meaning = reader.diagnosis(reading)
    let isOfProvider = answer.isSuccess || reading.meaning.isOfProvider
    var match: UsherExtension.Answer?
    for declared in step.answers where match == nil && declared.matches(answer) {
      if isOfProvider || declared.looksInside { match = declared }
    }
    guard let match else { return meaning }
    // What only names a status goes on, but does not vouch for an answer that says that it failed.
    if answer.isSuccess, meaning.isAccepted || match.looksInside { hasSucceeded = true }
    context.facts.read(match.read, in: answer, from: context.sources)
    guard let kind = match.means.kind else {
      if !meaning.isAccepted, undecided?.saysMost != true { undecided = meaning }
      return nil
    }
    // The general words are those of the answer where it means the same, else those of the kind.
    var diagnosis = meaning.kind == kind ? meaning : context.general.diagnosis(kind)
    diagnosis.status = answer.status
    diagnosis.sentence = match.say ?? diagnosis.sentence
    diagnosis.nextStep = match.next ?? diagnosis.nextStep
    if kind != .accepted { diagnosis.providerSays = reading.message }
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
