internal import CLinux
internal import Glibc

/// What the system says of one name in a directory, links not followed.
struct FileStatus: Equatable {
  enum Kind: Equatable {
    case file, directory, link, other
  }

  let kind: Kind
  let owner: UInt32
  /// Permission bits.
  let mode: UInt32
  /// How many names the file has.
  let links: Int
  /// In bytes.
  let size: Int64

  /// Of an open file.
  init(descriptor: Int32) throws(SystemError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    self.init(status)
  }

  /// Of a name in an open directory; nil when there is no such name.
  ///
  /// Nothing is opened: closing a second descriptor of a SQLite file would drop the locks that SQLite holds on it.
  init?(of name: String, in directory: Int32) throws(SystemError) {
    var status = stat()
    guard unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      let error = SystemError.last
      if error.number == ENOENT { return nil }
      throw error
    }
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
    mode = status.st_mode & 0o7777
    links = Int(status.st_nlink)
    size = Int64(status.st_size)
  }

  /// Whether others than the owner may do anything with it.
  var isOpenToOthers: Bool { mode & 0o077 != 0 }

  /// `0644`
  var modeText: String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
