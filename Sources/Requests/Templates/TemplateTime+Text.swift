internal import Basics
internal import ProviderFormat

extension TemplateTime {
  /// The moment as it is written in a request.
  func text(at now: Timestamp) -> String {
    let moved = move(now)
    guard let format else { return moved.withMilliseconds }
    return DayjsFormatter(moved).text(format)
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
