package import Basics
package import Drafts

/// When a check happens, and what chance gives it: the two things that make a request differ each time it is built.
/// `--dry-run` can fix both, so that a signed request can be compared with another one.
package struct ReplayContext: Sendable {
  /// The clock.
  package var now: Timestamp
  /// What makes random values.
  package var chance: RandomSource

  /// - Parameters:
  ///   - now: the clock's time unless given.
  ///   - chance: the system's unless given.
  package init(now: Timestamp = .now(), chance: RandomSource = RandomSource()) {
    self.now = now
    self.chance = chance
  }
}
