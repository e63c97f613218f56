/// The check by `proxy.verification`: its endpoints in order, until one answers that all is well.
struct EndpointCheck: CheckStrategy {
  /// Which endpoint comes next.
  private var index = 0
  /// The most telling answer so far. A refusal says more than the others, which may come of a wrong endpoint.
  private var undecided: Diagnosis?

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    let builder = context.builder
    guard let plan = try builder.endpointPlan(at: index, context.sources) else { return nil }
    index += 1
    return try builder.build(plan, from: &context.sources)
  }

  mutating func receive(
    _ answer: borrowing CheckAnswer, _ context: inout CheckContext
  ) -> Diagnosis? {
    let meaning = context.meaning(of: answer)
    if meaning.isAccepted { return meaning }
    if undecided?.saysMost != true { undecided = meaning }
    return nil
  }

  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    undecided ?? context.general.diagnosis(.uncheckable)
  }
}

extension Diagnosis {
  /// Whether a later answer that decides nothing either says no more than this one.
  var saysMost: Bool { kind == .refused || kind == .lacksRight }
}
