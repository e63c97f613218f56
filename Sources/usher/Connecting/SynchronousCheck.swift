internal import Basics
internal import Dispatch
internal import Drafts
internal import Requests
internal import Synchronization

/// A check for commands that have nothing else to do meanwhile.
struct SynchronousCheck {
  let checker: any Checker
  /// Told what is asked of whom before it is sent.
  var report: @Sendable (CheckProgress) -> Void = { _ in }

  func run(_ submission: consuming Submission) -> Diagnosis {
    guard Threads.areAvailable else {
      return .unreachable(.internalFailure, host: nil, detail: Threads.explanation.what)
    }
    let handover = SendOnceBox(submission)
    let answer = Mutex<Diagnosis?>(nil)
    let finished = DispatchSemaphore(value: 0)
    let (checker, report) = (checker, report)
    // Detached: a task that inherits the main actor would never run while this thread waits.
    Task.detached {
      if let submission = handover.take() {
        let diagnosis = await checker.check(submission, report: report)
        answer.withLock { $0 = diagnosis }
      }
      finished.signal()
    }
    finished.wait()
    return answer.withLock { $0 } ?? .unreachable(.internalFailure, host: nil)
  }
}
