package import Drafts

/// Asks the provider whether a submission is good. Never throws: whatever happens is a diagnosis.
///
/// Cancelling the task that calls it ends the check within a second; the diagnosis is then `.cancelled`.
package protocol Checker: Sendable {
  /// - Parameter report: told what is asked of whom before it is sent, on any thread.
  func check(
    _ submission: consuming Submission, report: @escaping @Sendable (CheckProgress) -> Void
  ) async -> Diagnosis
}
