internal import Basics
internal import CLinux
internal import Dispatch
package import Drafts
package import Requests
internal import Secrets
internal import Synchronization

/// Checks a submission in a process of its own, which gets the values by a socket, answers with a diagnosis, and ends.
///
/// An HTTP library leaves copies of what it sends in memory that nobody can wipe; they go with the process. It has
/// nothing of this one: no open file, no blocked signal, no variable but those for proxy, authorities and language.
package struct HelperChecker: Checker {
  /// The subcommand, hidden from help, under which the program runs `CheckHelper`.
  package static let subcommand = "__check"

  /// A process that was started before its check is wanted.
  private final class Spare: Sendable {
    let process = Mutex<SendOnceBox<HelperProcess>?>(nil)
  }

  private let program: String
  private let arguments: [String]
  private let options: CheckOptions
  private let environment: [String]
  private let spare = Spare()

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

  /// Starts the process of the next check. At most one waits; where none can be started the check tries again.
  ///
  /// Call it on a thread that lives as long as the process may be needed: the system ends the process with the thread.
  package func prepare() {
    guard spare.process.withLock({ $0 == nil }), let process = try? start() else { return }
    let box = SendOnceBox(process)
    spare.process.withLock { $0 = box }
  }

  /// Ends the process that waits, if one does.
  package func dismiss() {
    _ = takeSpare()
  }

  /// One process for this check, the one that `prepare` has started or a new one. When the task is cancelled, or
  /// `CheckLimits.hard` has passed, it is ended and the diagnosis is our own. It is gone when this returns.
  package func check(
    _ submission: consuming Submission, report: @escaping @Sendable (CheckProgress) -> Void
  ) async -> Diagnosis {
    guard let request = HelperRequest(submission).framed() else {
      return failure(.internalFailure, "the values are too long")
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
    _ report: @escaping @Sendable (CheckProgress) -> Void
  ) -> Diagnosis {
    guard let request = box.take() else {
      return failure(.internalFailure, "the values were taken twice")
    }
    let process: HelperProcess
    do throws(SystemError) {
      if let spare = takeSpare() { process = spare } else { process = try start() }
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

  private func start() throws(SystemError) -> HelperProcess {
    let process = try HelperProcess(
      path: program, arguments: arguments, environment: environment)
    if let settings = HelperSettings(options).framed { process.sendNow(settings) }
    return process
  }

  /// Nil when there is none, or when it has ended or waited too long.
  private func takeSpare() -> HelperProcess? {
    let box = spare.process.withLock { spare in
      defer { spare = nil }
      return spare
    }
    guard let process = box?.take(), process.isWaiting else { return nil }
    return process
  }

  private func failure(_ cause: Diagnosis.Cause, _ detail: String) -> Diagnosis {
    .unreachable(cause, host: nil, detail: detail)
  }
}
