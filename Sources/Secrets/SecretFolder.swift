internal import Basics
internal import CLinux
internal import Glibc

/// A folder of this account's alone, on a file system in memory, for values that a command reads from files.
///
/// It goes with this process: when the process has ended, in whatever way and whatever program it has become meanwhile, a
/// watcher that belongs to nobody clears the folder away. Given up before that, it goes at once. What is in memory may be
/// swapped, as the values in the command's own memory may be.
package struct SecretFolder: ~Copyable {
  /// Absolute, without symbolic links of ours.
  package let path: String
  private let directory: FileDescriptor

  private static let prefix = "usher-run-"
  /// A folder that is younger may be one that another process is just making.
  private static let staleAge: Int64 = 60

  /// Makes the folder in `$XDG_RUNTIME_DIR`, or in `/dev/shm` where that is none in memory, and starts its watcher.
  ///
  /// Must be called before any thread exists: the watcher is a copy of this process, in which secrets are zero.
  /// - Throws: `.noMemoryFolder` when neither is one, `.noFile` when something else went wrong.
  package static func make() throws(ExecError) -> SecretFolder {
    guard let made = firstMade() else { throw .noMemoryFolder }
    let folder = SecretFolder(path: made.path, directory: FileDescriptor(made.descriptor))
    do throws(SystemError) {
      // Before the first value is in it.
      try FolderWatcher.start(for: made.descriptor, made.path)
    } catch {
      throw .noFile(error)
    }
    return folder
  }

  private init(path: String, directory: consuming FileDescriptor) {
    self.path = path
    self.directory = directory
  }

  deinit { SecretFolder.clear(directory.number, path) }

  /// Writes a file that only this account can read.
  /// - Parameter name: a variable's name, which is safe as a file's.
  /// - Returns: its path.
  package borrowing func add(_ name: String, holding value: RawSpan) throws(ExecError) -> String {
    do throws(SystemError) {
      try directory.makeFile(name).write(value)
    } catch {
      throw .noFile(error)
    }
    return "\(path)/\(name)"
  }

  private static func firstMade() -> (path: String, descriptor: Int32)? {
    for place in [Environment.value("XDG_RUNTIME_DIR"), "/dev/shm"].compactMap(\.self)
    where isSuited(place) {
      sweep(place)
      if let made = make(in: place) { return made }
    }
    return nil
  }

  /// A new folder, locked for as long as somebody has it open; nil when none can be made here.
  private static func make(in place: String) -> (path: String, descriptor: Int32)? {
    let path = "\(place)/\(prefix)\(SystemRandom.hex(8))"
    guard unsafe mkdir(path, 0o700) == 0 else { return nil }
    let descriptor = unsafe linux_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return nil }
    _ = linux_flock(descriptor, LOCK_EX | LOCK_NB)
    return (path, descriptor)
  }

  /// Whether nothing that is written there reaches a disk, but for swap, and nobody else can put another folder in the
  /// place of ours.
  private static func isSuited(_ path: String) -> Bool {
    guard path.hasPrefix("/"),
      let place = try? FileStatus(of: path, in: AT_FDCWD, followsLink: true)
    else { return false }
    let isOurs = place.owner == geteuid() && place.mode & 0o022 == 0
    let isShared = place.owner == 0 && place.mode & 0o1000 != 0
    guard isOurs || isShared else { return false }
    var status = statfs()
    guard unsafe statfs(path, &status) == 0 else { return false }
    // The numbers of tmpfs and ramfs, of statfs(2).
    return [0x0102_1994, 0x8584_58F6].contains(UInt32(truncatingIfNeeded: status.f_type))
  }

  /// Clears away what is left of a watcher that was killed: folders of ours that nobody holds.
  private static func sweep(_ place: String) {
    guard let parent = try? FileDescriptor.open(directory: place) else { return }
    let now = FileTime.now().seconds
    for name in FilePath.names(in: place) ?? [] where name.hasPrefix(prefix) {
      guard let status = try? FileStatus(of: name, in: parent.number), status.kind == .directory,
        status.owner == geteuid(), now - status.changed.seconds > staleAge,
        let folder = try? FileDescriptor.open(
          directory: "\(place)/\(name)", followsLink: false),
        linux_flock(folder.number, LOCK_EX | LOCK_NB) == 0
      else { continue }
      clear(folder.number, "\(place)/\(name)")
    }
  }

  /// Removes the files and the folder.
  fileprivate static func clear(_ directory: Int32, _ path: String) {
    for name in FilePath.names(in: path) ?? [] { unsafe unlinkat(directory, name, 0) }
    unsafe rmdir(path)
  }
}

/// The process that clears a folder away when another one has ended. Its parent is whoever takes orphans in, so that the
/// command never finds a child that it did not start.
private enum FolderWatcher {
  /// Waits until it runs, not for its end.
  static func start(for directory: Int32, _ path: String) throws(SystemError) {
    let watched = linux_pidfd_open(getpid())
    guard watched >= 0 else { throw .last }
    defer { close(watched) }
    let child = linux_fork()
    guard child >= 0 else { throw .last }
    if child == 0 {
      let watcher = linux_fork()
      if watcher == 0 { watch(watched, directory, path) }
      _exit(watcher > 0 ? 0 : 1)
    }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard linux_errno() == EINTR else { throw .last }
    }
    guard linux_exited(status) != 0, linux_exit_code(status) == 0 else {
      throw SystemError(code: EAGAIN)
    }
  }

  private static func watch(_ watched: Int32, _ directory: Int32, _ path: String) -> Never {
    // Out of reach of the terminal's signals, of `kill 0`, and of whoever waits for our output to end.
    setsid()
    var all = sigset_t()
    _ = unsafe sigfillset(&all)
    _ = unsafe sigprocmask(SIG_SETMASK, &all, nil)
    _ = unsafe chdir("/")
    let kept = (linux_copy_above(watched, 10), linux_copy_above(directory, 10))
    let nowhere = unsafe linux_open("/dev/null", O_RDWR | O_CLOEXEC, 0)
    for number in STDIN_FILENO...STDERR_FILENO { dup2(nowhere, number) }
    dup2(kept.0, 3)
    dup2(kept.1, 4)
    linux_close_from(5)
    var wait = pollfd(fd: 3, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&wait, 1, -1) < 0, linux_errno() == EINTR {}
    SecretFolder.clear(4, path)
    _exit(0)
  }
}
