internal import Glibc

/// A moment in whole seconds, written as RFC 3339 in UTC. Enough for creation, check and expiry times, and it costs
/// no date library at start-up.
package struct Timestamp: Hashable, Comparable, Sendable {
  package var secondsSinceEpoch: Int64

  package init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

  /// The system's clock, which an administrator can set: not for measuring time.
  package static func now() -> Timestamp {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(secondsSinceEpoch: Int64(time.tv_sec))
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool {
    a.secondsSinceEpoch < b.secondsSinceEpoch
  }
}
