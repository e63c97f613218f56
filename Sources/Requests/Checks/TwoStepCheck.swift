internal import ProviderFormat
internal import Secrets

/// A token in a step or several, each asked for with what the form and the answers before it gave: getting the token is
/// the check.
struct TwoStepCheck: CheckStrategy {
  private let rules: TokenRules
  /// How many steps have been sent.
  private var sent = 0

  init(_ rules: TokenRules) { self.rules = rules }

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    guard sent <= rules.additional.count else { return nil }
    if sent == 0 { try RequestSigning(context.provider).make(in: &context.sources) }
    let step = sent == 0 ? rules.first : rules.additional[sent - 1]
    sent += 1
    let request = TokenRequest(builder: context.builder, step: step, format: rules.format)
    return try request.build(from: context.sources)
  }

  func receive(_ answer: borrowing CheckAnswer, _ context: inout CheckContext) -> Diagnosis? {
    guard answer.status == 200 || answer.status == 201 && sent == 1 else {
      let fields = context.provider.fields.filter { $0.id.scope == .credentials }.map(\.id.name)
      return TokenRefusal(context, fields: fields)
        .diagnosis(ofOther: answer, from: context.sources)
    }
    if rules.keepsCookies { AnswerCookies(answer).store(in: &context.sources) }
    let read = TokenAnswer(answer)
    let isWhole = rules.store(read, ofStep: sent, in: &context.sources)
    guard sent > rules.additional.count else {
      if isWhole { return nil }
      // The next request cannot be built without what is missing, and a refusal is why.
      return TokenRefusal(context).diagnosis(of: answer, from: context.sources)
    }
    return read.diagnosis(of: answer, by: rules.response, fallback: nil, &context)
  }

  func advanceWithPlaceholders(_ context: inout CheckContext) {
    for name in rules.names(ofStep: sent) { context.sources.standIn(for: name) }
    if rules.keepsCookies {
      for name in TemplateScope.cookies { context.sources.standIn(for: name, as: "cookies") }
    }
  }
}
