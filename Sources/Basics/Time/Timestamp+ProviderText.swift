extension Timestamp {
  /// Reads a date as providers write it: RFC 3339 with or without fraction, zone and time (none means UTC), with a blank
  /// for the `T`; RFC 1123 (`Mon, 24 Aug 2026 13:05:09 GMT`); seconds or milliseconds since 1970.
  package init?(providerText text: String) {
    guard text.utf8.count <= 64 else { return nil }
    var scanner = DateScanner(text)
    if let time = Timestamp.unix(text) {
      self = time
    } else if let time = scanner.scanISO() ?? scanner.scanHTTP() {
      self = time
    } else {
      return nil
    }
  }

  /// Numbers from 100 000 000 000 on are milliseconds: as seconds they would lie beyond the year 5138.
  private static func unix(_ text: String) -> Timestamp? {
    let whole = text.split(separator: ".", maxSplits: 1).first ?? ""
    guard whole.utf8.count >= 9, let number = Int64(whole), number >= 0 else { return nil }
    guard text.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) else { return nil }
    if number >= 100_000_000_000_000 { return nil }
    return Timestamp(secondsSinceEpoch: number >= 100_000_000_000 ? number / 1000 : number)
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
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2)
    else { return nil }
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
    if skip(".") || skip(",") {
      guard position < text.count, isDigit(text[position]) else { return nil }
      while position < text.count, isDigit(text[position]) { position += 1 }
    }
    return finish(time)
  }

  mutating func scanHTTP() -> Timestamp? {
    position = 0
    while position < text.count, !isDigit(text[position]) { position += 1 }
    guard let day = number(2) ?? number(1), skip(" ") || skip("-"), let month = month(),
      skip(" ") || skip("-"), let year = number(4), skip(" "), let hour = number(2), skip(":"),
      let minute = number(2), skip(":"), let second = number(2)
    else { return nil }
    return finish(
      CalendarTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second))
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

  private mutating func month() -> Int? {
    let names = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    guard position + 3 <= text.count else { return nil }
    let word = text[position..<position + 3].map { $0 | 0x20 }
    guard let index = names.firstIndex(where: { Array($0.utf8) == word }) else { return nil }
    position += 3
    return index + 1
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
