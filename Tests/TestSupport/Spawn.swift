internal import CLinux
internal import Glibc

/// Starts programs for tests the way a shell would: default signals, nothing inherited but what is named.
enum Spawn {
  /// Nil when the program cannot be started. `descriptors` maps the child's numbers to ours. With a `terminal` the
  /// program leads a session of its own, controlled by it, and has it as its three standard streams.
  static func start(
    _ program: String, _ arguments: [String], environment: [String: String],
    descriptors: [Int32: Int32], terminal: String? = nil
  ) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (theirs, ours) in descriptors {
      unsafe posix_spawn_file_actions_adddup2(&actions, ours, theirs)
    }
    if let terminal {
      // The first terminal that a session leader opens controls the session.
      for descriptor: Int32 in 0...2 {
        unsafe posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
      }
    }
    // What the test runner was given itself takes of what a program may open.
    unsafe linux_spawn_close_from(&actions, max(2, descriptors.keys.max() ?? 2) + 1)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // The test runner may ignore or block signals.
    var all = sigset_t()
    unsafe sigfillset(&all)
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    let session = terminal == nil ? 0 : linux_spawn_setsid
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | session)

    var argv = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var envp = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    let texts = unsafe argv + envp
    defer {
      for index in unsafe texts.indices { unsafe free(texts[index]) }
    }
    var process: pid_t = 0
    let result = unsafe posix_spawn(&process, program, &actions, &attributes, &argv, &envp)
    return result == 0 ? process : nil
  }

  /// The exit code, or 128 and the signal that ended the process.
  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, linux_errno() == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }
}
