internal import Glibc

/// The limit on how many files a process may have open (`ulimit -n`), and that of the system.
package enum OpenFileLimit {
  /// Whether so many more can be opened. Tried, for the number that is allowed says nothing of those that are open already.
  package static func hasRoom(for count: Int) -> Bool {
    (0..<count).map { _ in EventDescriptor() }.allSatisfy { $0.number >= 0 }
  }
}

extension SystemError {
  /// Whether that limit is the reason, and nothing about the file.
  package var isOpenFileLimit: Bool { code == EMFILE || code == ENFILE }
}

extension Explanation {
  /// What is said where the limit is reached.
  /// - Parameter what: what cannot be done because of it.
  package static func openFileLimit(what: String) -> Explanation {
    Explanation(
      what: what, why: "the limit on open files is reached", advice: "raise it: ulimit -n 64")
  }
}
