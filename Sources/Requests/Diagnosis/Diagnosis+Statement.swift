internal import Basics

extension Diagnosis {
  /// What happened, and where it went wrong the provider's own words: sentences with periods.
  package var statement: String {
    guard let providerSays, !isAccepted else { return sentence }
    // Quoted, because the words may be no sentence and what follows is ours.
    let end = providerSays.last.map { ".!?…".contains($0) } == true ? "" : "."
    return "\(sentence) The provider says: “\(providerSays)”\(end)"
  }

  /// The statement as the reason in an explanation.
  package var reason: String { Self.clause(statement) }

  /// The next step as the advice in an explanation; nil where there is none.
  package var advice: String? {
    guard !nextStep.isEmpty else { return nil }
    return Self.clause(nextStep).withoutCapital
  }

  private static func clause(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
