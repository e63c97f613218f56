package import Basics

/// When a check happens, and what chance gives it: the two things that make a request differ each time it is built.
/// `--dry-run` can fix both, so that a signed request can be compared with another one.
package struct Moment: Sendable {
  package var now: Timestamp
  package var chance: Chance

  /// - Parameters:
  ///   - now: the clock's time unless given.
  ///   - chance: the system's unless given.
  package init(now: Timestamp = .now(), chance: Chance = Chance()) {
    self.now = now
    self.chance = chance
  }
}
