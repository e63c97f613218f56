internal import Credentials
internal import Dispatch
internal import Synchronization

/// A check for commands that have nothing else to do meanwhile.
struct BlockingCheck {
  let checker: any Checker
  /// Told what is asked of whom before it is sent.
  var report: @Sendable (CheckProgress) -> Void = { _ in }

  func run(_ submission: consuming Submission) -> Diagnosis {
    let exchange = Exchange(submission)
    let finished = DispatchSemaphore(value: 0)
    let (checker, report) = (checker, report)
    // Detached: a task that inherits the main actor would never run while this thread waits.
    Task.detached {
      if let submission = exchange.takeSubmission() {
        exchange.put(await checker.check(submission, report: report))
      }
      finished.signal()
    }
    finished.wait()
    return exchange.diagnosis ?? .unreachable(.internalFailure, host: nil)
  }

  /// Carries the submission into the task and the diagnosis out of it; a closure cannot own a noncopyable value.
  private final class Exchange: Sendable {
    private let submission: Mutex<Submission?>
    private let answer = Mutex<Diagnosis?>(nil)

    init(_ submission: consuming Submission) {
      self.submission = Mutex(submission)
    }

    var diagnosis: Diagnosis? { answer.withLock { $0 } }
    func takeSubmission() -> Submission? { submission.withLock { $0.take() } }
    func put(_ diagnosis: Diagnosis) { answer.withLock { $0 = diagnosis } }
  }
}
