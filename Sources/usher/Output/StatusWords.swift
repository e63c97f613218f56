internal import Basics
internal import Connections
internal import Requests

/// The words for how a connection is.
enum StatusWords {
  /// In JSON. A word that has been used means the same for ever.
  static func word(_ state: ConnectionStatus.State) -> String {
    switch state {
    case .refused: "refused"
    case .ended: "ended"
    case .unreadable: "unreadable"
    case .expiring: "expiring"
    case .notChecked: "not_checked"
    case .good: "good"
    case .renewsItself: "renews_itself"
    case .sealed: "sealed"
    }
  }

  /// For people; lower case, no period.
  static func text(_ status: ConnectionStatus, now: Timestamp) -> String {
    switch status.state {
    case .refused(let moment, let kind):
      "\(refusal(kind)) on \(day(moment, now: now)): link again"
    case .ended(let moment): "ended \(moment.relative(to: now))"
    case .unreadable(let error): error.explanation.what
    case .expiring(let moment): "expires \(moment.relative(to: now))"
    case .notChecked: "not checked" + because(status.summary) + attempt(status.summary, now: now)
    case .good(let end):
      "good" + (end.map { ", expires \($0.relative(to: now))" } ?? unread(status.summary))
        + attempt(status.summary, now: now)
    case .renewsItself: "renews itself" + attempt(status.summary, now: now)
    case .sealed: "sealed"
    }
  }

  /// What can be said of a day.
  private static func refusal(_ kind: Diagnosis.Kind) -> String {
    kind == .refused ? "refused" : "\(FactsReport.words(for: kind)), as found"
  }

  private static func because(_ summary: ConnectionSummary?) -> String {
    summary?.finding?.kind == .uncheckable ? ", no check is known" : ""
  }

  private static func unread(_ summary: ConnectionSummary?) -> String {
    summary?.finding?.unreadExpiry.map { ", its end “\($0)” was not read" } ?? ""
  }

  /// The last check, where nothing was found out by it.
  private static func attempt(_ summary: ConnectionSummary?, now: Timestamp) -> String {
    summary?.attempt.map {
      "; \(FactsReport.words(for: $0.kind)), \($0.time.relative(to: now))"
    } ?? ""
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `3 Nov`, and in another year `3 Nov 2025`; in UTC, as all times are.
  private static func day(_ moment: Timestamp, now: Timestamp) -> String {
    let date = moment.calendar
    let day = "\(date.day) \(months[date.month - 1])"
    return date.year == now.calendar.year ? day : "\(day) \(date.year)"
  }
}
