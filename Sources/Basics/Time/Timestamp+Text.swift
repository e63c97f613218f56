extension Timestamp: CustomStringConvertible {
  /// `2026-08-24T13:05:09Z`. Years before 1 and after 9999 are written as the nearest that can be.
  package var description: String {
    let time = calendar
    return "\(pad(time.year, 4))-\(pad(time.month))-\(pad(time.day))"
      + "T\(pad(time.hour)):\(pad(time.minute)):\(pad(time.second))Z"
  }

  /// `2026-08-24T13:05:09.000Z`, as ECMAScript writes a moment. Milliseconds are always 0: there are none.
  package var withMilliseconds: String { "\(description.dropLast()).000Z" }

  /// `2026-08-24`
  package var day: String { String(description.prefix(10)) }

  /// Reads what `description` writes, and nothing else.
  package init?(_ text: String) {
    guard let time = Timestamp(providerText: text), time.description == text else { return nil }
    self = time
  }

  /// `in 89 days`, `3 days ago`, `just now`: the difference rounded down to whole units, in days up to four months
  /// because keys are given for so many days.
  package func relative(to now: Timestamp) -> String {
    let (difference, isHuge) = secondsSinceEpoch.subtractingReportingOverflow(now.secondsSinceEpoch)
    let size = isHuge ? UInt64.max : difference.magnitude
    if size < 60 { return difference > 0 && !isHuge ? "in a moment" : "just now" }
    let units: [(name: String, seconds: UInt64, until: UInt64)] = [
      ("minute", 60, 3600), ("hour", 3600, 48 * 3600), ("day", 86_400, 120 * 86_400),
      ("month", 2_629_746, 24 * 2_629_746), ("year", 31_556_952, .max),
    ]
    let unit = units.first { size < $0.until } ?? units[units.count - 1]
    let count = size / unit.seconds
    let words = "\(count) \(unit.name)\(count == 1 ? "" : "s")"
    return secondsSinceEpoch > now.secondsSinceEpoch ? "in \(words)" : "\(words) ago"
  }
}

private func pad(_ number: Int, _ width: Int = 2) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
