internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Connections
internal import Onboarding
internal import ProviderFormat
internal import Requests

/// `usher connect`
struct Connect: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect",
    abstract: "Link an account: the guide, the values, a check, the store.",
    discussion: """
      On a terminal this is the wizard. Elsewhere the values come from a file or standard input, never from arguments:
      {"credentials": {"apiKey": "…"}, "params": {"organizationName": "…"}}
      A .env file and the provider's own key file do as well; with --key the file is one value and nothing else.
      Without a provider the file holds many connections, as a JSON array or with an object on each line:
      {"provider": "tally", "name": "work", "credentials": {"apiKey": "…"}, "expires": "90d"}
      Each is held to the same rules; what is wrong with one is told with its place, and the others are stored. The exit \
      code is then that of the failures, where all have the same, else 1. Ctrl-C ends it with 130, and --skip-linked goes on \
      with what is not linked yet.

      Where a person has to agree in a browser, the wizard shows the address to open, on any machine, and asks for the one \
      that the browser ends on. With --from the file is JSON:
      {"client_id": "…", "client_secret": "…", "scopes": ["…"], "app": "…", "params": {…}}
      The address to open is then the one line of standard output, and the next line of standard input has to be the one \
      that the browser ended on. With "refresh_token" nobody has to agree again. --replace repeats the consent alone: \
      application, settings and rights stay, and so does a client that registered itself, as long as the server knows it.

      EXAMPLES
        usher connect tally
        usher connect tailscale-api-key --name lab
        usher connect tally --from - < credentials.json
        pass show tally | usher connect tally --from - --key apiKey
        usher connect acme --guides ./guides
        usher connect tally --from credentials.json --dry-run
        usher connect --from connections.json --no-check
        usher connect tally --expires 90d
        usher connect --from connections.json --skip-linked
        usher connect tally --from credentials.json --recipient age1…
        usher connect github --app work --scope repo
        usher connect google --from app.json < answer.fifo
        usher connect tally --kiosk            as ForceCommand of sshd
      """)

  @Argument(help: "A provider: usher guides list shows them.", completion: .providers)
  var provider: String?
  @Option(help: "What to call the connection, where there is more than one account.")
  var name = ConnectionName.defaultName
  @OptionGroup var values: ValueOptions
  @Flag(help: "Replace the connection if the name is taken.") var replace = false
  @Flag(
    name: .customLong("skip-linked"),
    help: "With many connections: leave those that are linked already as they are.")
  var skipLinked = false
  @Option(
    name: .customLong("recipient"),
    help: ArgumentHelp(
      "With --from, where the store is about to be made: another public key that opens it, kept elsewhere.",
      valueName: "key"))
  var recipients: [String] = []
  @OptionGroup var display: DisplayOptions
  @OptionGroup(title: "Where linking is all that somebody may do") var kiosk: KioskOptions
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup(title: "Where a person has to agree") var link: LinkOptions
  @OptionGroup var replay: MomentOptions

  func validate() throws {
    try values.validate()
    if provider == nil {
      if values.from == nil {
        throw ValidationError("Name a provider, or give many connections with --from FILE.")
      }
      let isNamed = name != ConnectionName.defaultName || values.key != nil
      if isNamed || !values.presets.isEmpty || values.expires != nil {
        throw ValidationError(
          "--name, --key, --set and --expires belong to a provider that is named.")
      }
      if link.isGiven {
        throw ValidationError("--app, --scope and their like belong to a provider that is named.")
      }
    }
    if kiosk.isOn && (values.from != nil || values.dryRun || provider == nil) {
      throw ValidationError("--kiosk is the wizard for one provider, without --from and --dry-run.")
    }
    if skipLinked && (provider != nil || replace) {
      throw ValidationError("--skip-linked belongs to many connections, and not to --replace.")
    }
    if !recipients.isEmpty && (values.from == nil || values.dryRun) {
      throw ValidationError("--recipient belongs to --from: the wizard asks for it by itself.")
    }
    if values.otherAccount && !replace {
      throw ValidationError("--other-account belongs to --replace.")
    }
    if replay.isGiven && !values.dryRun {
      throw ValidationError("--at and --seed belong to --dry-run.")
    }
  }

  func perform() throws -> ExitCode {
    if let asked = try kiosk.command(besides: provider, in: store) { return try asked.perform() }
    if values.from == nil && Console.isInteractive {
      return InteractiveSession.supervised { try linkAccount() }
    }
    return try linkAccount()
  }

  private func linkAccount() throws -> ExitCode {
    let readers = try NewStoreReaders(recipients)
    // What is no provider is said to be none before anything is said of its name.
    let opened = catalogue.catalogue()
    guard let provider else {
      try readers.add(to: store)
      return try BulkConnect(options: self, catalogue: opened).perform(from: values.from ?? "-")
    }
    let form = try catalogue.form(for: provider, in: opened)
    let connection = try Connect.connection(provider, name)
    let way = LinkWay(form.provider)
    let isShown = values.from == nil && Console.isInteractive
    if case .impossible(let obstacle)? = way, !isShown {
      throw CommandError.impossible(form.provider, obstacle, in: opened)
    }
    let presets = try Presets(values.presets, for: form).values
    let terms = try values.terms(replace ? .linkOrReplace : .link, network, link, replay)
    if let way {
      try ConsentOptions.refuse(key: values.key != nil, noCheck: values.noCheck, for: form.provider)
      if let from = values.from {
        try readers.add(to: store)
        return try LinkedConnect(terms: terms, form: form, connection: connection, way: way)
          .perform(from: from, presets: presets, in: store.session())
      }
    } else {
      try link.refuse(for: form.provider)
    }
    if let from = values.from {
      let field = try values.key.map { text throws(CommandError) in
        try Presets.field(text, in: form).id
      }
      let given = try ValuesFile(path: from, form: form, key: field).read(note: ErrorPrinter.note)
      try readers.add(to: store)
      return try NonInteractiveConnect(terms: terms, form: form, connection: connection)
        .perform(given, presets: presets, in: store.session())
    }
    guard Console.isInteractive else { throw CommandError.noTerminal(.wizardNeedsTerminal) }
    var typed = presets
    if let id = link.clientID { typed[OAuthClient.idField] = id }
    return try InteractiveSession(
      catalogue: opened, store: store, network: network, plain: display.plain,
      allowances: kiosk.isOn ? [] : .all
    ).connect(
      ConnectionPlan(
        form: form, name: connection, presets: typed, skipsCheck: values.noCheck, replaces: replace,
        end: terms.end, link: try link.plan(for: form.provider), application: try link.application()
      ))
  }

  static func connection(
    _ provider: String, _ name: String
  ) throws(CommandError) -> ConnectionName {
    guard let connection = ConnectionName(provider: provider, name: name) else {
      throw .usage(
        Explanation(
          what: "\(provider)/\(name) cannot be a connection's name",
          why: "letters, digits, -, _ and . are allowed, 64 of them at most"))
    }
    return connection
  }
}
