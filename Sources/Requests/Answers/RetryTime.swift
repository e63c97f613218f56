package import Basics
internal import ProviderFormat

/// When to ask again, as an answer wishes: `Retry-After` (RFC 9110, section 10.2.3) as seconds or a date, else the reset
/// that rate limits name.
package struct RetryTime: Equatable {
  /// From now.
  package let seconds: Int64

  /// A year: what is longer is no time to wait.
  private static let longest: Int64 = 366 * 86_400

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

  private static func seconds(_ text: String, _ theirs: Timestamp) -> Int64? {
    // A number that would be years is a moment.
    if let number = Double(text), number >= 0, number < 100_000_000 {
      return Int64(number.rounded(.up))
    }
    return Timestamp(providerText: text).map {
      $0.secondsSinceEpoch - theirs.secondsSinceEpoch
    }
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
