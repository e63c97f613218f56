internal import ArgumentParser
internal import Basics

/// A length of time on the command line: `90` (seconds), `30s`, `5m`, `1h`, `2d`.
struct TimeSpan: Equatable, ExpressibleByArgument {
  /// Not negative, and not more than `limit`.
  let seconds: Int64

  /// In seconds: a year. Nothing that is asked for here lives longer.
  static let limit: Int64 = 366 * 86_400

  init(seconds: Int64) { self.seconds = seconds }

  init?(argument: String) {
    let units: [UInt8: Int64] = [
      UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600,
      UInt8(ascii: "d"): 86_400,
    ]
    let unit = argument.utf8.last.flatMap { units[$0] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let count = Int64(digits),
      count <= TimeSpan.limit / (unit ?? 1)
    else { return nil }
    seconds = count * (unit ?? 1)
  }

  /// `1 second`, `12 seconds`, `3 minutes`, as a sentence says it.
  static func words(_ seconds: Int64) -> String {
    let isMinutes = seconds >= 120 && seconds.isMultiple(of: 60)
    let (count, unit) = isMinutes ? (seconds / 60, "minute") : (seconds, "second")
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}
