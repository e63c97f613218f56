internal import Basics
internal import Dispatch
package import Drafts
package import Requests
internal import Secrets

/// Checks a submission in a process of its own, which gets the values by a socket, answers with a diagnosis, and ends.
package struct HelperChecker: Checker {
  private let launcher: HelperLauncher
  private let limit: Duration

  /// - Parameters:
  ///   - program: what is run as the helper process; this program itself where it is left out.
  ///   - arguments: what follows the program's name.
  ///   - variable: looks up a variable of the environment; that of this process when it is left out.
  package init(
    program: String? = nil, arguments: [String]? = nil, options: CheckOptions = CheckOptions(),
    variable: ((String) -> String?)? = nil
  ) {
    launcher = HelperLauncher(
      program: program, arguments: arguments, options: options, variable: variable)
    limit = options.limits.hard
  }

  /// Starts the process of the next check. At most one waits; where none can be started the check tries again.
  ///
  /// Call it on a thread that lives as long as the process may be needed: the system ends the process with the thread.
  package func prepare() { launcher.prepare() }

  /// Ends the process that waits, if one does.
  package func dismiss() { launcher.dismiss() }

  /// One process for this check, the one that `prepare` has started or a new one. When the task is cancelled, or
  /// `CheckLimits.hard` has passed, it is ended and the diagnosis is our own. It is gone when this returns.
  package func check(
    _ submission: consuming Submission, report: @escaping @Sendable (CheckProgress) -> Void
  ) async -> Diagnosis {
    guard let request = HelperRequest.check(submission).framed() else {
      return HelperFailure.tooLong.diagnosis()
    }
    let box = SendOnceBox(request)
    let cancel = EventDescriptor()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A queue of its own is a thread of its own: the shared ones are as few as the processors.
        DispatchQueue(label: "check").async {
          continuation.resume(returning: talk(box, cancel, report))
        }
      }
    } onCancel: {
      cancel.set()
    }
  }

  /// Blocks its thread until there is a diagnosis. The process is gone when it returns.
  private func talk(
    _ box: SendOnceBox<SecretBuffer>, _ cancel: EventDescriptor,
    _ report: (CheckProgress) -> Void
  ) -> Diagnosis {
    guard let request = box.take() else { return HelperFailure.takenTwice.diagnosis() }
    do throws(HelperFailure) {
      switch try launcher.answer(to: request, within: limit, cancel: cancel, report) {
      case .diagnosis(let diagnosis): return diagnosis
      case .cancelled: return .cancelled()
      case .token: return HelperFailure.unreadable.diagnosis()
      case .revocation: return HelperFailure.unreadable.diagnosis()
      }
    } catch {
      return error.diagnosis()
    }
  }
}
