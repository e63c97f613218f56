internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Store

/// `usher replace`
struct Replace: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "New values for a connection: checked first, the old ones kept until then.",
    discussion: """
      On a terminal the guide's steps come again, with the settings that are known filled in. The new values are checked \
      first, and have to belong to the same account; else it is asked, or --other-account says so. What was there is kept: \
      --undo brings it back, and a second --undo takes that back. At the end the old key can be revoked at the provider, \
      where its data say how; --revoke-old does it without a question, by itself also later.

      Without hands the values come from a file or standard input, as with usher connect --from. Settings that the file \
      does not name stay as they are; a secret that it does not name is missing. Where a person has to agree in a browser, \
      the address to open is the one line of standard output, and the next line of standard input has to be the one that \
      the browser ended on.

      The exit code is that of usher connect: 5 also where the account is another one, and nothing has changed then. Where \
      --revoke-old fails after the new values were stored it is 1.

      EXAMPLES
        usher replace tally
        pass show tally | usher replace tally --from - --key apiKey
        usher replace tally --from credentials.json --revoke-old --expires 90d
        usher replace tally --undo
        usher replace tally --revoke-old
        usher replace hub/work --from app.json < answer.fifo
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @OptionGroup var values: ValueOptions
  @Flag(help: "Bring the values before the last change back.") var undo = false
  @Flag(
    name: .customLong("revoke-old"),
    help: "Have the provider take the old key back: after the new one is stored, or alone.")
  var revokeOld = false
  @OptionGroup var display: DisplayOptions
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup(title: "Where a person has to agree") var link: LinkOptions
  @OptionGroup var replay: MomentOptions

  func validate() throws {
    if replay.isGiven && !values.dryRun {
      throw ValidationError("--at and --seed belong to --dry-run.")
    }
    if undo && (values.areGiven || revokeOld || link.isGiven) {
      throw ValidationError(
        "--undo brings back what was there, and takes nothing but --json: leave the other options out."
      )
    }
    if revokeOld && values.noCheck {
      throw ValidationError(
        "--revoke-old takes a key back that works: check the new one first, and leave --no-check out."
      )
    }
    if values.from == nil && (values.otherAccount || values.insist) {
      throw ValidationError("--other-account and --insist belong to --from: the wizard asks.")
    }
    if values.from == nil && link.isGiven {
      throw ValidationError(
        "--app, --scope and their like belong to --from: what the account is linked with stays.")
    }
  }

  func perform() throws -> ExitCode {
    if undo { return try Undo(name: name, isJSON: values.json).perform(in: store.session()) }
    if values.from == nil, revokeOld { return try revoke(in: store.session()) }
    guard let from = values.from else { return try show() }
    let session = try store.session()
    let record = try session.read(session.name(meant: name))
    return try replace(record, from: from, in: session)
  }

  private func replace(
    _ record: borrowing ConnectionRecord, from path: String, in session: consuming StoreSession
  ) throws -> ExitCode {
    let form = catalogue.catalogue().form(of: record.provider)
    let connection = record.facts.name
    let presets = try Presets(values.presets, for: form).values
    var terms = try values.terms(.replace, network, link, replay)
    terms.revokesOld = revokeOld
    if let way = LinkWay(form.provider) {
      try ConsentOptions.refuse(key: values.key != nil, noCheck: values.noCheck, for: form.provider)
      return try LinkedConnect(terms: terms, form: form, connection: connection, way: way)
        .perform(from: path, presets: presets, in: session)
    }
    try link.refuse(for: form.provider)
    let field = try values.key.map { text throws(CommandError) in
      try Presets.field(text, in: form).id
    }
    let given = try ValuesFile(path: path, form: form, key: field).read(note: ErrorPrinter.note)
    return try NonInteractiveConnect(terms: terms, form: form, connection: connection)
      .perform(given, presets: presets, in: session)
  }

  private func show() throws(CommandError) -> ExitCode {
    guard Console.isInteractive else { throw CommandError.noTerminal(.wizardNeedsTerminal) }
    return InteractiveSession.supervised {
      try InteractiveSession(
        catalogue: catalogue.catalogue(), store: store, network: network, plain: display.plain
      ).replace(
        ReplacementPlan(
          name: name, presets: values.presets, skipsCheck: values.noCheck, end: values.end()))
    }
  }

  /// What is kept of before, where new values were stored earlier.
  private func revoke(in session: borrowing StoreSession) throws -> ExitCode {
    let connection = try session.name(meant: name)
    let code = try OldKeyRevocation(network: network).revoke(connection, in: session)
    if values.json {
      Console.json(
        .map([("name", .string(connection.description)), ("old_revoked", .bool(true))]))
    } else {
      Console.line("The old key of \(connection) is revoked.")
    }
    return code
  }
}
