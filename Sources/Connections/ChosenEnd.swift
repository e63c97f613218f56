package import Basics

/// When the values of a connection end, as whoever made them says it: `90d`, `12w`, `6m`, `1y`, a date, a time, or `never`.
package struct ChosenEnd: Equatable, Sendable {
  /// Nil for never.
  package let moment: Timestamp?

  /// In years. What is given for longer has no end that anybody waits for; a greater number is a slip.
  package static let limit = 10

  private enum Unit { case day, week, month, year }

  /// As people write them behind a number.
  private static let units: [String: Unit] = [
    "d": .day, "day": .day, "days": .day, "w": .week, "week": .week, "weeks": .week,
    "m": .month, "month": .month, "months": .month, "y": .year, "year": .year, "years": .year,
  ]

  /// - Parameters:
  ///   - text: a number of days, weeks, months or years; a date, whose day it does not live to see; a time by RFC 3339; or
  ///     `never`. In any case of letters, with blanks around it.
  ///   - now: what a number counts from.
  package init(_ text: String, now: Timestamp) throws(ChosenEndError) {
    let word = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    guard word != "never" else {
      moment = nil
      return
    }
    let found =
      if let count = ChosenEnd.count(in: word) {
        try ChosenEnd.moment(count.number, count.unit, after: now)
      } else {
        ChosenEnd.date(word)
      }
    guard let found else { throw .unreadable }
    guard found > now else { throw .past }
    guard let last = ChosenEnd.moment(months: 12 * ChosenEnd.limit, after: now), found <= last
    else { throw .tooFar }
    moment = found
  }

  /// A number and its unit; nil where the text is something else.
  private static func count(in word: String) -> (number: Int, unit: Unit)? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    let rest = word.dropFirst(digits.count)
    guard !digits.isEmpty, let unit = units[String(rest.first == " " ? rest.dropFirst() : rest)]
    else { return nil }
    // What no number holds is more than is let through.
    return (Int(digits) ?? .max, unit)
  }

  private static func moment(
    _ number: Int, _ unit: Unit, after now: Timestamp
  ) throws(ChosenEndError) -> Timestamp? {
    // Beyond the limit in every unit, and far from what cannot be added.
    guard number <= 366 * (limit + 1) else { throw .tooFar }
    switch unit {
    case .day: return Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + Int64(number) * 86_400)
    case .week: return try moment(7 * number, .day, after: now)
    case .month: return moment(months: number, after: now)
    case .year: return moment(months: 12 * number, after: now)
    }
  }

  /// By the calendar: the 31st becomes the last day of a month that has none. Nil beyond the calendar's years.
  private static func moment(months: Int, after now: Timestamp) -> Timestamp? {
    var time = now.calendar
    let month = time.month - 1 + months
    time.year += month / 12
    time.month = month % 12 + 1
    time.day = min(time.day, CalendarTime.length(ofMonth: time.month, in: time.year))
    return Timestamp(time)
  }

  /// Year, month and day with hyphens, and what RFC 3339 lets follow. Providers write dates in more ways; who writes
  /// this one is told of these.
  private static func date(_ word: String) -> Timestamp? {
    let day = word.utf8.prefix(10)
    let isDay = day.enumerated().allSatisfy { index, byte in
      index == 4 || index == 7 ? byte == UInt8(ascii: "-") : byte.isDigit
    }
    guard day.count == 10, isDay else { return nil }
    return Timestamp(providerText: word)
  }
}

/// Why a text says no end that can be kept. Does not repeat it: it may be a value that was typed in the wrong place.
package enum ChosenEndError: Explained, Equatable {
  /// Neither a number with a unit nor a date.
  case unreadable
  /// It has ended already.
  case past
  /// More than `ChosenEnd.limit` years from now.
  case tooFar

  package var explanation: Explanation {
    switch self {
    case .unreadable:
      Explanation(
        what: "this is no end of validity", why: "it is neither a length of time nor a date",
        advice: "write 90d, 12w, 6m or 1y, a date such as 2027-03-01, or never")
    case .past:
      Explanation(
        what: "this end of validity has passed", why: "it does not lie in the future",
        advice: "write how long it is from now, such as 90d, or the date that the provider shows")
    case .tooFar:
      Explanation(
        what: "this end of validity is too far away",
        why: "it is more than \(ChosenEnd.limit) years from now",
        advice: "write never where there is none")
    }
  }
}
