package import Drafts

/// Asks the provider whether a submission is good. Never throws: whatever happens is a diagnosis.
///
/// Cancelling the task that calls it ends the check within a second; the diagnosis is then `.cancelled`.
package protocol Checker: Sendable {
  /// Gets ready for a check that is likely to be wanted soon. Nothing is asked of anybody, and no value is needed.
  func prepare()

  /// No check is likely any more: what `prepare` has made is given back.
  func dismiss()

  /// - Parameter report: told what is asked of whom before it is sent, on any thread.
  func check(
    _ submission: consuming Submission, report: @escaping @Sendable (CheckProgress) -> Void
  ) async -> Diagnosis
}

extension Checker {
  package func prepare() {}
  package func dismiss() {}
}
