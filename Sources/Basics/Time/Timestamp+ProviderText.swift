extension Timestamp {
  /// Reads a date as providers write it: RFC 3339 with or without fraction, zone and time (none means UTC), also without
  /// hyphens and colons (ISO 8601's basic form) or with slashes; the three forms of HTTP (RFC 9110, section 5.6.7) and
  /// dates with the month in English; `/Date(1798772645000)/`; seconds, milliseconds, microseconds or nanoseconds since
  /// 1970.
  package init?(providerText text: String) {
    guard text.utf8.count <= 64 else { return nil }
    var scanner = DateScanner(text)
    if text.utf8.count == 14, let time = scanner.scanBasicISO() {
      // `20270101030405`; as milliseconds it would lie in the year 2612.
      self = time
    } else if let time = Timestamp.unix(text) ?? Timestamp.script(text) {
      self = time
    } else if let time = scanner.scanISO() ?? scanner.scanBasicISO() ?? scanner.scanNamed() {
      self = time
    } else {
      return nil
    }
  }

  /// The size tells the unit: as seconds, 100 000 000 000 would lie beyond the year 5138, and so on by thousands.
  private static func unix(_ text: String) -> Timestamp? {
    let isNumber = text.utf8.allSatisfy { byte in
      isDigit(byte) || ".eE+".utf8.contains(byte)
    }
    guard isNumber, text.utf8.first.map(isDigit) == true else { return nil }
    let whole = text.prefix { $0 != "." && $0 != "e" && $0 != "E" }
    guard let number = whole.count == text.count ? Int64(text) : exact(text),
      number >= 100_000_000
    else { return nil }
    // Eight digits are a day: 20270101.
    if whole.count == text.count, whole.utf8.count < 9 { return nil }
    let units: [(below: Int64, parts: Int64)] = [
      (100_000_000_000, 1), (100_000_000_000_000, 1000), (100_000_000_000_000_000, 1_000_000),
    ]
    let parts = units.first { number < $0.below }?.parts ?? 1_000_000_000
    return Timestamp(secondsSinceEpoch: number / parts)
  }

  /// The whole part of a number with a fraction or an exponent: `1798772645.25`, `1.798772645E9`.
  private static func exact(_ text: String) -> Int64? {
    guard let number = Double(text), number.isFinite, number < 9e18 else { return nil }
    return Int64(number)
  }

  /// `/Date(1798772645000)/`, `/Date(1798772645000+0100)/`: milliseconds as some frameworks write them in JSON. What is
  /// added is the zone in which the moment is meant to be shown.
  private static func script(_ text: String) -> Timestamp? {
    let inner = text.drop { $0 == "/" }.reversed().drop { $0 == "/" }.reversed()
    let word = String(inner)
    guard word.hasPrefix("Date("), word.hasSuffix(")") else { return nil }
    let written = word.dropFirst("Date(".count).dropLast()
    let isNegative = written.first == "-"
    let digits = written.drop { $0 == "-" }.prefix { $0.isASCII && $0.isNumber }
    let zone = written.drop { $0 == "-" }.dropFirst(digits.count)
    guard let number = Int64(digits), number < 253_402_300_800_000 else { return nil }
    guard zone.isEmpty || zone.count == 5 && (zone.first == "+" || zone.first == "-") else {
      return nil
    }
    return Timestamp(secondsSinceEpoch: (isNegative ? -number : number) / 1000)
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// Reads a date from the left; each attempt begins anew.
private struct DateScanner {
  private let text: [UInt8]
  private var position = 0

  init(_ text: String) { self.text = Array(text.utf8) }

  mutating func scanISO() -> Timestamp? {
    position = 0
    guard let year = number(4) else { return nil }
    let mark = ["-", "/"].first { skip($0) }
    guard let mark, let month = number(2), skip(mark), let day = number(2) else { return nil }
    var time = CalendarTime(year: year, month: month, day: day)
    guard position < text.count else { return Timestamp(time) }
    guard skip("T") || skip("t") || skip(" "), let hour = number(2), skip(":"),
      let minute = number(2)
    else { return nil }
    (time.hour, time.minute) = (hour, minute)
    if skip(":") {
      guard let second = number(2) else { return nil }
      time.second = second
    }
    guard skipFraction() else { return nil }
    return finish(time)
  }

  /// `20270101T030405Z`, `20270101`
  mutating func scanBasicISO() -> Timestamp? {
    position = 0
    guard let year = number(4), let month = number(2), let day = number(2) else { return nil }
    var time = CalendarTime(year: year, month: month, day: day)
    guard position < text.count else { return Timestamp(time) }
    guard skip("T") || skip("t") || text.count == 14, let hour = number(2), let minute = number(2)
    else { return nil }
    (time.hour, time.minute, time.second) = (hour, minute, number(2) ?? 0)
    guard skipFraction() else { return nil }
    return finish(time)
  }

  /// With the month by name: before the day (asctime, `Jan 2, 2027`) or behind it (RFC 9110, `2-Jan-27`).
  mutating func scanNamed() -> Timestamp? {
    position = 0
    skipWeekday()
    let first = month()
    if first != nil { skipMarks() }
    guard let day = number(2) ?? number(1) else { return nil }
    _ = ["st", "nd", "rd", "th"].first { skip($0) }
    skipMarks()
    guard let month = first ?? month() else { return nil }
    if first == nil { skipMarks() }
    var time = CalendarTime(year: 0, month: month, day: day)
    // The year comes before the time, or last of all.
    if let year = year() {
      time.year = year
      skipMarks()
      guard position < text.count else { return Timestamp(time) }
      return scanClock(&time) ? finish(time) : nil
    }
    guard scanClock(&time) else { return nil }
    skipMarks()
    if skip("UTC") || skip("GMT") { skipMarks() }
    guard let year = year() else { return nil }
    time.year = year
    return finish(time)
  }

  /// `08:49:37`, `8:49 PM`
  private mutating func scanClock(_ time: inout CalendarTime) -> Bool {
    guard let hour = number(2) ?? number(1), skip(":"), let minute = number(2) else { return false }
    (time.hour, time.minute) = (hour, minute)
    if skip(":") {
      guard let second = number(2) else { return false }
      time.second = second
    }
    guard skipFraction() else { return false }
    let start = position
    _ = skip(" ")
    let isMorning = skip("AM") || skip("am")
    let isEvening = !isMorning && (skip("PM") || skip("pm"))
    guard isMorning || isEvening else {
      position = start
      return true
    }
    guard (1...12).contains(hour) else { return false }
    time.hour = hour % 12 + (isEvening ? 12 : 0)
    return true
  }

  /// The zone: nothing, `Z`, `UTC`, `GMT` or an offset with or without a colon.
  private mutating func finish(_ time: CalendarTime) -> Timestamp? {
    guard var stamp = Timestamp(time) else { return nil }
    _ = skip(" ")
    if position == text.count { return stamp }
    if ["Z", "z", "UTC", "GMT"].contains(where: { skip($0) }) {
      return position == text.count ? stamp : nil
    }
    let sign: Int64
    if skip("+") {
      sign = 1
    } else if skip("-") {
      sign = -1
    } else {
      return nil
    }
    guard let hours = number(2), hours <= 23 else { return nil }
    _ = skip(":")
    let minutes = position == text.count ? 0 : number(2)
    guard let minutes, minutes <= 59, position == text.count else { return nil }
    stamp.secondsSinceEpoch -= sign * Int64(hours * 3600 + minutes * 60)
    return stamp
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private mutating func month() -> Int? {
    guard let index = name(of: Self.months) else { return nil }
    return index + 1
  }

  private mutating func skipWeekday() {
    if name(of: Self.weekdays) != nil { skipMarks() }
  }

  /// Which of the names stands here, whole or its first three letters (or `Sept`, `Tues`, `Thurs`).
  private mutating func name(of names: [String]) -> Int? {
    let letters = text[position...].prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    guard letters.count >= 3 else { return nil }
    let word = String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self)
    guard let index = names.firstIndex(where: { $0.hasPrefix(word) }) else { return nil }
    position += letters.count
    return index
  }

  /// Four digits, or the two of RFC 850, which by POSIX lie between 1969 and 2068.
  private mutating func year() -> Int? {
    let digits = text[position...].prefix(while: isDigit).count
    // `08:49` is a time.
    let isTime = position + digits < text.count && text[position + digits] == UInt8(ascii: ":")
    switch digits {
    case 4: return number(4)
    case 2 where !isTime: return number(2).map { $0 < 69 ? 2000 + $0 : 1900 + $0 }
    default: return nil
    }
  }

  private mutating func skipMarks() {
    while position < text.count, " ,-.".utf8.contains(text[position]) { position += 1 }
  }

  /// False for a point with nothing behind it.
  private mutating func skipFraction() -> Bool {
    guard skip(".") || skip(",") else { return true }
    guard position < text.count, isDigit(text[position]) else { return false }
    while position < text.count, isDigit(text[position]) { position += 1 }
    return true
  }

  /// Exactly so many digits.
  private mutating func number(_ digits: Int) -> Int? {
    guard position + digits <= text.count else { return nil }
    var number = 0
    for byte in text[position..<position + digits] {
      guard isDigit(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += digits
    return number
  }

  private mutating func skip(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard text[position...].starts(with: bytes) else { return false }
    position += bytes.count
    return true
  }
}
