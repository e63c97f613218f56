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
  @Option(
    name: .customLong("identity-command"),
    help: ArgumentHelp(
      "A command that prints the identity: words with blanks between, and no shell.",
      valueName: "words"))
  var identityCommand: String?

  /// What a command line with these options would say.
  init(store: String?, identity: String?) {
    self.init()
    self.store = store
    self.identity = identity
    identityDescriptor = nil
    identityCommand = nil
  }

  init() {}

  func validate() throws {
    let given = [identity != nil, identityDescriptor != nil, identityCommand != nil]
    if given.count(where: \.self) > 1 {
      throw ValidationError(
        "--identity, --identity-fd and --identity-command all say where the identity is: give one.")
    }
    if identityCommand != nil, Setting.words(of: identityCommand ?? "").isEmpty {
      throw ValidationError("--identity-command takes a command, such as 'pass show usher'.")
    }
  }

  /// By these options, and by the settings where they say nothing.
  func location() throws(StoreError) -> StoreLocation {
    try StoreLocation(choice, in: Settings.current.surroundings)
  }

  private var choice: StoreChoice {
    var choice = Settings.current.storeChoice
    if let store { choice = choice.naming(store) }
    choice.identity = givenIdentity ?? choice.identity
    return choice
  }

  private var givenIdentity: IdentitySource? {
    if let identity { return .file(identity) }
    if let identityDescriptor { return .descriptor(identityDescriptor) }
    return identityCommand.map { .command(Setting.words(of: $0)) }
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
