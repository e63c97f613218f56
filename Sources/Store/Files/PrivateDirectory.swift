internal import Basics
internal import CLinux
internal import CSQLite
internal import Connections
internal import Glibc

/// A directory that nobody but this user can change, held open.
///
/// Everything in it is reached by name from the open directory, so that exchanging a part of the path changes nothing.
struct PrivateDirectory: ~Copyable {
  /// How much others may do in it.
  enum Privacy {
    /// Nothing: of the store.
    case closed
    /// Look, and change nothing: of the configuration, whose secret files are closed themselves.
    case readable

    fileprivate var forbidden: UInt32 {
      switch self {
      case .closed: 0o077
      case .readable: 0o022
      }
    }

    fileprivate var subject: PermissionError.Subject {
      switch self {
      case .closed: .store
      case .readable: .configuration
      }
    }

    fileprivate var wanted: String {
      switch self {
      case .closed: "0700"
      case .readable: "go-w"
      }
    }
  }

  /// Without symbolic links.
  let path: String
  let directory: FileDescriptor
  private let privacy: Privacy

  var descriptor: Int32 { directory.number }

  private init(path: String, directory: consuming FileDescriptor, privacy: Privacy) {
    self.path = path
    self.directory = directory
    self.privacy = privacy
  }

  /// Opens and verifies a directory; nil when there is none.
  ///
  /// The configuration may be a link of our own, as tools for dot files make them: what it leads to is verified as it
  /// would be in its place.
  /// - Throws: `.permissions` when it is another link, belongs to somebody else, or is open to others.
  static func open(
    _ path: String, _ privacy: Privacy
  ) throws(StoreError) -> PrivateDirectory? {
    let directory: FileDescriptor
    do {
      directory = try FileDescriptor.open(
        directory: path, followsLink: followsLink(path, privacy))
    } catch {
      if error.code == ENOENT { return nil }
      throw refusal(path, error, privacy)
    }
    let status: FileStatus
    do {
      status = try FileStatus(descriptor: directory.number)
    } catch {
      throw refusal(path, error, privacy)
    }
    guard status.owner == geteuid() else {
      throw PermissionError.owner(path, status, of: privacy.subject)
    }
    guard status.mode & privacy.forbidden == 0 else {
      throw PermissionError.mode(path, status, wanted: privacy.wanted, of: privacy.subject)
    }
    return PrivateDirectory(
      path: FilePath.canonical(path), directory: directory, privacy: privacy)
  }

  /// Whether it is a link that only we, or root, can have made there.
  private static func followsLink(_ path: String, _ privacy: Privacy) -> Bool {
    switch privacy {
    case .closed: return false
    case .readable:
      guard let status = try? FileStatus(of: path, in: AT_FDCWD), status.kind == .link else {
        return false
      }
      return status.owner == geteuid() || status.owner == 0
    }
  }

  /// Makes the directory, and what is missing above it, for this user alone, then opens it.
  static func create(
    _ path: String, _ privacy: Privacy
  ) throws(StoreError) -> PrivateDirectory {
    try make(path)
    guard let made = try open(path, privacy) else {
      let isLink = (try? FileStatus(of: path, in: AT_FDCWD))?.kind == .link
      throw .failed(
        Explanation(
          what: isLink ? "\(path) is not used" : "\(path) vanished while it was being made",
          why: isLink ? "it is a symbolic link that leads nowhere" : nil,
          advice: isLink ? "make the directory that it leads to: readlink \(path)" : nil))
    }
    return made
  }

  borrowing func status(of name: String) throws(StoreError) -> FileStatus? {
    do {
      return try FileStatus(of: name, in: descriptor)
    } catch {
      throw error.failure("cannot look at \(path)/\(name)")
    }
  }

