internal import Guides
internal import Secrets

/// The check by `usher.check`: the requests that the entry declares, in order, and what it says of their answers.
struct DeclaredCheck: CheckProcedure {
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
    answer.body.withBytes { body in
      context.facts.read(match.read, in: body, from: context.sources)
    }
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

  func suppose(_ context: inout CheckContext) {
    context.sources.standInForAnswers(by: context.provider.usher.derivations)
  }

  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    if hasSucceeded { return context.general.diagnosis(.accepted) }
    return undecided ?? context.general.diagnosis(.uncheckable)
  }
}

extension RequestBuilder {
  func plan(
    for step: UsherExtension.CheckStep, _ sources: borrowing TemplateSources
  ) throws(RequestError) -> Plan {
    let isAbsolute = step.url.hasPrefix("https://") || step.url.hasPrefix("http://")
    let address = isAbsolute ? step.url : Self.join(try baseAddress(sources), step.url)
    return Plan(
      method: step.method, address: address, query: step.query, headers: step.headers,
      declaredBody: step.body, isDeclared: true)
  }
}

extension TemplateSources {
  /// Derives what the entry derives without asking anybody: fixed texts, and parts of other fields' values.
  mutating func derive(by derivations: [UsherExtension.Derivation]) {
    for derivation in derivations {
      guard case .name(let name) = derivation.target else { continue }
      switch derivation.source {
      case .text(let text): fetched.set("derived.\(name)", to: SecretBuffer(text: text))
      case .pattern(let expression, let field):
        guard let pattern = try? Pattern(expression) else { continue }
        let part = values.withBytes(of: field) { bytes -> SecretBuffer? in
          guard let range = pattern.firstCapture(in: bytes), !range.isEmpty else { return nil }
          return SecretBuffer(copying: bytes.extracting(range))
        }
        if let part { fetched.set("derived.\(name)", to: part) }
      case .answer: continue
      }
    }
  }

  /// Derives what stands in an answer.
  mutating func derive(by derivations: [UsherExtension.Derivation], from body: RawSpan) {
    for derivation in derivations {
      guard case .name(let name) = derivation.target, case .answer(let path) = derivation.source,
        let text = AnswerPath(path).text(in: body), !text.isEmpty
      else { continue }
      fetched.set("derived.\(name)", to: text)
    }
  }

  /// Puts a mark where only an answer could tell the value.
  mutating func standInForAnswers(by derivations: [UsherExtension.Derivation]) {
    for derivation in derivations {
      guard case .name(let name) = derivation.target, case .answer = derivation.source else {
        continue
      }
      fetched.set("derived.\(name)", to: SecretBuffer(text: "ANSWER-\(name)"))
    }
  }

  /// Whether a step has to be left out: its condition is met, or a derived part of its address has no value.
  borrowing func skips(_ step: UsherExtension.CheckStep) -> Bool {
    if let condition = step.skip, let id = Field.ID(condition.field) {
      let isMet = values.withBytes(of: id) { $0.equals(condition.equals.utf8) }
      if isMet { return true }
    }
    return Template(step.url).names.contains { name in
      name.hasPrefix("derived.") && !fetched.contains(name)
    }
  }
}
