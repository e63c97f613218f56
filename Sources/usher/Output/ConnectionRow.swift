internal import Basics
internal import Connections

/// A connection as `list` shows it.
struct ConnectionRow {
  static let titles = ["CONNECTION", "ACCOUNT", "LAST CHECK", "EXPIRES"]

  private let connection: ListedConnection

  init(_ connection: ListedConnection) { self.connection = connection }

  func cells(now: Timestamp) -> [String] {
    let name = connection.entry.name.description
    switch connection.content {
    case .summary(let summary):
      return [
        name, summary.finding?.account ?? "–", FactsReport.lastCheck(of: summary, now: now),
        FactsReport.expiry(of: summary, now: now),
      ]
    case .sealed: return [name, "–", "sealed", "–"]
    case .unreadable(let error): return [name, "–", error.explanation.what, "–"]
    }
  }

  /// - Parameter obstacle: why nothing sealed can be shown, where that is so for all.
  func json(obstacle: StoreError?) -> Value.Map {
    switch connection.content {
    case .summary(let summary): FactsReport.json(summary)
    case .sealed:
      FactsReport.json(
        connection.entry, obstacle: obstacle?.explanation.what ?? "it cannot be opened")
    case .unreadable(let error):
      FactsReport.json(connection.entry, obstacle: error.explanation.what)
    }
  }
}
