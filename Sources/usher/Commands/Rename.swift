internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher rename`
struct Rename: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Give a connection another name. Its values, tokens and history go with it.",
    discussion: """
      The provider stays: NEW is a name alone, or PROVIDER/NAME of the same one. Nobody is asked, and nothing changes at the \
      provider. Scripts that name the connection have to be changed.

      EXAMPLES
        usher rename tally work
        usher rename tailscale-api-key/lab tailscale-api-key/home
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Argument(help: "What to call it from now on.")
  var new: String
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let session = try store.session()
    let old = try session.name(meant: name)
    let new = try target(for: old)
    guard new != old else {
      throw CommandError.usage(
        Explanation(what: "\(old) has this name already", advice: "give another one"))
    }
    do throws(StoreError) {
      try session.rename(old, to: new)
    } catch {
      guard case .exists = error else { throw error }
      throw CommandError.usage(
        Explanation(
          what: "\(new) is linked already, and nothing was renamed", why: "a name is used once",
          advice: "take another name, or give that one another first: usher rename \(new) NAME"))
    }
    Console.line("\(old) is \(new) from now on. Scripts that name \(old) have to be changed.")
    return .done
  }

  /// The whole name that is meant.
  private func target(for old: ConnectionName) throws(CommandError) -> ConnectionName {
    let parts = new.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 2 else { return try Connect.connection(old.provider, new) }
    guard parts[0] == old.provider else {
      throw .usage(
        Explanation(
          what: "\(old) cannot become \(new)",
          why: "a connection stays with the provider that its values were made at",
          advice: "usher connect \(parts[0]) links an account there"))
    }
    return try Connect.connection(parts[0], parts[1])
  }
}
