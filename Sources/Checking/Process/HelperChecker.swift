internal import Basics
internal import CLinux
internal import Dispatch
package import Drafts
package import Requests
internal import Secrets

/// Checks a submission in a process of its own, which gets the values by a socket, answers with a diagnosis, and ends.
///
/// An HTTP library leaves copies of what it sends in memory that nobody can wipe; they go with the process. It has
/// nothing of this one: no open file, no blocked signal, no variable but those for proxy, authorities and language.
package struct HelperChecker: Checker {
  /// The subcommand, hidden from help, under which the program runs `CheckHelper`.
  package static let subcommand = "__check"

  private let program: String
  private let arguments: [String]
  private let options: CheckOptions
  private let environment: [String]

  /// - Parameters:
  ///   - program: what is run as the checking process; the default is this program itself, also when its file has
  ///     been replaced in the meantime.
  ///   - arguments: what follows the program's name.
  ///   - variable: looks up a variable of the environment; that of this process when it is left out.
  package init(
    program: String = "/proc/self/exe", arguments: [String] = [HelperChecker.subcommand],
    options: CheckOptions = CheckOptions(),
    variable: ((String) -> String?)? = nil
  ) {
    self.program = program
    self.arguments = ["usher"] + arguments
    self.options = options
    environment = HelperEnvironment.variables(for: options, from: variable ?? Environment.value)
  }

  package func check(
    _ submission: consuming Submission, report: @escaping @Sendable (CheckProgress) -> Void
  ) async -> Diagnosis {
    guard let request = HelperRequest(submission, options).framed() else {
      return failure(.internalFailure, "the values are too long")
    }
    let handover = SendOnceBox(request)
    let cancel = EventDescriptor()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(returning: talk(handover, cancel, report))
        }
      }
    } onCancel: {
      cancel.set()
    }
  }

  /// Blocks its thread until there is a diagnosis. The process is gone when it returns.
  private func talk(
    _ handover: SendOnceBox<SecretBuffer>, _ cancel: EventDescriptor,
    _ report: @escaping @Sendable (CheckProgress) -> Void
  ) -> Diagnosis {
    guard let request = handover.take() else {
      return failure(.internalFailure, "the values were taken twice")
    }
    let process: HelperProcess
    do throws(SystemError) {
      process = try HelperProcess(path: program, arguments: arguments, environment: environment)
    } catch {
      return failure(.internalFailure, "its process did not start: \(error.reason)")
    }
    let ending = process.converse(
      request, limit: options.limits.hard, cancel: cancel, report: report)
    switch ending {
    case .diagnosis(let diagnosis): return diagnosis
    case .cancelled: return .cancelled()
    case .late:
      return failure(.timeout, "the check took longer than \(options.limits.hard.inSeconds)")
    case .ended: return failure(.internalFailure, "its process ended before it had answered")
    case .unreadable:
      return failure(.internalFailure, "its process answered with something unreadable")
    }
  }

  private func failure(_ cause: Diagnosis.Cause, _ detail: String) -> Diagnosis {
    .unreachable(cause, host: nil, detail: detail)
  }
}
