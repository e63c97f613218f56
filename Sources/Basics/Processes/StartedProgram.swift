internal import CLinux
internal import Glibc

/// A program that was started and has not been waited for.
package struct StartedProgram: Sendable {
  /// How a program ended.
  package enum End: Equatable, Sendable {
    /// By itself, with this code.
    case code(Int32)
    /// By a signal of this number.
    case signal(Int32)
  }

  /// What the system knows it by, until it has been waited for.
  package let process: Int32

  /// Starts a program with signals as a fresh login has them and no open file but those that are named.
  ///
  /// - Parameters:
  ///   - path: the program's file; nothing is looked up.
  ///   - arguments: the first is its name. They are visible to every account: no secret may be among them.
  ///   - environment: `NAME=VALUE`, exactly; that of this process, byte for byte, where it is nil.
  ///   - descriptors: become 0, 1, 2, …. They stay as they are here; what they lead to is shared.
  /// - Throws: what the system said. Nothing runs then.
  package init(
    _ path: String, arguments: [String], environment: [String]?, descriptors: [Int32]
  ) throws(SystemError) {
    let inherited = try InheritedDescriptors(descriptors)
    process = try StartedProgram.spawn(path, arguments, environment, inherited)
  }

  /// Ends it, whatever it is doing.
  package func kill() { _ = Glibc.kill(process, SIGKILL) }

  /// Waits for its end, once: after that its number is the system's again.
  @discardableResult
  package func wait() -> End {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) == -1, linux_errno() == EINTR {}
    return linux_exited(status) != 0
      ? .code(linux_exit_code(status)) : .signal(linux_kill_signal(status))
  }

  private static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String]?,
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
      guard let environment else {
        return unsafe posix_spawn(&process, path, &actions, &attributes, argv, linux_environ())
      }
      return unsafe withStringVector(environment) { envp in
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

extension FileDescriptor {
  /// A file that takes nothing and gives nothing: the reading end of a pipe that nobody writes to. Writing to it fails
  /// and sends no signal. There may be no `/dev/null`, as in a bare directory tree.
  package static func nothing() throws(SystemError) -> FileDescriptor {
    var ends: [Int32] = [-1, -1]
    guard unsafe linux_pipe(&ends) == 0 else { throw .last }
    close(ends[1])
    return FileDescriptor(ends[0])
  }
}
