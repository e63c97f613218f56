internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher history`
struct History: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "What happened to a connection: when, who, what. Never a value.",
    discussion: """
      Noted are linking, new values, other names, what was brought back or revoked, and when the provider began or ended to \
      refuse. Who it was is what the system says of itself, a trace and no proof. It is sealed with the connection, which \
      keeps the last 50 events and the first.

      With --json: {"name", "created", "version", "former_kept", "events": [{"event", "time", "user", "host", "detail"}]}
      An event is linked, replaced, edited, renamed, brought_back, accepted, refused or revoked. "former_kept" says whether \
      usher replace NAME --undo has something to bring back.

      EXAMPLES
        usher history tally
        usher history tailscale-api-key/lab --json | jq -r '.events[-1].event'
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let session = try store.session()
    let facts = try session.read(session.name(meant: name)).facts
    let isFormerKept = try session.hasFormer(of: facts.name)
    if json {
      Console.json(HistoryReport.json(facts, isFormerKept: isFormerKept))
      return .done
    }
    if facts.history.isEmpty {
      Console.line(
        "\(facts.name) was linked on \(facts.created.day). Nothing has been noted since.")
    } else {
      let rows = [HistoryReport.titles] + facts.history.map(HistoryReport.cells)
      // The table's cells are cleaned one by one.
      Console.document(TextTable(rows: rows).text)
    }
    if isFormerKept { Console.line("\nWhat it was before is \(FormerWords.line(facts.name)).") }
    return .done
  }
}
