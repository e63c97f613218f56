internal import CLinux

/// A system call that failed, explained. Never shown as a bare number.
package struct SystemFailure: Error, Equatable, Sendable {
  /// The value of `errno`, for tests and branches.
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// The last failure of this thread.
  static var last: SystemFailure { SystemFailure(code: linux_errno()) }

  /// The cause in the reader's words: the end of a sentence, lower case, no period.
  package var reason: String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission is denied"
    case ENOTDIR: "a part of the path is not a directory"
    case EISDIR: "it is a directory"
    case ELOOP: "there are too many symbolic links in the path"
    case EPIPE: "the program that reads has ended"
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "the file would be larger than is allowed"
    case EROFS: "the file system is read-only"
    case EIO: "the device reports an error"
    case EBADF: "the file descriptor is not open for this"
    case ENOMEM: "there is not enough memory"
    case E2BIG: "the arguments and the environment are larger than the system allows"
    case ENOEXEC: "it is not a program, or a script without #! in its first line"
    case ETXTBSY: "the program's file is being written"
    case EMFILE, ENFILE: "too many files are open"
    case ENXIO, ENODEV: "there is no such device"
    default: unsafe String(cString: strerror(code)).lowercasedFirst
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
