internal import Basics
internal import ProviderFormat

/// BILL: a session is opened with user, password, organization and developer key; opening it is the check.
struct BillCheck: CheckStrategy {
  private let rules: TokenRules
  private var isPrompted = false

  init(_ rules: TokenRules) { self.rules = rules }

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    if isPrompted { return nil }
    isPrompted = true
    var step = rules.first
    step.method = "POST"
    step.parameters = Value.Map(
      Self.members.map { .init(key: $0.key, value: .string("${credentials.\($0.field)}")) })
    let request = TokenRequest(
      builder: context.builder, step: step, format: .body(.json),
      headers: [.init(name: "content-type", template: "application/json")])
    return try request.build(from: context.sources)
  }

  func receive(_ answer: borrowing CheckAnswer, _ context: inout CheckContext) -> Diagnosis? {
    guard answer.status == 200 else {
      return TokenRefusal(context, fields: Self.members.map(\.field))
        .diagnosis(ofOther: answer, from: context.sources)
    }
    let session = TokenResponseRules(
      token: ["sessionId"], metadata: ["organizationId", "userId"], members: rules.response.members)
    return TokenAnswer(answer).diagnosis(of: answer, by: session, fallback: Self.life, &context)
  }

  private static let members = [
    (key: "username", field: "username"), (key: "password", field: "password"),
    (key: "organizationId", field: "organization_id"), (key: "devKey", field: "dev_key"),
  ]

  /// In seconds: BILL ends an idle session after 35 minutes.
  private static let life: Int64 = 35 * 60
}
