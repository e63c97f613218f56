internal import ArgumentParser
internal import Credentials
internal import Store

/// Which store, and what opens it.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The store, in place of the usual one.", valueName: "path"),
    completion: .file())
  var store: String?
  @Option(
    help: ArgumentHelp("The age identity that opens it.", valueName: "file"), completion: .file())
  var identity: String?
  @Option(
    name: .customLong("identity-fd"),
    help: ArgumentHelp("A file descriptor to read the identity from.", valueName: "number"))
  var identityDescriptor: Int32?

  func location() throws(StoreError) -> StoreLocation {
    try StoreLocation(
      StoreChoice(store: store, identity: identity, identityDescriptor: identityDescriptor),
      in: StoreEnvironment(variables: Environment.current().variables))
  }

  func openStore() throws(StoreError) -> SQLiteStore { SQLiteStore(at: try location()) }
}
