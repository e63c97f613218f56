/// `${now}`, `${now:YYYY-MM-DD}`, `${now+7:days:X}`: the moment of the request, moved and written in a format of
/// Day.js. Always UTC.
struct TemplateTime: Equatable {
  /// What is added to the moment; negative when it is taken off.
  var amount = 0
  var unit = Unit.seconds
  /// Nil: ISO 8601 with milliseconds.
  var format: String?

  enum Unit: String, CaseIterable {
    case seconds, minutes, hours, days, weeks, months, years
  }

  /// Nil when the name is no time.
  init?(_ name: String) {
    guard name.hasPrefix("now") else { return nil }
    var rest = name.dropFirst(3)
    if let sign = rest.first, sign == "+" || sign == "-" {
      let pieces = rest.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard pieces.count >= 2, let amount = Int(pieces[0]), abs(amount) <= 1_000_000,
        let unit = Unit(spelled: pieces[1])
      else { return nil }
      self.amount = amount
      self.unit = unit
      rest = pieces.count == 3 ? ":" + pieces[2] : ""
    }
    if rest.isEmpty { return }
    guard rest.first == ":" else { return nil }
    format = String(rest.dropFirst())
  }

  func text(at now: Timestamp) -> String {
    let moved = move(now)
    guard let format else { return moved.withMilliseconds }
    return DayFormat(moved).text(format)
  }

  private func move(_ now: Timestamp) -> Timestamp {
    let seconds: Int64
    switch unit {
    case .seconds: seconds = 1
    case .minutes: seconds = 60
    case .hours: seconds = 3600
    case .days: seconds = 86_400
    case .weeks: seconds = 7 * 86_400
    case .months: return now.adding(months: amount)
    case .years: return now.adding(months: amount * 12)
    }
    return Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + Int64(amount) * seconds)
  }
}

extension TemplateTime.Unit {
  /// `day` and `days` are the same.
  fileprivate init?(spelled text: Substring) {
    self.init(rawValue: text.hasSuffix("s") ? String(text) : text + "s")
  }
}

extension Timestamp {
  /// The same day of another month, or its last one where there is no such day.
  fileprivate func adding(months: Int) -> Timestamp {
    var time = calendar
    let month = min(max(time.year * 12 + time.month - 1 + months, 12), 9999 * 12 + 11)
    (time.year, time.month) = (month / 12, month % 12 + 1)
    time.day = min(time.day, CalendarTime.length(ofMonth: time.month, in: time.year))
    return Timestamp(time) ?? self
  }
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
