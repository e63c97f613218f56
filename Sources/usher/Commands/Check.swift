internal import ArgumentParser
internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Store

/// `usher check`
struct Check: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask the providers again whether stored credentials are good.",
    discussion: """
      The exit code is that of the worst answer: 5 refused, 6 could not be asked. What is found out is noted in the
      store; where that is not possible the answer counts all the same. An account that was linked in a browser is asked
      for with its token where the provider's entry names a request for it; else its token is renewed.

      EXAMPLES
        usher check tally
        usher check --all --json
        usher check tailscale-api-key --dry-run
      """)

  @Argument(help: "Connections: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var names: [String] = []
  @Flag(help: "Every connection.") var all = false
  @Flag(name: .customLong("dry-run"), help: "Print the requests instead of sending them.")
  var dryRun = false
  @Flag(help: "With --dry-run: print the secrets too.") var reveal = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var replay: MomentOptions

  func validate() throws {
    if names.isEmpty && !all { throw ValidationError("Name a connection, or give --all.") }
    if !names.isEmpty && all { throw ValidationError("Give names or --all, not both.") }
    if reveal && !dryRun { throw ValidationError("--reveal belongs to --dry-run.") }
    if replay.isGiven && !dryRun {
      throw ValidationError("--at and --seed belong to --dry-run.")
    }
  }

  func perform() throws -> ExitCode {
    let checks = dryRun ? nil : StoredConnectionChecks(network: network, tellsProgress: !json)
    let session = try store.session()
    var connections: [ConnectionName] = all ? try session.list().map(\.name) : []
    for name in names { connections.append(try session.name(meant: name)) }
    if connections.isEmpty, !json || dryRun { Console.line(List.nothing) }
    guard let checks else {
      for connection in connections {
        let record = try session.read(connection)
        try DryRun.print(record.submission(), at: replay.replay, revealing: reveal)
      }
      return .done
    }
    var worst = ExitCode.done
    var reports: [Value] = []
    func tell(_ result: StoredConnectionChecks.Result) {
      let diagnosis = result.diagnosis
      if diagnosis.exitCode.isWorse(than: worst) { worst = diagnosis.exitCode }
      if json {
        reports.append(.map(self.report(result)))
      } else {
        Console.line("\(result.name): \(DiagnosisReport.text(diagnosis))")
      }
      if let notNoted = result.notNoted {
        ErrorPrinter.warn("the answer for \(result.name) was not noted", notNoted.explanation)
        // It was an answer about what is no longer stored.
        if case .conflict = notNoted, worst == .done { worst = .storeFailed }
      }
    }
    let (others, linked) = split(connections, in: session)
    try checks.perform(others, in: session, report: tell)
    for connection in linked { tell(try checkLinked(connection, in: session)) }
    if json { Console.json(.map([("checks", .list(reports))])) }
    return worst
  }

  /// Those that are checked by their credentials, and those that a person has agreed to link.
  private func split(
    _ connections: [ConnectionName], in session: borrowing StoreSession
  ) -> (others: [ConnectionName], linked: [ConnectionName]) {
    var (others, linked): ([ConnectionName], [ConnectionName]) = ([], [])
    for connection in connections {
      // One that cannot be read is told of in its turn.
      let mode = (try? session.read(connection))?.provider.authMode
      if mode?.needsConsent == true { linked.append(connection) } else { others.append(connection) }
    }
    return (others, linked)
  }

  private func checkLinked(
    _ connection: ConnectionName, in session: borrowing StoreSession
  ) throws -> StoredConnectionChecks.Result {
    let record = try session.read(connection)
    let diagnosis = ConsentCheck(network: network).diagnosis(of: record, in: session)
    var result = StoredConnectionChecks.Result(name: connection, diagnosis: diagnosis)
    do throws(StoreError) {
      if let noted = record.noting(diagnosis) {
        try session.save(noted, replacing: true, keepingToken: true)
      }
    } catch {
      result.notNoted = error
    }
    return result
  }

  private func report(_ result: StoredConnectionChecks.Result) -> Value.Map {
    var report = FactsReport.json(result.diagnosis)
    report["name"] = .string(result.name.description)
    report["noted"] = .bool(result.notNoted == nil)
    return report
  }
}

extension ExitCode {
  /// Refused is worse than not asked, which is worse than done.
  fileprivate func isWorse(than other: ExitCode) -> Bool {
    let ranked: [ExitCode] = [.done, .storeFailed, .notAsked, .interrupted, .refused]
    return (ranked.firstIndex(of: self) ?? 0) > (ranked.firstIndex(of: other) ?? 0)
  }
}
