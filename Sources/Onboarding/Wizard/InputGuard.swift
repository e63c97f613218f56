/// Times in which keys do less, because they were probably not meant.
///
/// - After a paste: a terminal that does not strip an end mark inside the pasted text turns the rest of it into
///   keystrokes. Such keys may still type into a field; they never activate anything.
/// - After a screen on which Enter has a consequence came up: the second half of a double Enter, or a key that is held
///   down, was meant for the screen before.
package struct InputGuard: Equatable {
  /// How long after a paste or an arrival. Keys of a machine follow each other faster, people's do not.
  package static let time = Duration.milliseconds(150)

  private var afterPaste: ContinuousClock.Instant?
  private var afterArrival: ContinuousClock.Instant?

  mutating func pasted(at now: ContinuousClock.Instant) { afterPaste = now + InputGuard.time }

  mutating func arrive(at now: ContinuousClock.Instant) { afterArrival = now + InputGuard.time }

  /// Whether an input is to be ignored. A key that comes in a quiet time prolongs it.
  mutating func swallows(_ input: Input, at now: ContinuousClock.Instant) -> Bool {
    if let end = afterPaste, now < end {
      afterPaste = now + InputGuard.time
      guard case .edit = input else { return true }
      return false
    }
    if let end = afterArrival, now < end, input == .command(.activate) {
      afterArrival = now + InputGuard.time
      return true
    }
    return false
  }
}
