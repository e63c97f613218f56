internal import CLinux
internal import Glibc
internal import Synchronization

/// A moment in whole seconds, written as RFC 3339 in UTC. Enough for creation, check and expiry times, and it costs
/// no date library at start-up.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  package var secondsSinceEpoch: Int64

  /// Any number: what lies beyond the calendar is written as its first or last second.
  package init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

  /// The clock of the program's work: the system's, which an administrator can set, so it is not for measuring time. A
  /// helper process has that of the program that it works for, as `adopt` has set it.
  package static func now() -> Timestamp {
    Timestamp(secondsSinceEpoch: system + lead.load(ordering: .relaxed))
  }

  /// Takes over another process's clock, for a process that works for that one: what it signs and what it finds out about
  /// ends has to agree with what the other does with it. Certificates are not verified by this clock but by the system's.
  ///
  /// - Parameter now: what the other's clock says at this moment. A difference of a few seconds is the way of the message,
  ///   and none of the clocks.
  package static func adopt(_ now: Timestamp) {
    let difference = now.secondsSinceEpoch - system
    lead.store(abs(difference) > tolerance ? difference : 0, ordering: .relaxed)
  }

  /// In seconds: how far this process's clock is set before the system's.
  private static let lead = Atomic<Int64>(0)
  private static let tolerance: Int64 = 5

  private static var system: Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec)
  }

  /// Earlier comes first.
  package static func < (a: Timestamp, b: Timestamp) -> Bool {
    a.secondsSinceEpoch < b.secondsSinceEpoch
  }
}
