package import Basics
package import Drafts

/// When a check happens, and what chance gives it: the two things that make a request differ each time it is built.
/// `--dry-run` can fix both, so that a signed request can be compared with another one.
package struct ReplayContext: Sendable {
  /// The clock.
  package var now: Timestamp
  /// What makes random values.
  package var randomSource: RandomSource
  /// What `${random}` stands for; nil for a UUID that `randomSource` makes.
  let random: String?
  /// The nonce of every signature; nil for those that `randomSource` makes.
  let nonce: String?

  /// - Parameters:
  ///   - now: the clock's time unless given.
  ///   - randomSource: the system's unless given.
  package init(now: Timestamp = .now(), randomSource: RandomSource = RandomSource()) {
    self.init(now: now, randomSource: randomSource, random: nil, nonce: nil)
  }

  init(now: Timestamp, randomSource: RandomSource = RandomSource(), random: String?, nonce: String?)
  {
    self.now = now
    self.randomSource = randomSource
    self.random = random
    self.nonce = nonce
  }
}
