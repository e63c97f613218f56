internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher apps list`
struct AppsList: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Provider, client id, redirect address, how many accounts. Never a secret.",
    discussion: """
      Without the identity, only names and providers are shown; the rest is sealed.

      EXAMPLES
        usher apps list
        usher apps list --json | jq -r '.applications[].name'
      """)

  static let nothing =
    "No application is kept yet. usher connect keeps the one that an account is linked with."

  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let session = try store.session()
    let applications = try session.applications()
    if applications.isEmpty, !json {
      Console.line(AppsList.nothing)
      return .done
    }
    let uses = try ApplicationUses(in: session)
    if json {
      let values = applications.map { Value.map(ApplicationReport.json($0, uses)) }
      Console.json(.map([("applications", .list(values))]))
      return .done
    }
    let titles = ["APPLICATION", "PROVIDER", "CLIENT ID", "REDIRECT ADDRESS", "CONNECTIONS"]
    Console.document(
      TextTable(rows: [titles] + applications.map { ApplicationReport.cells($0, uses) }).text)
    return .done
  }
}
