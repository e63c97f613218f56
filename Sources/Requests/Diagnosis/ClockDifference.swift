internal import Basics

/// How far this machine's clock is from that of whoever answered, by the answer's Date header (RFC 9110, section 6.6.1).
/// What is signed counts only around its time, so a clock that is off looks like a wrong key.
struct ClockDifference: Equatable {
  /// Positive when this machine is ahead. More than ten: about what a whole check takes.
  let seconds: Int64

  private static let most: Int64 = 10

  /// Nil when the two agree, or when the answer does not say.
  init?(_ answer: borrowing CheckAnswer, now: Timestamp) {
    guard let text = answer.header("date"), let theirs = Timestamp(providerText: text) else {
      return nil
    }
    // What a cache kept is as old as it says.
    let age = answer.header("age").flatMap { Int64($0) } ?? 0
    let (seconds, isHuge) = now.secondsSinceEpoch.subtractingReportingOverflow(
      theirs.secondsSinceEpoch &+ max(0, min(age, 86_400)))
    guard !isHuge, abs(seconds) > Self.most else { return nil }
    self.seconds = seconds
  }

  /// `12 minutes ahead of`, `1 day behind`: what the other clock is named after.
  var words: String {
    let units: [(seconds: Int64, name: String)] = [
      (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"),
    ]
    let unit = units.first { abs(seconds) >= $0.seconds } ?? (1, "second")
    let count = abs(seconds) / unit.seconds
    return "\(count) \(unit.name)\(count == 1 ? "" : "s") \(seconds > 0 ? "ahead of" : "behind")"
  }
}
