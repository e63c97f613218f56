internal import Basics
internal import Dispatch
internal import Requests
internal import Secrets

extension HelperLauncher {
  /// What ends a job that is told once and then listened to.
  enum Answer: ~Copyable {
    case diagnosis(Diagnosis)
    case token(TokenOutcome)
    case revocation(RevocationOutcome)
    case cancelled
  }

  /// Reports of progress beyond this many end the talk: a check makes far fewer.
  private static var progressLimit: Int { 500 }

  /// Has a process do a job and blocks the calling thread until it is done. The process is gone when this returns.
  /// - Parameter limit: after which it is ended, whatever it is doing.
  func answer(
    to job: consuming HelperRequest, within limit: Duration, cancel: EventDescriptor?,
    _ report: (CheckProgress) -> Void = { _ in }
  ) throws(HelperFailure) -> Answer {
    var conversation = try converse(about: job, limit: limit, cancel: cancel)
    var progressSeen = 0
    while true {
      switch conversation.next() {
      case .report(.progress(let progress)):
        progressSeen += 1
        guard progressSeen <= Self.progressLimit else { throw .unreadable }
        report(progress)
      case .report(.diagnosis(let diagnosis)): return .diagnosis(diagnosis)
      case .report(.token(let outcome)): return .token(outcome)
      case .report(.revocation(let outcome)): return .revocation(outcome)
      case .report: throw .unreadable
      case .cancelled: return .cancelled
      case .late: throw .late(limit)
      case .ended: throw .ended
      case .unreadable: throw .unreadable
      }
    }
  }

  /// The same without blocking the calling thread. Where the task is cancelled the process is ended.
  func answer(
    to job: consuming HelperRequest, within limit: Duration,
    _ report: @escaping @Sendable (CheckProgress) -> Void = { _ in }
  ) async throws(HelperFailure) -> Answer {
    try await talk(about: job) { [self] job, cancel throws(HelperFailure) in
      try answer(to: job, within: limit, cancel: cancel, report)
    }
  }

  /// Begins to talk with a process about a job.
  func converse(
    about job: consuming HelperRequest, limit: Duration?, cancel: EventDescriptor?
  ) throws(HelperFailure) -> HelperConversation {
    guard let message = job.framed() else { throw .tooLong }
    do throws(SystemError) {
      var conversation = HelperConversation(try take(), limit: limit, cancel: cancel)
      conversation.send(message)
      return conversation
    } catch {
      throw .notStarted(error)
    }
  }

  /// Has a thread of its own talk about a job, and waits for what comes of it.
  /// - Parameter conversation: blocks its thread. It is handed what becomes readable when the task is cancelled.
  func talk<Outcome: ~Copyable & Sendable>(
    about job: consuming HelperRequest,
    _ conversation:
      @escaping @Sendable (
        consuming HelperRequest, EventDescriptor
      ) throws(HelperFailure) -> Outcome
  ) async throws(HelperFailure) -> Outcome {
    let box = SendOnceBox(job)
    let cancel = EventDescriptor()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A queue of its own is a thread of its own: the shared ones are as few as the processors.
        DispatchQueue(label: "job").async {
          let result = Result { () throws(HelperFailure) in
            guard let job = box.take() else { throw .takenTwice }
            return try conversation(job, cancel)
          }
          continuation.resume(returning: SendOnceBox(result))
        }
      }
    } onCancel: {
      cancel.set()
    }
    guard let result = result.take() else { throw .takenTwice }
    return try result.get()
  }
}
