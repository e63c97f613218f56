internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher status`
struct Status: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Does anything need a hand? One line a connection and an exit code.",
    discussion: """
      Reads what is kept and asks nobody, so it is fit for cron, monitoring and login notices; usher check --all asks \
      the providers. What was refused, has ended, ends soon or cannot be read comes first, with the command that \
      mends it. The exit code is 0 where nothing needs a hand, 1 where something does, and 7 where the identity is \
      missing or locked, so that it cannot be told; with --quiet no passphrase is asked for.

      EXAMPLES
        usher status
        usher status --expiring 30d
        usher status --quiet                 in ~/.profile: silent while all is well
        usher status --json | jq -r '.connections[] | select(.needs_hand) | .next'
      """)

  /// In seconds: two weeks, in which a new key can be had at most places.
  private static let usualSpan: Int64 = 14 * 86_400

  @Option(
    help: ArgumentHelp(
      "How near an end needs a hand: 14d unless told; 36h, 30d, 0 for what has ended alone.",
      valueName: "time"))
  var expiring: TimeSpan?
  @Flag(help: "Print only what needs a hand; nothing where nothing does.") var quiet = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if quiet && json {
      throw ValidationError("--json prints a document in any case: leave --quiet out.")
    }
  }

  func perform() throws -> ExitCode {
    let now = Timestamp.now()
    let (connections, obstacle) = try handle().session().statuses(
      soon: expiring?.seconds ?? Self.usualSpan, at: now)
    let needsHand = connections.contains { $0.needsHand }
    if json {
      Console.json(StatusReport.json(connections, obstacle: obstacle, now: now))
    } else {
      printTable(of: connections, now: now)
    }
    guard let obstacle, !connections.isEmpty else { return needsHand ? .failed : .done }
    ErrorPrinter.warn("whether anything needs a hand is sealed", obstacle.explanation)
    return obstacle.exitCode
  }

  /// A login notice is no place to ask for a passphrase.
  private func handle() throws(StoreError) -> StoreHandle {
    let isHanded = store.passphraseDescriptor != nil || store.storePasswordDescriptor != nil
    guard quiet, !isHanded else { return try store.handle() }
    return StoreHandle(
      at: try store.location(), notice: StoreOptions.report, network: StoreOptions.silentNetwork)
  }

  private func printTable(of connections: [ConnectionStatus], now: Timestamp) {
    if connections.isEmpty, !quiet { Console.line(List.nothing) }
    let shown = quiet ? connections.filter(\.needsHand) : connections
    guard !shown.isEmpty else { return }
    let rows = shown.map { StatusReport.cells($0, now: now) }
    Console.table(
      TextTable(rows: (quiet ? [] : [StatusReport.titles]) + rows, hasTitles: !quiet))
  }
}
