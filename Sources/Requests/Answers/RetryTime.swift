package import Basics
internal import ProviderFormat

/// When to ask again, as an answer wishes: `Retry-After` (RFC 9110, section 10.2.3) as seconds or a date, else the reset
/// that rate limits name.
package struct RetryTime: Equatable {
  /// From now.
  package let seconds: Int64

  init(seconds: Int64) { self.seconds = seconds }

  /// In seconds, a year: what is longer is no time to wait.
  static let longest: Int64 = 366 * 86_400

  init?(_ answer: borrowing CheckAnswer, now: Timestamp) {
    self.init(now: now) { answer.header($0) }
  }

  /// Nil when nothing is wished.
  /// - Parameter header: looks up a header by its name in lower case.
  package init?(now: Timestamp, header: (String) -> String?) {
    // What a date means is told by the clock of whoever wrote it.
    let theirs = header("date").flatMap { Timestamp(providerText: $0) } ?? now
    let names = [
      "retry-after", "x-ratelimit-reset-after", "ratelimit-reset", "x-ratelimit-reset",
      "x-rate-limit-reset",
    ]
    for name in names {
      guard let text = header(name)?.trimmed,
        let seconds = Self.seconds(text, theirs), seconds <= Self.longest
      else { continue }
      self.seconds = max(0, seconds)
      return
    }
    return nil
  }

  /// What a text wishes for: as a number of seconds, or as a moment.
  /// - Parameters:
  ///   - isMoment: whether a number is a moment, whatever its size.
  ///   - theirs: the clock by which moments are meant.
  static func seconds(_ text: String, isMoment: Bool = false, _ theirs: Timestamp) -> Int64? {
    // A number that would be years is a moment.
    if !isMoment, let number = Double(text), number >= 0, number < 100_000_000 {
      return Int64(number.rounded(.up))
    }
    return Timestamp(providerText: text).map {
      $0.secondsSinceEpoch - theirs.secondsSinceEpoch
    }
  }

  /// The clock of whoever answered; this machine's where the answer does not tell it.
  static func clock(of answer: borrowing CheckAnswer, now: Timestamp) -> Timestamp {
    answer.header("date").flatMap { Timestamp(providerText: $0) } ?? now
  }

  /// `in 37 seconds`, `in 3 days`
  var words: String {
    switch seconds {
    case 0: "now"
    case 1: "in 1 second"
    case (2 * 86_400)...: "in \((seconds + 86_399) / 86_400) days"
    default: "in \(seconds) seconds"
    }
  }
}
