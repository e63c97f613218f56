internal import CLinux
internal import Glibc

/// A running checking process and the socket to it. Ends, and is reaped, with this value: no path leaves a process, a
/// zombie or an open file behind.
struct HelperProcess: ~Copyable {
  /// Why the process could not be started.
  struct StartFailure: Error {
    let why: String
  }

  /// Our end of a socket pair: written to without SIGPIPE and without blocking, which a pipe does not offer per call.
  let socket: Int32
  private let process: pid_t

  /// Starts `path` with `arguments` (the first is its name), standard input and output connected to the socket,
  /// standard error to nothing, no other file open, signals as a fresh login has them, and exactly `environment`.
  init(path: String, arguments: [String], environment: [String]) throws(StartFailure) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw StartFailure(why: "no more files can be opened")
    }
    defer { close(ends[1]) }
    do throws(StartFailure) {
      let nothing = try HelperProcess.openNothing()
      defer { close(nothing) }
      process = try HelperProcess.spawn(
        path: path, arguments: arguments, environment: environment, end: ends[1], errors: nothing)
    } catch {
      close(ends[0])
      throw error
    }
    socket = ends[0]
  }

  deinit {
    close(socket)
    // It has said all it has to say, or will not be listened to any more: nothing in it needs an orderly end.
    kill(process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) == -1, linux_errno() == EINTR {}
  }

  /// A file that takes nothing and gives nothing: the reading end of a pipe that nobody writes to. Writing to it fails
  /// and sends no signal. There may be no `/dev/null`, as in a bare directory tree.
  private static func openNothing() throws(StartFailure) -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard unsafe linux_pipe(&ends) == 0 else {
      throw StartFailure(why: "no more files can be opened")
    }
    close(ends[1])
    return ends[0]
  }

  private static func spawn(
    path: String, arguments: [String], environment: [String], end: Int32, errors: Int32
  ) throws(StartFailure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, end, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    unsafe linux_spawn_close_from(&actions, STDERR_FILENO + 1)

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
    guard code == 0 else { throw StartFailure(why: words(code)) }
    return process
  }

  private static func words(_ code: Int32) -> String {
    switch code {
    case ENOENT: "the program's own file is not there any more"
    case EACCES, EPERM: "this machine does not let the program start itself"
    case EAGAIN, ENOMEM: "this machine has no room for another process"
    default: "this machine did not start another process"
    }
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