  /// The status of a file that only this user may have: no symbolic link, mode 0600 or stricter. Nil when there is none.
  /// It may have more than one name, as backups by hard links make them: whoever writes to it looks at that.
  borrowing func verifiedFile(_ name: String) throws(StoreError) -> FileStatus? {
    guard let status = try status(of: name) else { return nil }
    let file = "\(path)/\(name)"
    guard status.kind == .file else {
      throw PermissionError.kind(file, status, advice: adviceForKind(file))
    }
    guard status.owner == geteuid() else {
      throw PermissionError.owner(file, status, of: privacy.subject)
    }
    guard !status.isOpenToOthers else {
      throw PermissionError.mode(file, status, wanted: "0600", of: privacy.subject)
    }
    return status
  }

  private borrowing func adviceForKind(_ file: String) -> String {
    switch privacy {
    case .closed: "name the store itself: --store \(FilePath.canonical(file))"
    case .readable: "look at it: ls -l \(file)"
    }
  }

  /// Waits until the names in it are on the disk.
  borrowing func sync() throws(StoreError) {
    do {
      try directory.sync()
    } catch {
      throw error.failure("cannot write \(path)")
    }
  }

  /// Runs `body` while no other process that asks for the same is in it, and clears away what a process that was
  /// killed inside has left. Waits for another one as long as for the store.
  borrowing func exclusively<Result: ~Copyable>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    var round = 0
    let wait = BusyWait(path: path, notice: nil)
    while linux_flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let error = SystemError.last
      guard error.code == EWOULDBLOCK || error.code == EINTR else {
        throw error.failure("cannot lock \(path)")
      }
      guard wait.pause(round) else {
        let error = SQLiteError(code: SQLITE_BUSY, holder: wait.holder)
        throw .failed(
          Explanation(what: "cannot lock \(path)", why: error.reason, advice: error.advice))
      }
      round += 1
    }
    defer { _ = linux_flock(descriptor, LOCK_UN) }
    for name in names() where name.hasPrefix(PrivateDirectory.temporaryPrefix) { remove(name) }
    return try body()
  }

  borrowing func names() -> [String] {
    FilePath.names(in: "/proc/self/fd/\(descriptor)") ?? FilePath.names(in: path) ?? []
  }

  static let temporaryPrefix = ".usher-new-"

  static func temporaryName(for name: String) -> String {
    "\(temporaryPrefix)\(SystemRandom.hex(6))-\(name)"
  }

  private static func make(_ path: String) throws(StoreError) {
    guard unsafe mkdir(path, 0o700) != 0 else { return try syncParent(of: path) }
    var error = SystemError.last
    if error.code == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try make(String(path[..<slash]))
      if unsafe mkdir(path, 0o700) == 0 { return try syncParent(of: path) }
      error = .last
    }
    guard error.code == EEXIST else { throw error.failure("cannot make the directory \(path)") }
  }

  private static func syncParent(of path: String) throws(StoreError) {
    let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    // A parent that may be entered but not listed cannot be synced.
    try? FileDescriptor.open(directory: parent).sync()
  }

  private static func refusal(
    _ path: String, _ error: SystemError, _ privacy: Privacy
  ) -> StoreError {
    switch error.code {
    // A link in place of the directory shows as either of them.
    case ELOOP, ENOTDIR: otherKind(path, privacy)
    case EACCES, EPERM:
      .permissions(
        Explanation(
          what: "the directory \(path) cannot be opened", why: error.reason,
          advice: "it must belong to you: ls -ld \(path)"))
    default: error.failure("cannot open the directory \(path)")
    }
  }

  /// Something else than a directory in its place, or on the way to it.
  private static func otherKind(_ path: String, _ privacy: Privacy) -> StoreError {
    let status = try? FileStatus(of: path, in: AT_FDCWD)
    let isLink = status?.kind == .link
    let target = FilePath.canonical(path)
    let why =
      isLink
      ? "it is a symbolic link"
        + (status?.owner == geteuid() ? "" : " that belongs to another user")
      : "it, or a part of its path, is no directory"
    let advice =
      switch privacy {
      case .closed:
        isLink && target != path
          ? "name the folder that it leads to: --store \(target)/\(StoreLocation.fileName)"
          : "name the place where it should be with --store"
      case .readable:
        "put a directory of your own there, or name another place with XDG_CONFIG_HOME"
      }
    return .permissions(
      Explanation(what: "the directory \(path) is not used", why: why, advice: advice))
  }
}
