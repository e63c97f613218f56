internal import Basics

/// What a file or directory looked like when it was read: whoever changes it leaves another stamp.
///
/// The time is that of the last change to the file or its attributes, which no program can set back, so a file that was
/// exchanged for an older one is noticed as well.
struct FileFingerprint: Equatable {
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
    self = unsafe path.withCString { unsafe FileFingerprint.look(at: $0, in: directory) }
    self.path = path
  }

  /// A stamp without its path: of what is there now.
  static func look(at path: UnsafePointer<CChar>, in directory: Int32) -> FileFingerprint {
    let status = unsafe FileStatus(ofText: path, in: directory, followsLink: true)
    return status.map { FileFingerprint($0) } ?? FileFingerprint()
  }

  /// Without its path.
  init(_ status: FileStatus) {
    path = ""
    kind =
      switch status.kind {
      case .file: .file
      case .directory: .directory
      case .link, .other: .other
      }
    changed = status.changed
    size = UInt64(clamping: status.size)
    inode = status.inode
  }

  private init() {
    path = ""
    kind = .missing
    changed = FileTime(seconds: 0, nanoseconds: 0)
    size = 0
    inode = 0
  }

  /// Whether both look the same; paths aside.
  func matches(_ other: FileFingerprint) -> Bool {
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

extension FileDescriptor {
  /// The stamp of a file below this open directory.
  borrowing func stamp(of path: String) -> FileFingerprint { FileFingerprint(of: path, in: number) }
}

extension FileFingerprint {
  /// As an index keeps it, without its path.
  init(kind: Kind, changed: FileTime, size: UInt64, inode: UInt64) {
    self.path = ""
    self.kind = kind
    self.changed = changed
    self.size = size
    self.inode = inode
  }
}
