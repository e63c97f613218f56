internal import ArgumentParser
internal import Basics
internal import Credentials
internal import Guides
internal import Store

/// `usher remove`
struct Remove: UsherCommand {
  static let configuration = CommandConfiguration(
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
    let opened = try store.openStore()
    let connection = try ConnectionLookup(in: opened).resolve(name)
    let revocation = revocationPage(of: connection, in: opened)
    if !yes {
      guard Console.isInteractive else {
        throw CommandError.noTerminal(
          Explanation(
            what: "cannot ask whether \(connection) may be removed",
            why: "input and output are not a terminal", advice: "add --yes to remove it unasked"))
      }
      guard Question.confirm("Remove \(connection)?") else { return .left }
    }
    try opened.remove(connection)
    Console.line("Removed \(connection).")
    if let revocation {
      Console.line("The key is still valid at the provider. Revoke it: \(revocation)")
    }
    return .done
  }

  /// Where a person revokes the key. A record that cannot be opened can still be removed, so failing is no error.
  private func revocationPage(of name: ConnectionName, in store: any ConnectionStore) -> String? {
    guard let record = try? store.open(name) else { return nil }
    return record.provider.usher.revocation?.page
  }
}
