internal import CLinux

/// A system call that failed, explained. Never shown as a bare number.
package struct SystemError: Error, Equatable, Sendable {
  /// The value of `errno`, for tests and branches.
  package let code: Int32

  /// - Parameter code: a value of `errno`, or what `posix_spawn` and its like return in place of it.
  package init(code: Int32) { self.code = code }

  /// The failure of the call that this thread has just made.
  package static var last: SystemError { SystemError(code: linux_errno()) }

  /// The cause in the reader's words: the end of a sentence, lower case, no period.
  package var reason: String {
    switch code {
    case ENOENT: "it does not exist"
    case EACCES, EPERM: "permission is denied"
    case EEXIST: "something of this name is there already"
    case ENOTDIR: "a part of the path is not a directory"
    case EISDIR: "it is a directory"
    case ELOOP: "it is a symbolic link, or there are too many of them in the path"
    case ENAMETOOLONG: "the name is too long"
    case EPIPE: "the program that reads has ended"
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "the file would be larger than is allowed"
    case EROFS: "the file system is read-only"
    case EIO: "the device reports an error"
    case EBADF: "the file descriptor is not open for this"
    case EAGAIN: "the system allows no more at the moment"
    case ENOMEM: "there is not enough memory"
    case E2BIG: "the arguments and the environment are larger than the system allows"
    case ENOEXEC: "it is not a program, or a script without #! in its first line"
    case ETXTBSY: "the program's file is being written"
    case EMFILE, ENFILE: "too many files are open"
    case ENXIO, ENODEV: "there is no such device"
    default: unsafe String(cString: strerror(code)).withoutCapital
    }
  }
}
