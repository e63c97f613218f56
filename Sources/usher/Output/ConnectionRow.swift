internal import Basics
internal import Connections
internal import Requests
internal import Store

/// A connection as `list` shows it.
struct ConnectionRow {
  static let titles = ["CONNECTION", "ACCOUNT", "LAST CHECK", "EXPIRES"]

  let name: ConnectionName
  /// Nil when the record cannot be opened here (write-only store, another identity, damage).
  let facts: ConnectionFacts?
  let obstacle: String?

  init(entry: ConnectionIndexEntry, in session: borrowing StoreSession) {
    name = entry.name
    do {
      let record = try session.read(entry.name)
      facts = record.facts
      obstacle = nil
    } catch {
      facts = nil
      obstacle = error.explanation.what
    }
  }

  var cells: [String] {
    guard let facts else { return [name.description, "–", obstacle ?? "cannot be opened", "–"] }
    let now = Timestamp.now()
    return [
      name.description, facts.diagnosis?.account ?? "–",
      FactsReport.lastCheck(of: facts, now: now), FactsReport.expiry(of: facts, now: now),
    ]
  }

  var json: Value.Map {
    guard let facts else {
      return Value.Map(members: [
        ("name", .string(name.description)), ("error", .string(obstacle ?? "cannot be opened")),
      ])
    }
    return FactsReport.json(facts)
  }
}
