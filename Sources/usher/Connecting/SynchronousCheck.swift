internal import Basics
internal import Drafts
internal import Requests

/// A check for commands that have nothing else to do meanwhile.
struct SynchronousCheck {
  let checker: any Checker
  /// Told what is asked of whom before it is sent.
  var report: @Sendable (CheckProgress) -> Void = { _ in }
  /// Ends it as cancelled; nil where a signal ends the program.
  var interruption: Interruption?

  func run(_ submission: consuming Submission) -> Diagnosis {
    guard Threads.areAvailable else { return .withoutThreads() }
    let (checker, report) = (checker, report)
    return waiting(with: submission, until: interruption) {
      await checker.check($0, report: report)
    }
  }
}
