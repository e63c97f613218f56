internal import Basics
internal import ProviderFormat
internal import Secrets

/// The request that gets the next token for a refresh token.
struct TokenRenewal {
  /// What an answer comes to.
  enum Result {
    case renewed(Diagnosis)
    /// Nothing that was handed in is good for a new token; what got the first one still may be.
    case refused
    /// The provider could not answer; it may later.
    case failed(Diagnosis)
  }

  private let rules: TokenRules
  private let step: TokenRules.Step

  /// Nil for an entry without one.
  init?(_ rules: TokenRules) {
    guard let step = rules.renewal else { return nil }
    self.rules = rules
    self.step = step
  }

  /// - Parameter context: holds the refresh token.
  func request(_ context: borrowing CheckContext) throws(RequestError) -> PreparedRequest {
    var builder = context.builder
    builder.tokenScope = .renewalRequest
    return try TokenRequest(builder: builder, step: step, format: rules.format)
      .build(from: context.sources)
  }

  func receive(_ answer: borrowing CheckAnswer, _ context: inout CheckContext) -> Result {
    guard answer.status == 200 || answer.status == 201 else {
      let diagnosis = TokenRefusal(context).diagnosis(ofOther: answer, from: context.sources)
      return answer.status == 429 || answer.status >= 500 ? .failed(diagnosis) : .refused
    }
    if rules.keepsCookies { AnswerCookies(answer).store(in: &context.sources) }
    let read = TokenAnswer(answer)
    _ = rules.store(read, ofStep: 1, in: &context.sources)
    let diagnosis = read.diagnosis(of: answer, by: rules.response, fallback: nil, &context)
    if diagnosis.isAccepted { return .renewed(diagnosis) }
    return diagnosis.kind == .busy ? .failed(diagnosis) : .refused
  }
}
