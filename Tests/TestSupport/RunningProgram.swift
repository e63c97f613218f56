internal import CLinux
internal import Glibc

/// A program that runs beside a test, for as long as this value lives: its standard input then ends, and it is expected
/// to end with it.
package struct RunningProgram: ~Copyable {
  private let process: pid_t
  private let input: Int32
  private let output: Int32

  /// Nil when the program cannot be started. The environment is exactly `environment`; what it writes to standard error
  /// goes to the file `errors`.
  package init?(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], errors: String
  ) {
    var toProgram: [Int32] = [0, 0]
    var fromProgram: [Int32] = [0, 0]
    precondition(unsafe linux_pipe(&toProgram) == 0 && linux_pipe(&fromProgram) == 0)
    let log = unsafe linux_open(errors, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    let started = Spawn.start(
      program, arguments, environment: environment,
      descriptors: [0: toProgram[0], 1: fromProgram[1], 2: log])
    for file in [toProgram[0], fromProgram[1], log] { close(file) }
    guard let started else {
      for file in [toProgram[1], fromProgram[0]] { close(file) }
      return nil
    }
    (process, input, output) = (started, toProgram[1], fromProgram[0])
  }

  deinit {
    close(input)
    close(output)
    _ = Spawn.wait(for: process)
  }

  /// Writes to its standard input. What it does not read is nobody's loss.
  package func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(input, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Ends its standard input, waits for its end, and returns the exit code, or 128 and the signal that ended it.
  package consuming func finish() -> Int32? {
    let (process, input, output) = (process, input, output)
    discard self
    close(input)
    defer { close(output) }
    return Spawn.wait(for: process)
  }

  /// The next line of its standard output, waiting for it; nil when there will be none.
  package func readLine() -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(output, &byte, 1)
      if count < 0 && linux_errno() == EINTR { continue }
      guard count == 1 else { return nil }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }
}
