internal import Basics

/// How far this machine's clock is from that of whoever answered, by the answer's Date header (RFC 9110, section 6.6.1).
/// What is signed counts only around its time, so a clock that is off looks like a wrong key.
struct ClockDifference: Equatable {
  /// Positive when this machine is ahead. At least a minute: the shortest leeway that is usual, and more than a check
  /// takes.
  let seconds: Int64

  private static let least: Int64 = 60

  /// Nil when the two agree, or when the answer does not say.
  init?(_ answer: borrowing CheckAnswer, now: Timestamp) {
    guard let text = answer.header("date"), let theirs = Timestamp(providerText: text) else {
      return nil
    }
    let seconds = now.secondsSinceEpoch - theirs.secondsSinceEpoch
    guard abs(seconds) >= Self.least else { return nil }
    self.seconds = seconds
  }

  /// `12 minutes ahead`
  var words: String {
    let units: [(seconds: Int64, name: String)] = [(86_400, "day"), (3600, "hour"), (60, "minute")]
    let unit = units.first { abs(seconds) >= $0.seconds } ?? (60, "minute")
    let count = abs(seconds) / unit.seconds
    return "\(count) \(unit.name)\(count == 1 ? "" : "s") \(seconds > 0 ? "ahead" : "behind")"
  }
}
