internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher keys`
struct Keys: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Whom the store seals to, where the identity is, and what that protects against.",
    discussion: """
      EXAMPLES
        usher keys
        usher keys --json | jq -r '.recipients[]'
      """)

  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let report = try store.session().keys()
    let recipients = report.recipients
    if json {
      Console.json(
        .map([
          ("recipients", .list(recipients.map(Value.string))),
          ("identity", .string(report.identityLocation)),
          ("level", report.protection.level.map(Value.int) ?? .null),
          ("protection", .string(report.protection.sentence)),
        ]))
      return .done
    }
    let protection =
      report.protection.level.map { "level \($0) of \(KeyProtection.levels)" }
      ?? "that of what hands it in"
    let none = "none yet: the first save makes one"
    Console.line(
      TextTable(rows: [
        ["Recipients", recipients.isEmpty ? none : recipients.joined(separator: ", ")],
        ["Identity", report.identityLocation],
        ["Protection", protection],
      ]).text)
    Console.line()
    Console.line(report.protection.sentence)
    return .done
  }
}
