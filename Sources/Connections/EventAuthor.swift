internal import Basics

/// Whose account on which machine something was done with. What the system says of itself: a trace, and no proof.
package struct EventAuthor: Equatable, Sendable {
  /// The account's name, or its number where it has none; behind sudo with who asked for it: `root (anna)`.
  package var user: String
  /// The machine's name; empty where it has none.
  package var host: String

  package init(user: String, host: String) {
    self.user = user
    self.host = host
  }

  /// `anna on laptop`; empty where neither is known.
  package var text: String {
    [user, host.isEmpty ? "" : "on \(host)"].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Of this process. Found out once.
  package static let current = EventAuthor(user: SystemNames.user(), host: SystemNames.host())
}
