internal import Basics
package import Drafts
package import Requests

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
    do throws(HelperFailure) {
      switch try await launcher.answer(to: .check(submission), within: limit, report) {
      case .diagnosis(let diagnosis): return diagnosis
      case .cancelled: return .cancelled()
      case .token: throw .unreadable
      case .revocation: throw .unreadable
      }
    } catch {
      return error.diagnosis()
    }
  }
}
