internal import Basics
internal import Connections
internal import Requests
internal import Store

/// `usher replace --undo`. Asks nobody: a second one takes the first one back.
struct Undo {
  /// The connection as it was named.
  let name: String
  let isJSON: Bool

  func perform(in session: borrowing StoreSession) throws -> ExitCode {
    let facts = try session.bringBack(session.name(meant: name))
    if isJSON {
      var report = FactsReport.json(facts.summary)
      report["brought_back"] = .bool(true)
      Console.json(.map(report))
      return .done
    }
    let now = Timestamp.now()
    let account = facts.diagnosis?.account.map { " of \($0)" } ?? ""
    Console.line("\(facts.name) has the values\(account) again that it had before.")
    Console.line(
      "Linked on \(facts.created.day); last check: \(FactsReport.lastCheck(of: facts.summary, now: now))."
    )
    Console.line(
      "What they gave way to is kept: usher replace \(facts.name.shortest) --undo once more takes this back."
    )
    return .done
  }
}
