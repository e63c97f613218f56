internal import Glibc

/// A time of the file system.
struct FileTime: Equatable {
  var seconds: Int64
  var nanoseconds: Int64

  /// Nanoseconds from `other` to this one; far more than anybody waits for counts as that.
  func nanoseconds(after other: FileTime) -> Int64 {
    let whole = (seconds &- other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let sum = whole.partialValue.addingReportingOverflow(nanoseconds &- other.nanoseconds)
    guard !whole.overflow, !sum.overflow else { return seconds > other.seconds ? .max : .min }
    return sum.partialValue
  }

  /// The system's clock, as files are stamped by it.
  @Sendable static func now() -> FileTime {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return FileTime(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }
}

/// What a file or directory looked like when it was read: whoever changes it leaves another stamp.
///
/// The time is that of the last change to the file or its attributes, which no program can set back, so a file that was
/// exchanged for an older one is noticed as well.
struct FileStamp: Equatable {
  enum Kind: UInt64 {
    case missing, file, directory, other
  }

  /// Relative to the folder; `.` is the folder itself.
  var path: String
  var kind: Kind
  var changed: FileTime
  var size: UInt64
  var inode: UInt64

  /// - Parameter directory: an open directory that the path is relative to.
  init(of path: String, in directory: Int32) {
    self.path = path
    self = unsafe path.withCString { unsafe FileStamp.look(at: $0, in: directory) }
    self.path = path
  }

  /// A stamp without its path: of what is there now.
  static func look(at path: UnsafePointer<CChar>, in directory: Int32) -> FileStamp {
    var status = stat()
    guard unsafe fstatat(directory, path, &status, 0) == 0 else { return FileStamp() }
    return FileStamp(status)
  }

  init(_ status: stat, path: String = "") {
    self.path = path
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    default: kind = .other
    }
    changed = FileTime(
      seconds: Int64(status.st_ctim.tv_sec), nanoseconds: Int64(status.st_ctim.tv_nsec))
    size = UInt64(clamping: status.st_size)
    inode = UInt64(status.st_ino)
  }

  private init() {
    path = ""
    kind = .missing
    changed = FileTime(seconds: 0, nanoseconds: 0)
    size = 0
    inode = 0
  }

  /// Whether both look the same; paths aside.
  func matches(_ other: FileStamp) -> Bool {
    kind == other.kind && changed == other.changed && size == other.size && inode == other.inode
  }

  /// Whether the file was at rest when reading began. One that had just been written may be written again without
  /// getting another time: the kernel's clock for files ticks every 4 to 10 ms, that of some file systems every 2 s.
  func isSettled(at start: FileTime) -> Bool {
    guard kind != .missing else { return true }
    let tick: Int64 = changed.nanoseconds == 0 ? 2_000_000_000 : 20_000_000
    return start.nanoseconds(after: changed) > tick
  }
}

/// An open directory, to look at files below it.
struct OpenFolder: ~Copyable {
  let descriptor: Int32

  init?(_ path: String, followsLink: Bool = true) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
    descriptor = unsafe path.withCString { unsafe open($0, flags) }
    guard descriptor >= 0 else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  borrowing func stamp(of path: String) -> FileStamp { FileStamp(of: path, in: descriptor) }
}

extension FileStamp {
  /// As an index keeps it, without its path.
  init(kind: Kind, changed: FileTime, size: UInt64, inode: UInt64) {
    self.path = ""
    self.kind = kind
    self.changed = changed
    self.size = size
    self.inode = inode
  }
}
