internal import Glibc

/// The limit on how many files a process may have open (`ulimit -n`), and that of the system.
package enum OpenFileLimit {
  /// How many files a command may want at once, with room to spare: a check has 16 open, its pipes and the store's among them.
  private static let wanted = 24

  /// Whether the limit leaves a command as many as it may want.
  ///
  /// Asked before anything is done: a library ends the process where it gets none for its event loop (libdispatch of Swift
  /// 6.3.1), and with it whatever was typed.
  /// - Parameter next: the number of the file that was opened last, the lowest that was free.
  package static func isEnough(afterOpening next: Int32) -> Bool {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return true
    }
    return limit.rlim_cur >= rlim_t(next) + rlim_t(wanted)
  }
}

extension SystemError {
  /// Whether that limit is the reason, and nothing about the file.
  package var isOpenFileLimit: Bool { code == EMFILE || code == ENFILE }
}

extension Explanation {
  /// What is said where the limit is reached.
  /// - Parameters:
  ///   - what: what cannot be done because of it.
  ///   - why: how the limit stands in the way.
  package static func openFileLimit(
    what: String, why: String = "the limit on open files is reached"
  ) -> Explanation {
    Explanation(what: what, why: why, advice: "raise it: ulimit -n 64")
  }
}
