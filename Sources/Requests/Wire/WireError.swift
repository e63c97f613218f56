package import Basics

/// Why a message between the program and the check's own process cannot be read. Both are the same program, so this
/// means that one of them was cut off.
package enum WireError: Explained, Equatable {
  case unreadable(String)

  package var explanation: Explanation {
    switch self {
    case .unreadable(let what):
      Explanation(
        what: "the check's own process and usher do not understand each other", why: what,
        advice: "try again; if it stays, report it")
    }
  }
}
