internal import Basics
internal import Secrets
internal import Synchronization

/// Starts helper processes of one kind, each for one job, and keeps at most one ready that is not wanted yet.
///
/// An HTTP library leaves copies of what it sends in memory that nobody can wipe; they go with the process. It has
/// nothing of this one: no open file but those that are passed, no blocked signal, no variable but those for proxy,
/// authorities and language.
final class HelperLauncher: Sendable {
  private let program: String
  private let arguments: [String]
  private let options: CheckOptions
  private let environment: [String]
  private let passed: [Int32]
  private let spare = Mutex<SendOnceBox<HelperProcess>?>(nil)

  /// - Parameters:
  ///   - program: what is run; this program itself, also when its file has been replaced in the meantime, where it is nil.
  ///   - arguments: what follows the program's name; the hidden subcommand where it is nil.
  ///   - variable: looks up a variable of the environment; that of this process where it is nil.
  ///   - passed: what a process has as descriptors 3, 4, ….
  init(
    program: String?, arguments: [String]?, options: CheckOptions,
    variable: ((String) -> String?)?, passing passed: [Int32] = []
  ) {
    self.program = program ?? "/proc/self/exe"
    self.arguments = ["usher"] + (arguments ?? [HelperProgram.subcommand])
    self.options = options
    self.passed = passed
    environment = HelperEnvironment.variables(for: options, from: variable ?? Environment.value)
  }

  /// Starts the process of the next job. At most one waits; where none can be started the job tries again.
  ///
  /// Call it on a thread that lives as long as the process may be needed: the system ends the process with the thread.
  func prepare() {
    guard spare.withLock({ $0 == nil }), let process = try? start() else { return }
    let box = SendOnceBox(process)
    spare.withLock { $0 = box }
  }

  /// Ends the process that waits, if one does.
  func dismiss() { _ = takeSpare() }

  /// The process that waits, else a new one. It is told its settings and nothing else.
  func take() throws(SystemError) -> HelperProcess {
    if let spare = takeSpare() { return spare }
    return try start()
  }

  private func start() throws(SystemError) -> HelperProcess {
    let process = try HelperProcess(
      path: program, arguments: arguments, environment: environment, passing: passed)
    if let settings = HelperSettings(options).framed { process.sendNow(settings) }
    return process
  }

  /// Nil when there is none, or when it has ended or waited too long.
  private func takeSpare() -> HelperProcess? {
    let box = spare.withLock { spare in
      defer { spare = nil }
      return spare
    }
    guard let process = box?.take(), process.isWaiting else { return nil }
    return process
  }
}
