/// `${now}`, `${now:YYYY-MM-DD}`, `${now+7:days:X}`: the moment of the request, moved and written in a format of
/// Day.js. Always UTC.
package struct TemplateTime: Sendable, Equatable {
  /// What is added to the moment; negative when it is taken off.
  package private(set) var amount = 0
  /// What its number counts.
  package private(set) var unit = Unit.seconds
  /// Nil: ISO 8601 with milliseconds.
  package private(set) var format: String?

  /// What the amount counts.
  package enum Unit: String, Sendable, CaseIterable {
    /// Months and years are the calendar's: a day that the month does not have becomes its last one.
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
}

extension TemplateTime.Unit {
  /// `day` and `days` are the same.
  fileprivate init?(spelled text: Substring) {
    self.init(rawValue: text.hasSuffix("s") ? String(text) : text + "s")
  }
}
