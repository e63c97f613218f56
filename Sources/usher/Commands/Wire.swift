internal import ArgumentParser
internal import Basics
internal import Connections
internal import Glibc
internal import Store

/// `usher wire`
struct Wire: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "wire",
    abstract: "Give a systemd service a value as a credential.",
    discussion: """
      Prints the units that do it, and the commands to run next; --write puts them in place. The service finds the value \
      in the file $CREDENTIALS_DIRECTORY/NAME, which only it can read and which goes when it stops. Nothing lies in its \
      environment, where child processes and logs would have it; a program that takes nothing but a variable is run by \
      usher run, with --file as long as it can read a file.

      The value comes out of the store each time the service starts: systemd connects to a socket, and a unit behind it \
      runs usher get, or usher token for a value called token, which ends with a line end. --file takes it from a file for \
      root alone instead, and --encrypted from one that only this machine can decrypt; both are written once, by the \
      commands that are printed.

      EXAMPLES
        usher wire app.service tally
        usher wire app pond region apiKey --write --replace
        sudo usher wire app tally apiKey --write
        usher wire backup.service depot --user --write
        usher wire app acme token --credential acme-token
        sudo usher wire app tally --encrypted --write
      """)

  @Argument(help: "The service that gets it: app, app.service, app@.service.") var unit: String
  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Argument(
    help: "Fields: apiKey, params.subdomain, or token. The only secret unless told.",
    completion: .fields)
  var fields: [String] = []
  @Option(
    help: ArgumentHelp(
      "What the service's file is called, in place of tally.apiKey.", valueName: "name"))
  var credential: String?
  @Flag(help: "Put the files in place.") var write = false
  @Flag(help: "With --write: also where a file holds something else.") var replace = false
  @Flag(help: "For a service of the machine; root's choice unless told.") var system = false
  @Flag(help: "For a service of this account; everybody else's choice unless told.") var user =
    false
  @Flag(help: "From a file that only its owner can read.") var file = false
  @Flag(help: "From a file that systemd-creds has encrypted.") var encrypted = false
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if system && user { throw ValidationError("--system and --user exclude each other.") }
    if file && encrypted { throw ValidationError("--file and --encrypted exclude each other.") }
    if replace && !write { throw ValidationError("--replace belongs to --write.") }
    if credential != nil && fields.count > 1 {
      throw ValidationError("--credential names one value: wire one field at a time.")
    }
  }

  func perform() throws -> ExitCode {
    let service = try ServiceUnitName(unit)
    let manager = try manager()
    let session = try store.session()
    let connection = try session.name(meant: name)
    let wiring = ServiceWiring(
      service: service, connection: connection,
      credentials: try credentials(of: connection, in: session), form: form, manager: manager,
      usher: try UsherInvocation(
        store, among: form == .socket ? UsherInvocation.serviceSettings() : .current))
    let files = try wiring.files()
    if write {
      try WiredFiles(files: files, replaces: replace).write()
    } else {
      for file in files { Console.line("# \(file.path)\n\(file.text)") }
    }
    tell(wiring)
    return .done
  }

  private var form: ServiceWiring.Form { encrypted ? .encrypted : file ? .file : .socket }

  /// - Throws: where files cannot be written for it, or it cannot read them.
  private func manager() throws(CommandError) -> ServiceManager {
    guard system || (!user && geteuid() == 0) else {
      if encrypted {
        throw .usage(
          Explanation(
            what: "--encrypted is for services of the machine",
            why: "before version 256 an account's own systemd has no key to decrypt with",
            advice: "use --system, or leave --encrypted out"))
      }
      return try .user(in: .current())
    }
    guard !write || geteuid() == 0 else {
      throw .usage(
        Explanation(
          what: "units of the machine are written by root",
          why: "they lie in \(ServiceManager.system.unitFolder)",
          advice: "leave --write out and copy what is printed, or use --user"))
    }
    return .system
  }

  private func credentials(
    of connection: ConnectionName, in session: borrowing StoreSession
  ) throws -> [WiredCredential] {
    var lookup = ValueLookup()
    let words: [String?] = fields.isEmpty ? [nil] : fields
    var values: [LinkedValue] = []
    for word in words {
      let value = LinkedValue(
        connection: connection, kind: try lookup.kind(of: word, in: connection, session))
      if !values.contains(value) { values.append(value) }
    }
    let stored = lookup.fields(of: connection)
    let credentials = try values.map {
      try WiredCredential($0, word: $0.word(among: stored), name: credential)
    }
    if form != .socket, let token = credentials.first(where: \.isToken) {
      throw CommandError.usage(
        Explanation(
          what: "\(token.word) of \(connection) is not put in a file",
          why: "a token ends, and what lies in a file is not renewed",
          advice: "leave --file and --encrypted out: the socket gives a good one at each start"))
    }
    return credentials
  }

  /// On standard error, so that what is printed can be copied as a whole.
  private func tell(_ wiring: ServiceWiring) {
    var lines = ["Next:"] + wiring.commands.map { "  \($0)" }
    lines += ["\(wiring.service.text) then reads"]
    lines += wiring.credentials.map { "  $CREDENTIALS_DIRECTORY/\($0.name)" }
    if !wiring.leftovers.isEmpty {
      lines.append("It no longer uses what was there in another form. Unless another service does:")
      lines += wiring.leftovers.map { "  \($0)" }
    }
    let sharing = form == .socket ? ", unless another service uses the same socket" : ""
    lines.append("To undo it\(sharing):")
    lines += wiring.undoing.map { "  \($0)" }
    if write {
      Console.line(lines.joined(separator: "\n"))
    } else {
      Console.error(lines.joined(separator: "\n"))
    }
    if form == .socket, let note = wiring.usher.note { ErrorPrinter.note(note) }
  }
}
