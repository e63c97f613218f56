internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher list`
struct List: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "What is linked: account, last check, expiry. Never a secret.",
    discussion: """
      Without the identity, only names are shown; the rest is sealed.

      EXAMPLES
        usher list
        usher list --json | jq -r '.connections[].name'
      """)

  static let nothing = "Nothing is linked yet. usher connect PROVIDER links an account."

  @OptionGroup var store: StoreOptions
  @Flag(help: "Print JSON.") var json = false

  func perform() throws -> ExitCode {
    let (connections, obstacle) = try store.session().summaries()
    let rows = connections.map(ConnectionRow.init)
    if json {
      let values = rows.map { Value.map($0.json(obstacle: obstacle)) }
      Console.json(.map([("connections", .list(values))]))
    } else if rows.isEmpty {
      Console.line(List.nothing)
    } else {
      let now = Timestamp.now()
      Console.table(TextTable(rows: [ConnectionRow.titles] + rows.map { $0.cells(now: now) }))
    }
    if let obstacle, !rows.isEmpty {
      ErrorPrinter.warn("accounts and checks are sealed", obstacle.explanation)
    }
    return .done
  }
}
