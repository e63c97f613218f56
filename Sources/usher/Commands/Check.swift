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
      The exit code is that of the worst answer: 5 refused, 6 could not be asked. What is found out is noted in the \
      store; where that is not possible the answer counts all the same. An account that was linked in a browser is asked \
      for with its token where the provider's entry names a request for it; else its token is renewed.

      On a terminal a line says how far it is. Ctrl-C ends it at once, with 130, as SIGTERM does; what has been answered \
      by then is noted, and --older-than goes on with the others. A check that did not come through does not count for it. What is left out \
      and noted as refused counts for the exit code.

      EXAMPLES
        usher check tally
        usher check --all --json
        usher check --all --older-than 1h
        usher check tailscale-api-key --dry-run
      """)

  @Argument(help: "Connections: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var names: [String] = []
  @Flag(help: "Every connection.") var all = false
  @Option(
    name: .customLong("older-than"),
    help: ArgumentHelp(
      "With --all: only those whose last check is longer ago: 30m, 12h, 7d.", valueName: "time"))
  var olderThan: TimeSpan?
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
    if olderThan != nil && !all { throw ValidationError("--older-than belongs to --all.") }
    if reveal && !dryRun { throw ValidationError("--reveal belongs to --dry-run.") }
    if replay.isGiven && !dryRun {
      throw ValidationError("--at and --seed belong to --dry-run.")
    }
  }

  func perform() throws -> ExitCode {
    let checks = dryRun ? nil : StoredConnectionChecks(network: network, tellsProgress: !json)
    let session = try store.session()
    let began = Timestamp.now()
    let selection = try selection(in: session)
    let connections = selection.names
    if connections.isEmpty, !json || dryRun {
      Console.line(try olderThan != nil && !session.list().isEmpty ? Self.allRecent : List.nothing)
    }
    guard let checks else {
      for connection in connections {
        let record = try session.read(connection)
        try DryRun.print(record.submission(), at: replay.replay, revealing: reveal)
      }
      return .done
    }
    // From here on somebody is asked. Until then the signal itself ends the program, so that a store which another process
    // holds need not be waited for.
    let interruption = Interruption()
    let run = CheckReport(
      count: connections.count, refusedBefore: selection.refused, isJSON: json,
      progress: WorkProgress(of: connections.count, isSilent: json || connections.count < 2))
    defer { run.progress.end() }
    let (others, linked) = split(connections, in: session)
    try checks.perform(
      others, in: session, progress: run.progress, interruption: interruption, report: run.tell)
    for connection in linked where !interruption.isSet {
      let result = try checkLinked(connection, in: session, run.progress, interruption)
      if interruption.isSet, result.diagnosis.kind == .cancelled { break }
      run.tell(result)
    }
    return run.finish(
      isInterrupted: interruption.isSet,
      advice: all
        ? CheckAdvice(began: began, now: .now()).text(
          leaving: selection.lastChecks, told: run.names)
        : connections.count == 1
          ? "usher check \(connections[0].shortest) asks again"
          : "name those that are not told of to check them")
  }

  private static let allRecent = "Nothing to ask: all have been checked within that time."

  /// What is to be asked, and what is known of it and of the rest.
  private struct Selection {
    var names: [ConnectionName] = []
    /// When those came through last, as far as any is known.
    var lastChecks: [ConnectionName: Timestamp] = [:]
    /// How many are left out and were refused.
    var refused = 0
  }

  private func selection(in session: borrowing StoreSession) throws -> Selection {
    var selection = Selection()
    guard all else {
      for name in names { selection.names.append(try session.name(meant: name)) }
      return selection
    }
    let limit = olderThan.map { Timestamp.now().secondsSinceEpoch - $0.seconds } ?? .max
    for connection in try session.summaries().connections {
      // Of one that cannot be read nothing is known, and it is told of in its turn.
      guard case .summary(let summary) = connection.content, let checked = summary.checked else {
        selection.names.append(connection.entry.name)
        continue
      }
      if checked.secondsSinceEpoch < limit {
        selection.names.append(connection.entry.name)
        selection.lastChecks[connection.entry.name] = checked
      } else if let kind = summary.finding?.kind,
        Diagnosis(kind: kind, sentence: "").exitCode == .refused
      {
        selection.refused += 1
      }
    }
    return selection
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
    _ connection: ConnectionName, in session: borrowing StoreSession, _ progress: WorkProgress,
    _ interruption: Interruption
  ) throws -> StoredConnectionChecks.Result {
    let record = try session.read(connection)
    progress.tell("asking \(record.provider.displayName)")
    let check = ConsentCheck(network: network, cancel: interruption.descriptor)
    let diagnosis = check.diagnosis(of: record, in: session)
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
}
