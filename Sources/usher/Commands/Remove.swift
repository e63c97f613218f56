internal import ArgumentParser
internal import Basics
internal import Checking
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Store

/// `usher remove`
struct Remove: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a connection from the store, after a question, and revoke it on request.",
    discussion: """
      Where the provider's data say how, the key is revoked at the provider first, or the access that a person agreed \
      to, if you want that: on a terminal you are asked. With --revoke nothing is removed unless the provider has done \
      it; the exit code is then 5 where it refused and 6 where it could not be asked. With --yes alone nothing is \
      revoked: the key stays valid, and the address where it is revoked by hand is shown.

      EXAMPLES
        usher remove tally
        usher remove tailscale-api-key/lab --yes
        usher remove tailscale-api-key/lab --yes --revoke
        usher remove tailscale-api-key/lab --dry-run
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Flag(help: "Do not ask.") var yes = false
  @Flag(inversion: .prefixedNo, help: "Revoke it at the provider too, or do not, without asking.")
  var revoke: Bool?
  @Flag(
    name: .customLong("dry-run"),
    help: "Print the requests that would revoke it, and remove nothing.")
  var dryRun = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions

  /// What is known of the connection without which it can be removed, too.
  private struct Found {
    let name: ConnectionName
    /// Nil where the record cannot be opened.
    var provider: Provider?
    var way: RevocationWay?
    /// Whose it is, where a check told it.
    var account: String?
    /// How an earlier key is taken back that is kept with it.
    var former = FormerKey.none
  }

  /// What is kept of a connection from before.
  private enum FormerKey {
    /// Nothing, or the same key.
    case none
    case revocable, byHand
  }

  func perform() throws -> ExitCode {
    let handle = try store.handle()
    if dryRun { return try printRequests(in: handle.session()) }
    // Closed again while the question stands: the answer may take its time.
    let found = try find(in: handle.session())
    if revoke == true, found.way != .request { throw impossible(found) }
    guard try yes || isConfirmed(found) else {
      Console.line("Nothing was removed.")
      return .left
    }
    let isRevoked = wantsRevocation(of: found)
    if isRevoked, let end = try takeBack(found, handle) { return end }
    do throws(StoreError) {
      try handle.session().remove(found.name)
    } catch {
      guard isRevoked, let provider = found.provider else { throw error }
      throw StoreError.failed(RevocationReport(provider).notRemoved(found.name, error))
    }
    Console.line("Removed \(found.name).")
    remind(of: found, isRevoked: isRevoked)
    return .done
  }

  /// What is still good at the provider.
  private func remind(of found: Found, isRevoked: Bool) {
    guard let provider = found.provider else {
      Console.line(
        "Its record could not be read: its key may still be valid at the provider (\(found.name.provider))."
      )
      return
    }
    let report = RevocationReport(provider)
    if !isRevoked, let reminder = report.reminder(found.way) { Console.line(reminder) }
    let isFormerGood =
      switch found.former {
      case .none: false
      case .revocable: !isRevoked
      case .byHand: true
      }
    if isFormerGood { Console.line(report.formerReminder()) }
  }

  /// A record that cannot be opened can still be removed, so that is no error unless it has to be.
  private func find(in session: consuming StoreSession) throws -> Found {
    var found = Found(name: try session.name(meant: name))
    do throws(StoreError) {
      let record = try session.read(found.name)
      found.provider = record.provider
      found.account = record.facts.diagnosis?.account
      found.way = RevocationWay(record.provider, known: try session.tokens(of: found.name))
      found.former = Self.former(of: record, session)
    } catch {
      if revoke == true { throw error }
    }
    return found
  }

  /// What is kept and cannot be read stands in nobody's way.
  private static func former(
    of record: borrowing ConnectionRecord, _ session: borrowing StoreSession
  ) -> FormerKey {
    do throws(StoreError) {
      guard let former = try session.otherFormer(of: record) else { return .none }
      if case .request? = former.revocationWay() { return .revocable }
      return .byHand
    } catch {
      return .none
    }
  }

  private func impossible(_ found: Found) -> CommandError {
    guard let provider = found.provider else {
      return .failed(Explanation(what: "\(found.name) cannot be read"))
    }
    return .failed(RevocationReport(provider).impossible(found.way))
  }

  private func isConfirmed(_ found: Found) throws(CommandError) -> Bool {
    guard Console.isInteractive else {
      throw .noTerminal(
        Explanation(
          what: "cannot ask whether \(found.name) may be removed",
          why: "input and output are not a terminal", advice: "add --yes to remove it unasked"))
    }
    let whose = [found.provider?.displayName, found.account.map { "account \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
    return ConfirmationPrompt.confirm(
      "Remove \(found.name)\(whose.isEmpty ? "" : " (\(whose))")?")
  }

  private func wantsRevocation(of found: Found) -> Bool {
    if let revoke { return revoke }
    guard !yes, found.way == .request, let provider = found.provider else { return false }
    return ConfirmationPrompt.confirm(RevocationReport(provider).question)
  }

  /// - Returns: how the command ends where the connection stays; nil where it may go.
  private func takeBack(_ found: Found, _ handle: StoreHandle) throws -> ExitCode? {
    guard let provider = found.provider else { return nil }
    let report = RevocationReport(provider)
    let session = handle.session()
    try session.requireAlone(session.read(found.name))
    if case .revocable = found.former {
      // Before what is linked: where this fails, that is as it was.
      try OldKeyRevocation(network: network).revoke(found.name, in: session)
      Console.line(report.formerDone)
    }
    switch try RevocationRun(network: network).revoke(found.name, in: session) {
    case .revoked:
      Console.line(report.done)
      return nil
    case .failed(let diagnosis) where revoke == true:
      ErrorPrinter.print(report.failure(diagnosis, consequence: ", and nothing was removed"))
      return RevocationReport.exitCode(diagnosis)
    case .failed(let diagnosis):
      ErrorPrinter.print(report.failure(diagnosis))
      if ConfirmationPrompt.confirm("Remove \(found.name) all the same?") { return nil }
      Console.line("Nothing was removed.")
      return .left
    }
  }

  private func printRequests(in session: consuming StoreSession) throws -> ExitCode {
    let connection = try session.name(meant: name)
    let record = try session.read(connection)
    let token = try session.tokens(of: connection)
    let way = RevocationWay(record.provider, known: token)
    let order = RevocationOrder(record.submission(), token: token)
    do throws(RequestError) {
      try DryRun.print(
        try RevocationSession.plan(order), revealing: false, NetworkObjections(order.submission))
    } catch {
      throw CommandError.failed(error.explanation(for: record.provider))
    }
    if case .page(let page)? = way {
      ErrorPrinter.note("nobody is asked for it: a person revokes it on \(page)")
    }
    return .done
  }
}
