internal import CLinux
internal import Glibc

/// A moment in whole seconds, written as RFC 3339 in UTC. Enough for creation, check and expiry times, and it costs
/// no date library at start-up.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  package var secondsSinceEpoch: Int64

  /// Any number: what lies beyond the calendar is written as its first or last second.
  package init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

  /// The system's clock, which an administrator can set: not for measuring time.
  package static func now() -> Timestamp {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(secondsSinceEpoch: Int64(time.tv_sec))
  }

  /// Earlier comes first.
  package static func < (a: Timestamp, b: Timestamp) -> Bool {
    a.secondsSinceEpoch < b.secondsSinceEpoch
  }
}
