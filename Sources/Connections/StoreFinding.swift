internal import Basics

/// One thing that was looked at about the store, for `usher doctor`.
package struct StoreFinding: Equatable, Sendable {
  /// Whether something has to be done: what is `bad` has to be mended, a `warning` is for the user to judge.
  package enum State: Equatable, Sendable {
    case good, warning, bad
  }

  /// `store`, `store directory`, `identity` …
  package var subject: String
  /// How good or bad it is.
  package var state: State
  /// What was found; lower case, no period.
  package var finding: String
  /// One thing to do; nil when nothing is wrong.
  package var advice: String?

  package init(subject: String, state: State, finding: String, advice: String? = nil) {
    self.subject = subject
    self.state = state
    self.finding = finding
    self.advice = advice
  }

  /// What an error says.
  package init(subject: String, _ error: StoreError) {
    let explanation = error.explanation
    self.init(
      subject: subject, state: .bad,
      finding: [explanation.what, explanation.why].compactMap(\.self).joined(separator: ": "),
      advice: explanation.advice)
  }
}
