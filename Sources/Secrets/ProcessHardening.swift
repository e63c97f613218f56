internal import CLinux

/// What the process does about itself before it touches the first secret.
package enum ProcessHardening {
  /// What was changed and is inherited by a program that takes this one's place; `ExecImage` puts it back.
  package struct Inherited: Sendable, Equatable {
    var umask: mode_t
    var coreLimit: UInt64
  }

  /// The first statement of `main`. Must run before any thread exists.
  ///
  /// - Crash signals get their default action back: Swift's crash reporter prints memory, secrets included.
  /// - The process cannot be traced by others of the same user and leaves no core file.
  /// - Files are made for this user alone (umask 077).
  /// - A closed pipe and a full file-size limit become errors that can be reported.
  /// - A standard descriptor that is closed is taken, so that no file gets its number and is written to in its place.
  ///   Using it stays an error.
  @discardableResult
  package static func apply() -> Inherited {
    occupyStandardDescriptors()
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGQUIT] {
      _ = linux_signal_default(number)
    }
    _ = linux_prctl(PR_SET_DUMPABLE, 0)
    var limit = rlimit()
    _ = unsafe getrlimit(coreResource, &limit)
    let coreLimit = limit.rlim_cur
    // The hard limit stays, so that `usher run` can give the command what it would have had without us.
    limit.rlim_cur = 0
    _ = unsafe setrlimit(coreResource, &limit)
    let umask = umask(0o077)
    _ = linux_signal_ignore(SIGPIPE)
    _ = linux_signal_ignore(SIGXFSZ)
    return Inherited(umask: umask, coreLimit: UInt64(coreLimit))
  }

  /// Takes back what a program run in our place would inherit.
  static func undo(_ inherited: Inherited) {
    var limit = rlimit()
    _ = unsafe getrlimit(coreResource, &limit)
    limit.rlim_cur = rlim_t(inherited.coreLimit)
    _ = unsafe setrlimit(coreResource, &limit)
    _ = umask(inherited.umask)
    _ = linux_signal_default(SIGPIPE)
    _ = linux_signal_default(SIGXFSZ)
  }

  /// Opened the wrong way round, and closed again for whoever takes this one's place.
  private static func occupyStandardDescriptors() {
    for number in STDIN_FILENO...STDERR_FILENO {
      var status = stat()
      guard unsafe fstat(number, &status) != 0 else { continue }
      let direction = number == STDIN_FILENO ? O_WRONLY : O_RDONLY
      // The lowest free number is given out, which is this one: those below it are open.
      _ = unsafe linux_open("/dev/null", direction | O_CLOEXEC, 0)
    }
  }

  private static var coreResource: __rlimit_resource_t {
    __rlimit_resource_t(RLIMIT_CORE.rawValue)
  }
}
