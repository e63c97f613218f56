internal import CLinux
internal import Glibc

/// What the system says of a file or of a name.
package struct FileStatus: Equatable, Sendable {
  /// What it is.
  package enum Kind: Equatable, Sendable {
    case file, directory, link, other
  }

  /// What it is.
  package let kind: Kind
  /// The number of the account that it belongs to.
  package let owner: UInt32
  /// The number of the group that it belongs to.
  package let group: UInt32
  /// Permission bits.
  package let mode: UInt32
  /// How many names the file has.
  package let links: Int
  /// In bytes.
  package let size: Int64
  /// Of the last change to the file or its attributes, which no program can set back.
  package let changed: FileTime
  /// What tells two files of one file system apart.
  package let inode: UInt64

  /// Of an open file.
  package init(descriptor: Int32) throws(SystemError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    self.init(status)
  }

  /// Of a name in an open directory; nil when there is no such name.
  ///
  /// Nothing is opened: closing a second descriptor of a SQLite file would drop the locks that SQLite holds on it.
  package init?(
    of name: String, in directory: Int32, followsLink: Bool = false
  ) throws(SystemError) {
    let found = unsafe name.withCString {
      unsafe FileStatus(ofText: $0, in: directory, followsLink: followsLink)
    }
    guard let found else {
      let error = SystemError.last
      if error.code == ENOENT { return nil }
      throw error
    }
    self = found
  }

  /// The same of a name that ends with a zero, in place; nil also for other errors.
  package init?(ofText name: UnsafePointer<CChar>, in directory: Int32, followsLink: Bool) {
    var status = stat()
    let flags = followsLink ? 0 : AT_SYMLINK_NOFOLLOW
    guard unsafe fstatat(directory, name, &status, flags) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    owner = status.st_uid
    group = status.st_gid
    mode = status.st_mode & 0o7777
    links = Int(status.st_nlink)
    size = Int64(status.st_size)
    changed = FileTime(
      seconds: Int64(status.st_ctim.tv_sec), nanoseconds: Int64(status.st_ctim.tv_nsec))
    inode = UInt64(status.st_ino)
  }

  /// Whether others than the owner may do anything with it.
  package var isOpenToOthers: Bool { mode & 0o077 != 0 }

  /// `0644`
  package var modeText: String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
