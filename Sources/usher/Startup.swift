internal import Basics
internal import CLinux
internal import Glibc

/// What the program needs of the machine before it can so much as read its own arguments.
enum Startup {
  /// What is missing; nil when it can go on.
  static func problem() -> Explanation? {
    let descriptor = unsafe linux_open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC, 0)
    if descriptor >= 0 {
      close(descriptor)
      if OpenFileLimit.isEnough(afterOpening: descriptor) { return nil }
      return .openFileLimit(
        what: "too few files may be open", why: "the limit on open files leaves no room to work")
    }
    if SystemError.last.isOpenFileLimit { return .openFileLimit(what: "no file can be opened") }
    return Explanation(
      what: "the program cannot read its own arguments",
      why: "the system's process files are not there",
      advice: "mount them: mount -t proc proc /proc")
  }
}
