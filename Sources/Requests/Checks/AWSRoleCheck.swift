internal import Basics
internal import Secrets

/// AWS_SIGV4: temporary credentials of the role are got and, for a check, AWS says whose they are.
struct AWSRoleCheck: CheckStrategy {
  private enum Step { case assume, identify, end }

  /// Whether AWS is asked whose the credentials are. Whoever only wants to use them has no need to know.
  private let asksOwner: Bool

  private var step = Step.assume
  private var expiry: Timestamp?

  init(asksOwner: Bool = true) { self.asksOwner = asksOwner }

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    let request = STSRequest(
      builder: context.builder, settings: try STSSettings(context.sources.values))
    switch step {
    case .assume:
      step = .identify
      return try request.assumeRole(from: &context.sources)
    case .identify where !asksOwner: return nil
    case .identify:
      step = .end
      return try request.callerIdentity(from: context.sources)
    case .end: return nil
    }
  }

  mutating func receive(
    _ answer: borrowing CheckAnswer, _ context: inout CheckContext
  ) -> Diagnosis? {
    let refusal = AWSRefusal(context)
    let isAssuming = step == .identify
    guard answer.status == 200 || isAssuming && answer.isSuccess else {
      return isAssuming
        ? refusal.ofRole(answer, from: context.sources)
        : refusal.ofIdentity(answer, from: context.sources)
    }
    let read = STSAnswer(answer)
    if isAssuming {
      if let missing = read.store(in: &context.sources) {
        return refusal.without(missing, answer, from: context.sources)
      }
      expiry = read.expiry(now: context.sources.now)
      return asksOwner ? nil : accepted(context)
    }
    guard let identity = read.identity(from: context.sources) else {
      return refusal.without("Arn", answer, from: context.sources)
    }
    return diagnosis(identity, refusal, &context)
  }

  func advanceWithPlaceholders(_ context: inout CheckContext) {
    for part in STSRequest.Temporary.allCases {
      context.sources.standIn(for: part.rawValue)
    }
  }

  private func diagnosis(
    _ identity: AWSIdentity, _ refusal: AWSRefusal, _ context: inout CheckContext
  ) -> Diagnosis {
    let isRole = context.sources.values.withBytes(of: STSSettings.role) { identity.isOf(role: $0) }
    guard isRole else { return refusal.ofOther(identity.arn) }
    context.facts.account = identity.owner
    context.facts.organization = identity.account
    return accepted(context)
  }

  private func accepted(_ context: borrowing CheckContext) -> Diagnosis {
    var diagnosis = context.general.diagnosis(.accepted)
    diagnosis.status = 200
    diagnosis.tokenExpires = expiry
    return diagnosis
  }
}
