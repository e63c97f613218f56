internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// A running helper process and the socket to it. Ends, and is reaped, with this value: no path leaves a process, a
/// zombie or an open file behind.
struct HelperProcess: ~Copyable {
  /// Our end of a socket pair: written to without SIGPIPE and without blocking, which a pipe does not offer per call.
  var socket: ProcessSocket { ProcessSocket(end.number) }
  private let end: FileDescriptor
  private let program: StartedProgram

  /// Starts `path` with `arguments` (the first is its name), standard input and output connected to the socket,
  /// standard error to nothing, `passed` from descriptor 3 on, no other file open, signals as a fresh login has them, and
  /// exactly `environment`.
  ///
  /// - Parameter passed: descriptors of this process, which stay as they are. What they lead to is shared.
  init(
    path: String, arguments: [String], environment: [String], passing passed: [Int32] = []
  ) throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .last }
    let ours = FileDescriptor(ends[0])
    let theirs = FileDescriptor(ends[1])
    let nothing = try FileDescriptor.nothing()
    program = try StartedProgram(
      path, arguments: arguments, environment: environment,
      descriptors: [theirs.number, theirs.number, nothing.number] + passed)
    end = ours
  }

  /// Sends what is short enough for the kernel to take at once. A process that is not there any more is noticed later.
  borrowing func sendNow(_ message: borrowing SecretBuffer) {
    message.withBytes { _ = socket.send($0) }
  }

  /// Whether it is there and has said nothing yet.
  var isWaiting: Bool { socket.isQuiet }

  deinit {
    // It has said all it has to say, or will not be listened to any more: nothing in it needs an orderly end.
    program.kill()
    program.wait()
  }
}
