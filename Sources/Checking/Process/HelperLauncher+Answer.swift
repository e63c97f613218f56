internal import Basics
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
    to request: consuming SecretBuffer, within limit: Duration, cancel: EventDescriptor?,
    _ report: (CheckProgress) -> Void
  ) throws(HelperFailure) -> Answer {
    var conversation = try converse(limit: limit, cancel: cancel)
    conversation.send(request)
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

  /// Begins to talk with a process.
  func converse(
    limit: Duration?, cancel: EventDescriptor?
  ) throws(HelperFailure) -> HelperConversation {
    do throws(SystemError) {
      return HelperConversation(try take(), limit: limit, cancel: cancel)
    } catch {
      throw .notStarted(error)
    }
  }
}
