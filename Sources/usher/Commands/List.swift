internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher list`
struct List: UsherCommand {
  static let configuration = CommandConfiguration(
    abstract: "What is linked: account, last check, expiry. Never a secret.",
    discussion: """
      EXAMPLES
        usher list
        usher list --json | jq -r '.connections[].name'
      """)

  static let nothing = "Nothing is linked yet. usher connect PROVIDER links an account."

  @OptionGroup var store: StoreOptions
  @Flag(help: "Print JSON.") var json = false

  func perform() throws -> ExitCode {
    let session = try store.session()
    var rows: [ConnectionRow] = []
    for entry in try session.list() { rows.append(ConnectionRow(entry: entry, in: session)) }
    if json {
      Console.json(.map([("connections", .list(rows.map { .map($0.json) }))]))
    } else if rows.isEmpty {
      Console.line(List.nothing)
    } else {
      Console.line(TextTable(rows: [ConnectionRow.titles] + rows.map(\.cells)).text)
    }
    return .done
  }
}
