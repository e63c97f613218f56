internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// A running helper process and the socket to it. Ends, and is reaped, with this value: no path leaves a process, a
/// zombie or an open file behind.
struct HelperProcess: ~Copyable {
  /// Our end of a socket pair: written to without SIGPIPE and without blocking, which a pipe does not offer per call.
  var socket: Int32 { end.number }
  private let end: FileDescriptor
  private let process: pid_t

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
    let nothing = try HelperProcess.openNothing()
    let inherited = try InheritedDescriptors(
      [theirs.number, theirs.number, nothing.number] + passed)
    process = try HelperProcess.spawn(
      path: path, arguments: arguments, environment: environment, inherited)
    end = ours
  }

  /// Sends what is short enough for the kernel to take at once. A process that is not there any more is noticed later.
  borrowing func sendNow(_ message: borrowing SecretBuffer) {
    message.withBytes { bytes in
      _ = unsafe bytes.withUnsafeBytes { raw in
        unsafe send(
          socket, raw.baseAddress!, raw.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
    }
  }

  /// Whether it is there and has said nothing yet.
  var isWaiting: Bool {
    var file = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&file, 1, 0) == 0
  }

  deinit {
    // It has said all it has to say, or will not be listened to any more: nothing in it needs an orderly end.
    kill(process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) == -1, linux_errno() == EINTR {}
  }

  /// A file that takes nothing and gives nothing: the reading end of a pipe that nobody writes to. Writing to it fails
  /// and sends no signal. There may be no `/dev/null`, as in a bare directory tree.
  private static func openNothing() throws(SystemError) -> FileDescriptor {
    var ends: [Int32] = [-1, -1]
    guard unsafe linux_pipe(&ends) == 0 else { throw .last }
    close(ends[1])
    return FileDescriptor(ends[0])
  }

  private static func spawn(
    path: String, arguments: [String], environment: [String],
    _ inherited: borrowing InheritedDescriptors
  ) throws(SystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (index, copy) in inherited.copies.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, copy, Int32(index))
    }
    unsafe linux_spawn_close_from(&actions, Int32(inherited.copies.count))

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // The interface blocks signals to read them from a file, and ignores some: neither is for the child to inherit.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var process: pid_t = 0
    let code = unsafe withStringVector(arguments) { argv in
      unsafe withStringVector(environment) { envp in
        unsafe posix_spawn(&process, path, &actions, &attributes, argv, envp)
      }
    }
    guard code == 0 else { throw SystemError(code: code) }
    return process
  }

  /// Lends `texts` in the form that `exec` takes.
  private static func withStringVector<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    let vector = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe vector.indices { unsafe free(vector[index]) } }
    return unsafe vector.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
  }
}

/// Copies of what a process inherits under the numbers 0, 1, 2, …: their own numbers are above all of those, so that none
/// is overwritten before its turn, as this program's standard output would be. Closed here with this value.
private struct InheritedDescriptors: ~Copyable {
  /// More than any process inherits.
  private static let lowest: Int32 = 16

  private(set) var copies: [Int32] = []

  init(_ numbers: [Int32]) throws(SystemError) {
    for number in numbers {
      let copy = linux_copy_above(number, Self.lowest)
      guard copy >= 0 else {
        let error = SystemError.last
        for copy in copies { close(copy) }
        throw error
      }
      copies.append(copy)
    }
  }

  deinit { for copy in copies { close(copy) } }
}
