internal import ArgumentParser
internal import Basics
internal import Connections
internal import ProviderFormat
internal import Store

/// `usher remove`
struct Remove: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a connection from the store, after a question.",
    discussion: """
      The key itself stays valid at the provider until it is revoked there; the address for that is shown.

      EXAMPLES
        usher remove tally
        usher remove tailscale-api-key/lab --yes
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let handle = try store.handle()
    // Closed again while the question stands: the answer may take its time.
    let (connection, revocation) = try find(in: handle.session())
    if !yes {
      guard Console.isInteractive else {
        throw CommandError.noTerminal(
          Explanation(
            what: "cannot ask whether \(connection) may be removed",
            why: "input and output are not a terminal", advice: "add --yes to remove it unasked"))
      }
      guard ConfirmationPrompt.confirm("Remove \(connection)?") else { return .left }
    }
    try handle.session().remove(connection)
    Console.line("Removed \(connection).")
    if let revocation {
      Console.line("The key is still valid at the provider. Revoke it: \(revocation)")
    }
    return .done
  }

  /// The connection, and where a person revokes its key. A record that cannot be opened can still be removed, so that
  /// is no error.
  private func find(
    in session: consuming StoreSession
  ) throws -> (ConnectionName, revocation: String?) {
    let connection = try session.name(meant: name)
    guard let record = try? session.read(connection) else { return (connection, nil) }
    return (connection, record.provider.usher.revocation?.page)
  }
}
