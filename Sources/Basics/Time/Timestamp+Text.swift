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

  /// Reads what `description` writes, and nothing else. Records have several, and a list opens many records, so this looks
  /// at its one form alone.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, [bytes[4], bytes[7]] == [0x2D, 0x2D], bytes[10] == UInt8(ascii: "T"),
      [bytes[13], bytes[16]] == [0x3A, 0x3A], bytes[19] == UInt8(ascii: "Z")
    else { return nil }
    var parts: [Int] = []
    for range in [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19] {
      var number = 0
      for byte in bytes[range] {
        guard byte.isDigit else { return nil }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
      }
      parts.append(number)
    }
    // A leap second is written as the second before it.
    guard parts[5] < 60 else { return nil }
    self.init(
      CalendarTime(
        year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
        second: parts[5]))
  }

  /// `in 90 days`, `3 days ago`, `just now`: the difference rounded down to whole units, in days up to four months
  /// because keys are given for so many days. Days to come are rounded to the nearest one: who has just given a key for
  /// 90 days is not told of 89.
  package func relative(to now: Timestamp) -> String {
    let (difference, isHuge) = secondsSinceEpoch.subtractingReportingOverflow(now.secondsSinceEpoch)
    let size = isHuge ? UInt64.max : (roundedSeconds(after: now) ?? difference).magnitude
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

  /// How far it lies ahead, in seconds, as it is told: from two days on in whole days, to the nearest one. Negative for
  /// what has passed; nil for more than a number holds.
  package func roundedSeconds(after now: Timestamp) -> Int64? {
    let (left, isHuge) = secondsSinceEpoch.subtractingReportingOverflow(now.secondsSinceEpoch)
    if isHuge { return nil }
    guard left >= 2 * 86_400, left < .max - 43_200 else { return left }
    return (left + 43_200) / 86_400 * 86_400
  }
}

private func pad(_ number: Int, _ width: Int = 2) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
