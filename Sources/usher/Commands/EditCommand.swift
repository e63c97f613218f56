internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// `usher edit`
struct EditCommand: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change one value of a connection; everything else stays.",
    discussion: """
      On a terminal all values are shown as they are, secrets by how they can be told from others; a field that is named \
      comes first. With --from - the one value is read from standard input, bare, without the line end behind it. What is \
      new is checked first, and has to belong to the same account. What was there is kept: usher replace NAME --undo.

      --expires alone changes only when the values end, and asks nobody. Where the provider says it too, the earlier end \
      counts; with --json that is "expires", beside "chosen_end" and "provider_end". Where a person has \
      agreed in a browser, settings can be changed with --from; the consent itself comes by usher replace.

      EXAMPLES
        usher edit tally
        usher edit tailscale-api-key organizationName
        pass show tally | usher edit tally apiKey --from -
        usher edit tally --expires 90d
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Argument(help: "The field: apiKey, params.subdomain.", completion: .fields)
  var field: String?
  @Option(
    help: ArgumentHelp("A file with the bare value, or - for standard input.", valueName: "file"),
    completion: .file())
  var from: String?
  @Option(
    help: ArgumentHelp("When the values end: 90d, 12w, 2027-03-01, never.", valueName: "time"))
  var expires: String?
  @Flag(
    name: .customLong("other-account"),
    help: "With --from: also where the new value belongs to another account.")
  var otherAccount = false
  @Flag(name: .customLong("no-check"), help: "Store without asking the provider.")
  var noCheck = false
  @Flag(help: "Use the value although it does not look right.") var insist = false
  @Flag(help: "Print the result as JSON.") var json = false
  @OptionGroup var display: DisplayOptions
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions

  func validate() throws {
    if from != nil && field == nil {
      throw ValidationError("--from is the value of one field: name it, as in apiKey --from - .")
    }
    if from == nil && field != nil && expires != nil {
      throw ValidationError("--expires with a field needs its value: give --from - .")
    }
    if from == nil && (otherAccount || insist) {
      throw ValidationError("--other-account and --insist belong to --from: the wizard asks.")
    }
  }

  func perform() throws -> ExitCode {
    if let from, let field {
      let session = try store.session()
      let record = try session.read(session.name(meant: name))
      return try change(record, field, from: from, in: session)
    }
    if let end = try ChosenEnd(option: expires) {
      let session = try store.session()
      return try setEnd(end, of: session.read(session.name(meant: name)), in: session)
    }
    guard Console.isInteractive else { throw CommandError.noTerminal(.wizardNeedsTerminal) }
    return InteractiveSession.supervised {
      try InteractiveSession(
        catalogue: catalogue.catalogue(), store: store, network: network, plain: display.plain
      ).replace(ReplacementPlan(name: name, deed: .edit(field: field), skipsCheck: noCheck))
    }
  }

  private func change(
    _ record: borrowing ConnectionRecord, _ word: String, from path: String,
    in session: borrowing StoreSession
  ) throws -> ExitCode {
    let form = catalogue.catalogue().form(of: record.provider)
    let connection = record.facts.name
    let field = try Presets.field(word, in: form)
    if record.provider.authMode.needsConsent, field.isMasked || form.isOfApplication(field) {
      throw CommandError.consentNotEdited(connection)
    }
    let values = try ValuesFile(path: path, form: form, key: field.id)
      .read(note: ErrorPrinter.note)
    let terms = UnattendedTerms(
      purpose: .edit(field.id), network: network, insists: insist, skipsCheck: noCheck,
      acceptsOther: otherAccount, end: try ChosenEnd(option: expires), isJSON: json)
    if record.provider.authMode.needsConsent {
      return try ConsentSettingEdit(
        terms: terms, form: form, connection: connection, field: field.id
      ).perform(values, in: session)
    }
    return try NonInteractiveConnect(terms: terms, form: form, connection: connection)
      .perform(values, presets: [:], in: session)
  }

  /// Facts alone: what the values are good for does not change.
  private func setEnd(
    _ end: ChosenEnd, of old: consuming ConnectionRecord, in session: borrowing StoreSession
  ) throws -> ExitCode {
    var record = old
    let connection = record.facts.name
    record.facts.chosenEnd = end.moment
    record.facts.history.append(ConnectionEvent(.edited, detail: "expires"))
    let told = record.facts.diagnosis?.expires
    let counting = record.facts.summary.end
    try session.save(record, replacing: true, keepingToken: true)
    if json {
      Console.json(
        .map([
          ("name", .string(connection.description)), ("stored", .bool(true)),
          ("chosen_end", .optional(end.moment?.description)),
          ("provider_end", .optional(told?.description)),
          ("expires", .optional(counting?.description)),
        ]))
      return .done
    }
    let now = Timestamp.now()
    if let told {
      let noted = end.moment.map { "\($0.day) is noted" } ?? "no end is noted"
      let isTold = counting == told
      Console.line(
        "\(connection): \(noted)\(isTold ? "" : ", which counts"); the provider says \(told.day)\(isTold ? ", which counts" : "")."
      )
      return .done
    }
    Console.line(
      end.moment.map { "\(connection) ends on \($0.day), \($0.relative(to: now))." }
        ?? "\(connection) has no end that is known.")
    return .done
  }
}
