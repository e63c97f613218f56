internal import Basics
internal import CLinux
internal import Glibc

/// The process that clears a folder away when another one has ended. Its parent is whoever takes orphans in, so that the
/// command never finds a child that it did not start.
///
/// It is a copy of this one that does nothing but wait, and costs as good as nothing. What has to be renewed meanwhile, by a
/// program that opens stores and asks providers, is renewed by a process of its own, which it starts: however long that
/// takes, and however it ends, the folder goes at once.
struct FolderWatcher {
  let directory: Int32
  let path: String
  let renewer: SecretFolder.Renewer

  /// Returns as soon as it runs.
  /// - Returns: the end of a pipe. What is written to it starts the renewer, which reads it; closed, there is nothing to
  ///   renew.
  func start() throws(SystemError) -> FileDescriptor {
    let watched = FileDescriptor(linux_pidfd_open(getpid()))
    guard watched.number >= 0 else { throw .last }
    var ends: [Int32] = [-1, -1]
    guard unsafe linux_pipe(&ends) == 0 else { throw .last }
    let plan = FileDescriptor(ends[0])
    let written = FileDescriptor(ends[1])
    let child = linux_fork()
    guard child >= 0 else { throw .last }
    if child == 0 {
      let watcher = linux_fork()
      if watcher == 0 { watch(watched.number, plan.number) }
      _exit(watcher > 0 ? 0 : 1)
    }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard linux_errno() == EINTR else { throw .last }
    }
    guard linux_exited(status) != 0, linux_exit_code(status) == 0 else {
      throw SystemError(code: EAGAIN)
    }
    return written
  }

  private func watch(_ watched: Int32, _ plan: Int32) -> Never {
    // Out of reach of the terminal's signals, of `kill 0`, and of whoever waits for our output to end.
    setsid()
    var all = sigset_t()
    _ = unsafe sigfillset(&all)
    _ = unsafe sigprocmask(SIG_SETMASK, &all, nil)
    _ = unsafe chdir("/")
    let kept = [watched, directory, plan].map { linux_copy_above($0, 10) }
    let nowhere = unsafe linux_open("/dev/null", O_RDWR | O_CLOEXEC, 0)
    for number in STDIN_FILENO...STDERR_FILENO { dup2(nowhere, number) }
    for (file, number) in zip(kept, RenewedFolder.process...RenewedFolder.plan) {
      dup2(file, number)
    }
    linux_close_from(RenewedFolder.plan + 1)
    var files = [RenewedFolder.process, RenewedFolder.plan].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    while true {
      let count = unsafe poll(&files, 2, -1)
      if count < 0, linux_errno() == EINTR { continue }
      if count < 0 || files[0].revents != 0 { break }
      if Int32(files[1].revents) & POLLIN != 0 { startRenewer() }
      close(RenewedFolder.plan)
      files[1].fd = -1
    }
    SecretFolder.clear(RenewedFolder.directory, path)
    _exit(0)
  }

  /// With the files that this process has, and nothing else of it but its environment.
  private func startRenewer() {
    // Nobody asks what becomes of it.
    _ = linux_signal_ignore(SIGCHLD)
    guard linux_fork() == 0 else { return }
    _ = linux_signal_default(SIGCHLD)
    var arguments = unsafe (["usher"] + renewer.arguments).map { unsafe strdup($0) } + [nil]
    _ = unsafe execve(renewer.program, &arguments, linux_environ())
    _exit(127)
  }
}
