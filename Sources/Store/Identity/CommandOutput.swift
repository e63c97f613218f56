internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// What a command prints, read as it comes and no longer than the command runs: what it has left behind in the background
/// may hold the pipe open for as long as it likes. Somebody who interrupts is not kept waiting by a command that does
/// not mind.
struct CommandOutput: ~Copyable {
  /// Why there is no output.
  enum Fault: Error {
    case system(SystemError)
    /// The command has more to say than is listened to.
    case tooLong
    /// A person has given up waiting.
    case interrupted
  }

  /// How long an interrupted command may take to end by itself, in milliseconds: it puts the terminal back as it was.
  private static let patience: Int32 = 1000

  private let program: StartedProgram
  private let pipe: FileDescriptor
  /// Readable once the command has ended. Negative on a kernel that has no such thing, where the end of its output is
  /// waited for.
  private let ending: FileDescriptor
  private var content: SecretBuffer

  /// - Parameters:
  ///   - program: is waited for by `read`.
  ///   - pipe: what it prints arrives there.
  ///   - limit: in bytes.
  init(of program: StartedProgram, from pipe: consuming FileDescriptor, limit: Int) {
    self.program = program
    self.pipe = pipe
    ending = FileDescriptor(linux_pidfd_open(program.process))
    // One byte more tells what is too long.
    content = SecretBuffer(capacity: limit + 1)
  }

  /// Reads to the command's end, and waits for that. Where there is nothing to be had the command is ended.
  /// - Parameter interruption: becomes readable when somebody interrupts, and stays so.
  mutating func read(until interruption: Int32) throws(Fault) -> StartedProgram.End {
    do throws(Fault) {
      try collect(until: interruption)
    } catch {
      if case .interrupted = error { awaitEnd() }
      program.kill()
      program.wait()
      throw error
    }
    return program.wait()
  }

  /// What was read.
  consuming func finish() -> SecretBuffer { content }

  private mutating func collect(until interruption: Int32) throws(Fault) {
    var isOpen = true
    while isOpen || ending.number >= 0 {
      let ready = CommandOutput.poll(
        [isOpen ? pipe.number : -1, ending.number, interruption], for: -1)
      if ready[2] { throw .interrupted }
      if ready[0] {
        isOpen = try append()
      } else if ready[1] {
        return
      }
    }
  }

  /// Takes what has come.
  /// - Returns: false at the end of the output.
  private mutating func append() throws(Fault) -> Bool {
    let count: Int
    do throws(SystemError) {
      count = try content.readOnce(from: pipe.number)
    } catch {
      throw .system(error)
    }
    guard content.count < content.capacity else { throw .tooLong }
    return count > 0
  }

  private func awaitEnd() {
    guard ending.number >= 0 else { return }
    _ = CommandOutput.poll([ending.number], for: CommandOutput.patience)
  }

  /// Which of some files have something to say, an end included; none when the time is over.
  private static func poll(_ numbers: [Int32], for milliseconds: Int32) -> [Bool] {
    var files = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while unsafe Glibc.poll(&files, nfds_t(files.count), milliseconds) < 0, linux_errno() == EINTR {
    }
    return files.map { $0.revents != 0 }
  }
}
