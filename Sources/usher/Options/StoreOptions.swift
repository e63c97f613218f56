internal import ArgumentParser
internal import Basics
internal import Connections
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

  /// What a command line with these options would say.
  init(store: String?, identity: String?) {
    self.init()
    self.store = store
    self.identity = identity
    identityDescriptor = nil
  }

  init() {}

  func location() throws(StoreError) -> StoreLocation {
    try StoreLocation(
      StoreChoice(store: store, identity: identity, identityDescriptor: identityDescriptor),
      in: StoreEnvironment(variables: Environment.current().variables))
  }

  /// The store by its place, for who opens it more than once.
  /// - Parameter notice: told what the user should know meanwhile.
  func handle(
    notice: @escaping StoreNotice.Receiver = StoreOptions.report
  ) throws(StoreError) -> StoreHandle {
    StoreHandle(at: try location(), notice: notice)
  }

  /// On standard error.
  @Sendable static func report(_ notice: StoreNotice) {
    switch notice {
    case .waiting(let text): ErrorPrinter.note("\(text); Ctrl-C leaves")
    case .warning(let text): ErrorPrinter.warn(text)
    }
  }

  /// The store for one command. It is opened at the first question.
  func session() throws(StoreError) -> StoreSession { try handle().session() }
}
