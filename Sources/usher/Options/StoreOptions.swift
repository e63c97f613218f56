internal import ArgumentParser
internal import Basics
internal import Checking
internal import Connections
internal import Store

/// Which store, and what opens it.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store, in place of the usual one: a path, or etcds://HOST/PREFIX.", valueName: "path"),
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
  @Option(
    name: .customLong("passphrase-fd"),
    help: ArgumentHelp(
      "A file descriptor to read the passphrase of a wrapped identity from, in place of asking.",
      valueName: "number"))
  var passphraseDescriptor: Int32?
  @Option(
    name: .customLong("store-password-fd"),
    help: ArgumentHelp(
      "A file descriptor to read the password of a team's store from, in place of asking.",
      valueName: "number"))
  var storePasswordDescriptor: Int32?

  /// What a command line with these options would say.
  init(store: String?, identity: String?) {
    self.init()
    self.store = store
    self.identity = identity
    identityDescriptor = nil
    identityCommand = nil
    passphraseDescriptor = nil
    storePasswordDescriptor = nil
  }

  init() {}

  func validate() throws {
    try IdentitySource.validate(
      file: identity, descriptor: identityDescriptor, command: identityCommand)
    let descriptors = [identityDescriptor, passphraseDescriptor, storePasswordDescriptor]
      .compactMap(\.self)
    guard Set(descriptors).count == descriptors.count else {
      throw ValidationError(
        "--identity-fd, --passphrase-fd and --store-password-fd are different descriptors: give "
          + "another.")
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

  /// What these options say of the identity; nil where they say nothing.
  var givenIdentity: IdentitySource? {
    IdentitySource(file: identity, descriptor: identityDescriptor, command: identityCommand)
  }

  /// The same store, opened by what the settings name.
  var withoutIdentity: StoreOptions {
    var options = StoreOptions(store: store, identity: nil)
    options.passphraseDescriptor = passphraseDescriptor
    options.storePasswordDescriptor = storePasswordDescriptor
    return options
  }

  /// The same as words of a command line.
  var words: [String] {
    let options = [
      ("--store", store), ("--identity", identity), ("--identity-command", identityCommand),
      ("--identity-fd", identityDescriptor.map { String($0) }),
      ("--passphrase-fd", passphraseDescriptor.map { String($0) }),
      ("--store-password-fd", storePasswordDescriptor.map { String($0) }),
    ]
    return options.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }

  /// The store by its place, for who opens it more than once.
  /// - Parameters:
  ///   - plan: whom a store is sealed to that is made now.
  ///   - notice: told what the user should know meanwhile.
  ///   - passphrases: in place of asking on the terminal, or reading `--passphrase-fd`.
  ///   - question: put to a person where somebody unknown has signed what is read.
  func handle(
    plan: RecipientPolicy = .newIdentity,
    notice: @escaping StoreNotice.Receiver = StoreOptions.report,
    passphrases: (any PassphraseSource)? = nil, question: UnknownWriter.Question? = nil
  ) throws(StoreError) -> StoreHandle {
    StoreHandle(
      at: try location(), plan: plan, notice: notice,
      passphrases: passphrases ?? self.passphrases, question: question, network: network)
  }

  /// How a team's store is reached.
  private var network: StoreNetwork {
    StoreNetwork(
      gateway: { HelperGateway($0) },
      passwords: storePasswordDescriptor.map { StorePasswordInput.descriptor($0) } ?? .terminal)
  }

  /// On the terminal.
  @Sendable private static func ask(_ writer: UnknownWriter) -> Bool {
    Console.line(TrustReport.text(writer))
    return ConfirmationPrompt.confirm("Is that a machine of yours?")
  }

  /// Where passphrases come from.
  var passphrases: PassphraseInput {
    passphraseDescriptor.map { .descriptor($0) } ?? .terminal
  }

  /// On standard error.
  @Sendable static func report(_ notice: StoreNotice) {
    switch notice {
    case .waiting(let text): ErrorPrinter.note("\(text); Ctrl-C leaves")
    case .warning(let text): ErrorPrinter.warn(text)
    }
  }

  /// The same for who cannot ask anybody for a password.
  static let silentNetwork = StoreNetwork(gateway: { HelperGateway($0) })

  /// The store for one command. It is opened at the first question.
  func session() throws(StoreError) -> StoreSession {
    try handle(question: Console.isInteractive ? StoreOptions.ask : nil).session()
  }
}
