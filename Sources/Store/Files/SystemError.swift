internal import Basics
internal import CLinux
internal import Credentials

/// Why the system refused something, in the reader's terms.
struct SystemError: Error, Equatable {
  let number: Int32

  /// The error of the call that has just failed.
  static var last: SystemError { SystemError(number: linux_errno()) }

  var reason: String {
    switch number {
    case ENOENT: "it does not exist"
    case EACCES, EPERM: "the access is denied"
    case EEXIST: "something of this name is there already"
    case ENOTDIR: "a part of the path is not a directory"
    case ELOOP: "it is a symbolic link"
    case ENOSPC, EDQUOT: "the disk is full"
    case EROFS: "the file system takes no writes"
    case EIO: "the disk reported an error"
    case EFBIG: "the limit on the size of files is reached"
    case EMFILE, ENFILE: "too many files are open"
    case ENAMETOOLONG: "the name is too long"
    case EBADF: "nothing is open under this number"
    default: unsafe "the system says: " + String(cString: strerror(number))
    }
  }

  /// As an error of the store.
  func failure(_ what: String, advice: String? = nil) -> StoreError {
    .failed(Explanation(what: what, why: reason, advice: advice))
  }
}
