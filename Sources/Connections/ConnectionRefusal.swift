internal import Basics
internal import Requests

/// That the provider has refused a connection, as far as nothing later says better.
struct ConnectionRefusal {
  let time: Timestamp
  let kind: Diagnosis.Kind

  /// Nil where it has not.
  init?(_ summary: ConnectionSummary, _ token: TokenFacts?) {
    let found = [Self.ofCheck(summary, token), Self.ofToken(summary, token)].compactMap(\.self)
    guard let last = found.max(by: { $0.time < $1.time }) else { return nil }
    self = last
  }

  private init(time: Timestamp, kind: Diagnosis.Kind) {
    self.time = time
    self.kind = kind
  }

  private static func ofCheck(
    _ summary: ConnectionSummary, _ token: TokenFacts?
  ) -> ConnectionRefusal? {
    guard let kind = summary.finding?.kind, kind.isRefusal, let checked = summary.checked else {
      return nil
    }
    // Whoever gets a token has good credentials again; a right that is missing it does not give.
    if kind == .refused, let obtained = token?.obtained, obtained > checked { return nil }
    return ConnectionRefusal(time: checked, kind: kind)
  }

  private static func ofToken(
    _ summary: ConnectionSummary, _ token: TokenFacts?
  ) -> ConnectionRefusal? {
    guard let token, let failure = token.failure, failure.diagnosis.kind.isRefusal else {
      return nil
    }
    // Of a person's consent nothing but another renewal says better, or the person: it is not tried again by itself.
    let isMended =
      token.means == .credentials && summary.finding?.kind == .accepted
      && summary.checked.map { $0 > failure.time } ?? false
    return isMended ? nil : ConnectionRefusal(time: failure.time, kind: failure.diagnosis.kind)
  }
}

extension Diagnosis.Kind {
  /// Whether it is the credentials that are at fault: as a script is told.
  fileprivate var isRefusal: Bool { Diagnosis(kind: self, sentence: "").exitCode == .refused }
}
