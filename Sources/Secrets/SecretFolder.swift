internal import Basics
internal import CLinux
internal import Glibc

/// A folder of this account's alone, on a file system in memory, for values that a command reads from files.
///
/// It goes with this process: when the process has ended, in whatever way and whatever program it has become meanwhile, a
/// watcher that belongs to nobody clears the folder away. Given up before that, it goes at once. What is in memory may be
/// swapped, as the values in the command's own memory may be.
///
/// Values that end while the command runs can be renewed: `renew` has this program started anew for it, beside the watcher,
/// which so never waits for anything but the end.
package struct SecretFolder: ~Copyable {
  /// Absolute, without symbolic links of ours.
  package let path: String
  private let directory: FileDescriptor
  /// Where the watcher hears what is to be renewed; nil once it has.
  private var plan: FileDescriptor?

  /// A program that renews files.
  package struct Renewer: Sendable {
    let program: String
    let arguments: [String]

    /// - Parameters:
    ///   - program: this one itself unless told, also when its file has been replaced in the meantime.
    ///   - arguments: what follows its name.
    package init(program: String = "/proc/self/exe", arguments: [String]) {
      self.program = program
      self.arguments = arguments
    }
  }

  /// In bytes: what a pipe takes without anybody reading.
  package static let planLimit = 60 * 1024

  private static let prefix = "usher-run-"
  /// A folder that is younger may be one that another process is just making.
  private static let staleAge: Int64 = 60

  /// Makes the folder in `$XDG_RUNTIME_DIR`, or in `/dev/shm` where that is none in memory, and starts its watcher.
  ///
  /// Must be called before any thread exists: the watcher is a copy of this process, in which secrets are zero.
  /// - Parameter renewer: what `renew` starts.
  /// - Throws: `.noMemoryFolder` when neither is one, `.noFile` when something else went wrong.
  package static func make(
    renewer: Renewer = Renewer(arguments: [])
  ) throws(ExecError) -> SecretFolder {
    guard let made = firstMade() else { throw .noMemoryFolder }
    let directory = FileDescriptor(made.descriptor)
    do throws(SystemError) {
      // Before the first value is in it.
      let plan = try FolderWatcher(directory: made.descriptor, path: made.path, renewer: renewer)
        .start()
      return SecretFolder(path: made.path, directory: directory, plan: plan)
    } catch {
      clear(made.descriptor, made.path)
      throw .noFile(error)
    }
  }

  private init(
    path: String, directory: consuming FileDescriptor, plan: consuming FileDescriptor
  ) {
    self.path = path
    self.directory = directory
    self.plan = .some(plan)
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

  /// Has the renewer started, once, in a session of its own and as nobody's child. It finds the folder by `RenewedFolder`,
  /// and ends when it is told that the command has.
  /// - Parameter plan: what it is to do, and no secret; at most `planLimit` bytes.
  package mutating func renew(by plan: [UInt8]) throws(ExecError) {
    guard let file = self.plan.take() else { return }
    do throws(SystemError) {
      guard plan.count <= Self.planLimit else { throw SystemError(code: EFBIG) }
      try plan.withBytes { bytes throws(SystemError) in try file.write(bytes) }
    } catch {
      throw .noFile(error)
    }
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

  /// Removes the files and the folder, and a file that somebody was just making as well.
  static func clear(_ directory: Int32, _ path: String) {
    for _ in 0..<100 {
      for name in FilePath.names(in: path) ?? [] { unsafe unlinkat(directory, name, 0) }
      guard unsafe rmdir(path) != 0, [ENOTEMPTY, EEXIST].contains(linux_errno()) else { return }
    }
  }
}
