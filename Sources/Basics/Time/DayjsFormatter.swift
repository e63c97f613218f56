/// Writes a moment in a format of Day.js: `ddd, DD MMM YYYY HH:mm:ss ZZ`, with `[…]` around text that is no format.
package struct DayjsFormatter {
  private let moment: Timestamp
  private let time: CalendarTime

  /// - Parameter moment: written in UTC, in English.
  package init(_ moment: Timestamp) {
    self.moment = moment
    time = moment.calendar
  }

  /// Longest first, so that `MMMM` is not read as two `MM`.
  private static let tokens = [
    "YYYY", "MMMM", "dddd", "MMM", "ddd", "SSS", "YY", "MM", "DD", "dd", "HH", "hh", "mm", "ss",
    "ZZ", "M", "D", "d", "H", "h", "m", "s", "A", "a", "Z", "X", "x",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// The moment in a format of Day.js; what is no token of it is kept as it stands.
  package func text(_ format: String) -> String {
    var text = ""
    var rest = format[...]
    while let first = rest.first {
      if first == "[", let close = rest.firstIndex(of: "]") {
        text += rest[rest.index(after: rest.startIndex)..<close]
        rest = rest[rest.index(after: close)...]
      } else if let token = Self.tokens.first(where: { rest.hasPrefix($0) }) {
        text += value(of: token)
        rest = rest.dropFirst(token.count)
      } else {
        text.append(first)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  private func value(of token: String) -> String {
    let hour = (time.hour + 11) % 12 + 1
    let month = Self.months[time.month - 1]
    let day = Self.days[time.weekday]
    return switch token {
    case "YYYY": padded(time.year, 4)
    case "YY": padded(time.year % 100, 2)
    case "MMMM": month
    case "MMM": String(month.prefix(3))
    case "MM": padded(time.month, 2)
    case "M": String(time.month)
    case "DD": padded(time.day, 2)
    case "D": String(time.day)
    case "dddd": day
    case "ddd": String(day.prefix(3))
    case "dd": String(day.prefix(2))
    case "d": String(time.weekday)
    case "HH": padded(time.hour, 2)
    case "H": String(time.hour)
    case "hh": padded(hour, 2)
    case "h": String(hour)
    case "mm": padded(time.minute, 2)
    case "m": String(time.minute)
    case "ss": padded(time.second, 2)
    case "s": String(time.second)
    case "SSS": "000"
    case "A": time.hour < 12 ? "AM" : "PM"
    case "a": time.hour < 12 ? "am" : "pm"
    case "ZZ": "+0000"
    case "Z": "+00:00"
    case "X": String(moment.secondsSinceEpoch)
    case "x": String(moment.secondsSinceEpoch * 1000)
    default: token
    }
  }
}

/// A number with zeros in front, up to a width in digits.
package func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
