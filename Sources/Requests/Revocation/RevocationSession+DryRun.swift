internal import BasicContainers
internal import Basics
internal import Drafts
internal import ProviderFormat

extension RevocationSession {
  /// What would be sent, without an answer: what only one could tell stands as a mark.
  package static func plan(
    _ order: borrowing RevocationOrder, at replay: ReplayContext = ReplayContext()
  ) throws(RequestError) -> DryRunRequests {
    var planned = DryRunRequests(reason: reasonForNone(order))
    try dryRun(order, at: replay, isRedacting: true) { planned.redacted.append($0) }
    try dryRun(order, at: replay, isRedacting: false) { planned.revealed.append($0) }
    return planned
  }

  private static func reasonForNone(_ order: borrowing RevocationOrder) -> String? {
    let provider = order.submission.provider
    switch RevocationProcedure(provider, known: order.token) {
    case .declared, .tokens: return nil
    case .discovered:
      let isKnown = AuthorizationServer(order.submission.values)?.revocationEndpoint != nil
      return isKnown
        ? nil : "\(provider.displayName) is asked first where it takes tokens back."
    case nil: return RevocationRefusal(provider).noWay.sentence
    }
  }

  private static func dryRun(
    _ order: borrowing RevocationOrder, at replay: ReplayContext, isRedacting: Bool,
    _ take: (consuming PreparedRequest) -> Void
  ) throws(RequestError) {
    var session = RevocationSession(
      RevocationOrder(order.submission.duplicate(), token: order.duplicateToken()), at: replay,
      isRedacting: isRedacting)
    session.context.sources.standInForAnswers(by: session.context.provider.usher.derivations)
    for call in session.calls {
      let builder = session.context.builder
      switch call {
      case .declared(let step):
        let plan = try builder.plan(for: step, session.context.sources)
        take(try builder.build(plan, from: &session.context.sources))
      case .token(_, let call): take(try call.build(in: &session.context))
      }
    }
  }
}
