import BenchmarkProbe
import CLinux
import Glibc
import TestSupport

/// Starts programs as the measured user, and waits for their ends.
enum Launch {
  /// A program that takes longer is ended.
  private static let limit: Int32 = 1_200_000

  struct End {
    /// The exit code, or 128 and the signal that ended it, as a shell counts.
    let status: Int32
    /// Milliseconds from the start to the end.
    let wall: Double
    /// Milliseconds on a processor, of the process and all that it waited for.
    let processor: Double
    let faults: Double

    var sample: [Quantity: Double] { [.wall: wall, .processor: processor, .faults: faults] }
  }

  /// Runs a program to its end.
  static func run(_ command: Command, as user: Int) throws(Unmeasured) -> End {
    let input = unsafe linux_open(command.input, O_RDONLY | O_CLOEXEC, 0)
    let output = unsafe linux_open(command.output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    let errors = unsafe linux_open(command.errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    defer { for file in [input, output, errors] where file >= 0 { close(file) } }
    guard input >= 0, output >= 0, errors >= 0 else {
      throw Unmeasured(reason: "the files of \(command.program) cannot be opened")
    }
    let clock = ContinuousClock.now
    let process = try start(command, as: user, streams: (input, output, errors))
    guard isOver(process, within: limit) else {
      kill(process, SIGKILL)
      _ = wait(for: process)
      throw Unmeasured(reason: "\(command.name) does not end")
    }
    let wall = milliseconds(since: clock)
    guard let used = wait(for: process) else {
      throw Unmeasured(reason: "\(command.program) got lost")
    }
    return End(
      status: used.status, wall: wall, processor: used.processor, faults: used.faults)
  }

  /// Runs a program that has to succeed.
  static func succeed(_ command: Command, in workspace: Workspace) throws(Unmeasured) -> End {
    var command = command
    if command.errors == "/dev/null" { command.errors = workspace.file("errors") }
    let end = try run(command, as: workspace.user)
    guard end.status == 0 else {
      let words = TextFile.read(command.errors).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let first = words.split(separator: "\n").first ?? "nothing"
      throw Unmeasured(reason: "\(command.name) ended with \(end.status) and said: \(first)")
    }
    return end
  }

  static func start(
    _ command: Command, as user: Int, streams: (Int32, Int32, Int32) = (-1, -1, -1),
    terminal: String? = nil
  ) throws(Unmeasured) -> Int32 {
    var argv = unsafe ([command.program] + command.arguments).map { unsafe strdup($0) } + [nil]
    var envp =
      unsafe command.environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    let texts = unsafe [
      strdup(command.program), strdup(command.directory), terminal.flatMap { unsafe strdup($0) },
    ]
    defer {
      let all = unsafe argv + envp + texts
      for index in unsafe all.indices { unsafe free(all[index]) }
    }
    let process = unsafe argv.withUnsafeMutableBufferPointer { argv in
      unsafe envp.withUnsafeMutableBufferPointer { envp in
        var start = unsafe probe_program()
        unsafe start.program = UnsafePointer(texts[0])
        unsafe start.argv = UnsafePointer(argv.baseAddress)
        unsafe start.envp = UnsafePointer(envp.baseAddress)
        unsafe start.directory = UnsafePointer(texts[1])
        unsafe start.terminal = UnsafePointer(texts[2])
        unsafe start.streams = streams
        unsafe start.user = user
        return unsafe probe_start(&start)
      }
    }
    guard process > 0 else { throw Unmeasured(reason: "\(command.program) cannot be started") }
    return process
  }

  /// What an ended process has used; nil when it is no child.
  static func wait(for process: Int32) -> (status: Int32, processor: Double, faults: Double)? {
    var used = probe_usage()
    guard unsafe probe_wait(process, &used) == 0 else { return nil }
    let signal = used.status & 0x7f
    let status = signal == 0 ? (used.status >> 8) & 0xff : 128 + signal
    return (status, used.processor, Double(used.faults))
  }

  static func isOver(_ process: Int32, within milliseconds: Int32) -> Bool {
    let descriptor = linux_pidfd_open(process)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&watched, 1, milliseconds) == 1
  }
}

/// Milliseconds that have passed.
func milliseconds(since start: ContinuousClock.Instant, to end: ContinuousClock.Instant = .now)
  -> Double
{
  let parts = (end - start).components
  return Double(parts.attoseconds) / 1e15 + Double(parts.seconds) * 1e3
}
