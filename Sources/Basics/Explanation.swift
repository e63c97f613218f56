/// What a person is told when something went wrong. One error type per boundary, each `Explained`; printed in one
/// place. Never holds a value that was typed.
package struct Explanation: Equatable, Sendable {
  /// What happened, with the object named; lower case, no period: `cannot open the store /home/me/…/usher.db`.
  package var what: String
  /// The cause in the reader's terms, never a bare errno.
  package var why: String?
  /// One thing to do next, as a command where possible.
  package var advice: String?

  package init(what: String, why: String? = nil, advice: String? = nil) {
    self.what = what
    self.why = why
    self.advice = advice
  }
}

/// An error that can say what happened, why, and what to do.
package protocol Explained: Error {
  /// Complete by itself: nothing that a caller knows has to be added.
  var explanation: Explanation { get }
}
