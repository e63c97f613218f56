/// A moment taken apart by the Gregorian calendar, in UTC.
package struct CalendarTime: Equatable, Sendable {
  /// 1 to 9999.
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int
  /// 0 to 23.
  package var hour = 0
  /// 0 to 59.
  package var minute = 0
  /// 0 to 60: there are leap seconds.
  package var second = 0

  /// Not checked: `Timestamp` takes no day or time that does not exist.
  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// 0 is Sunday.
  package var weekday: Int {
    let days = CalendarTime.days(year, month, day) + 4
    return (days % 7 + 7) % 7
  }

  /// Whether there is such a day and such a time. A leap second counts as the second before it.
  var isValid: Bool {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
    guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else {
      return false
    }
    return day <= CalendarTime.length(ofMonth: month, in: year)
  }

  /// In days. `month`: 1 to 12.
  package static func length(ofMonth month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days since 1970-01-01. Counts years from March, so that the leap day is the last of its year.
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Timestamp {
  /// Nil when there is no such day or time.
  package init?(_ time: CalendarTime) {
    guard time.isValid else { return nil }
    let days = Int64(CalendarTime.days(time.year, time.month, time.day))
    let seconds = Int64(time.hour * 3600 + time.minute * 60 + min(time.second, 59))
    self.init(secondsSinceEpoch: days * 86_400 + seconds)
  }

  /// The date and time in UTC; the nearest that the calendar has for moments before year 1 and after 9999.
  package var calendar: CalendarTime {
    let limits: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
    let seconds = min(max(secondsSinceEpoch, limits.lowerBound), limits.upperBound)
    let ofDay = Int((seconds % 86_400 + 86_400) % 86_400)
    let days = Int((seconds - Int64(ofDay)) / 86_400) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return CalendarTime(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shifted + 2) / 5 + 1, hour: ofDay / 3600, minute: ofDay / 60 % 60,
      second: ofDay % 60)
  }
}
