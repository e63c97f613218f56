internal import Basics
internal import CLinux
internal import Connections
internal import Glibc
internal import Secrets

/// A command that prints the identity: `age -d`, `pass show`, `op read`. It is run as it is, without a shell.
struct IdentityCommand {
  private let words: [String]

  /// - Parameter words: the program and its arguments. The program is looked for on `PATH` unless it is a path.
  init(_ words: [String]) { self.words = words }

  private var name: String { words.first ?? "" }

  /// Runs it to its end, however long a person takes to answer what it asks.
  ///
  /// It has the terminal as this program has it, so that it can ask; an input that is no terminal is not its to read, for
  /// values may come by it. What it prints goes into locked memory and nowhere else.
  func output() throws(IdentityReadError) -> SecretBuffer {
    let terminal = LentTerminal()
    defer { terminal.takeBack() }
    var ends: [Int32] = [-1, -1]
    guard unsafe linux_pipe(&ends) == 0 else { throw .system(.last) }
    let pipe = FileDescriptor(ends[0])
    let program = try start(writingTo: FileDescriptor(ends[1]))
    var output = CommandOutput(of: program, from: pipe, limit: IdentityFile.limit)
    let end: StartedProgram.End
    do throws(CommandOutput.Fault) {
      end = try output.read(until: terminal.interruption)
    } catch {
      switch error {
      case .system(let error): throw .system(error)
      case .tooLong: throw .tooLong
      case .interrupted: throw failure("it was interrupted")
      }
    }
    try require(end)
    return output.finish()
  }

  private func start(
    writingTo output: consuming FileDescriptor
  ) throws(IdentityReadError) -> StartedProgram {
    var failure = SystemError(code: ENOENT)
    do throws(SystemError) {
      let nothing = try FileDescriptor.nothing()
      let input = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : nothing.number
      for path in ProgramPath.candidates(for: Array(name.utf8)) {
        do throws(SystemError) {
          return try StartedProgram(
            String(decoding: path, as: UTF8.self), arguments: words, environment: nil,
            descriptors: [input, output.number, STDERR_FILENO])
        } catch {
          // A file that may not be run does not hide a later one, but is what gets reported if there is none.
          if error.code != ENOENT && error.code != ENOTDIR { failure = error }
        }
      }
    } catch {
      throw .system(error)
    }
    throw .store(
      .identity(
        Explanation(
          what: "cannot run the identity command \(name)", why: failure.reason,
          advice: name.contains(" ")
            ? "give its words one by one: a list in config.yaml"
            : "give the program's whole path, or see that it is on PATH")))
  }

  private func require(_ end: StartedProgram.End) throws(IdentityReadError) {
    switch end {
    case .code(0): return
    case .code(let code): throw failure("it ended with exit code \(code)")
    case .signal(let number): throw failure("signal \(number) ended it")
    }
  }

  private func failure(_ why: String) -> IdentityReadError {
    .store(
      .identity(
        Explanation(
          what: "the identity command \(name) failed", why: why,
          advice: "run it by itself to see what it needs; what it printed was thrown away")))
  }
}
