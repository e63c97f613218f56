internal import ArgumentParser
internal import Basics
internal import Connections
internal import Projects
internal import Requests
internal import Secrets
internal import Store

/// `usher run`
struct Run: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a command with the values of connections in its environment.",
    usage: """
      usher run <name> ... [--file] [--env FIELD=VARIABLE ...] -- <command> ...
      usher run --setup <file> [--file] -- <command> ...
      usher run (<name> ... | --setup <file>) --print [--json]
      """,
    discussion: """
      Usher replaces itself with the command, so exit code and signals are the command's own: 127 when there is no such
      command, 126 when it cannot be run. Names of variables are made of provider and field: TALLY_API_KEY. One that
      would begin with a digit gets a _ in front: _3CX_API_KEY. usher show NAME tells them; --env changes them. With
      --file each variable is called …_FILE and names a file that holds the value, in a private folder in memory that
      goes when the command has ended; the environment itself then holds no secret.

      Where there is an access token the command gets it, as ACME_ACCESS_TOKEN, valid for a quarter of an hour and \
      mostly longer; with --file it is renewed in its file for as long as the command runs. The client's id and secret, \
      and other credentials that are good for nothing but to get the token, are handed over only by --env.

      --setup runs with exactly what a project's usher.yaml names, each value under the variable that the file gives it. \
      Nothing is run where something required is not linked; what is optional and not linked is left out, and told. \
      --print shows the variables and where each comes from, never a value, and runs nothing.

      EXAMPLES
        usher run tally -- ./sync.sh
        usher run tally tailscale-api-key/lab -- env
        usher run tally --env apiKey=TOKEN -- sh -c 'curl -H "Authorization: Bearer $TOKEN" …'
        usher run tally --file -- ./service
        usher run acme --env accessToken=TOKEN -- ./sync.sh
        usher run acme --env client_id=ID --env client_secret=SECRET -- ./own-login
        usher run brook/one brook/two --env brook/two.apiKey=SECOND_KEY -- ./compare
        usher run --setup usher.yaml -- ./sync.sh
        usher run --setup usher.yaml --print
      """)

  @Argument(help: "Connections: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var names: [String] = []
  @Option(
    help: ArgumentHelp(
      "The connections that a project's file names, in place of names.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var setup: String?
  @Flag(help: "Hand the values over as files in memory instead of text.") var file = false
  @Option(
    name: .customLong("env"),
    help: ArgumentHelp(
      "The variable for a field, in place of its usual name; a connection and a dot may stand before the field.",
      valueName: "field=variable"))
  var renamed: [String] = []
  @Flag(help: "Print the variables and where each comes from; run nothing.") var print = false
  @Flag(help: "With --print: print JSON.") var json = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions
  /// What stands behind the `--`, byte for byte: `Program` puts it here. The argument parser has no place for a second
  /// list of words, and reads bytes that are no UTF-8 as others.
  var command: [[UInt8]] = []
  /// What the process had before it hardened itself; the command gets it back.
  var inherited: ProcessHardening.Inherited?

  enum CodingKeys: String, CodingKey {
    case names, setup, file, renamed, print, json, store, network
  }

  func validate() throws {
    if names.isEmpty && setup == nil {
      throw ValidationError("Name a connection, or a project's file with --setup FILE.")
    }
    if !names.isEmpty && setup != nil {
      throw ValidationError("--setup runs with what its file names, and nothing beside it.")
    }
    if json && !print { throw ValidationError("--json belongs to --print.") }
  }

  func perform() throws -> ExitCode {
    if print { return try printVariables() }
    guard !command.isEmpty else {
      let what = setup.map { "--setup \($0)" } ?? names[0]
      throw CommandError.usage(
        Explanation(
          what: "no command to run", why: "it stands behind --",
          advice: "for example: usher run \(what) -- env"))
    }
    var image = try RunImage(command: command, asFiles: file)
    try add(to: &image)
    try image.renewFiles(store, network)
    throw image.execute(restoring: inherited)
  }

  /// The store is closed when this is done, so that the command gets none of its files.
  private func add(to image: inout RunImage) throws {
    let session = try store.session()
    let sources = try sources(in: session)
    let variables = try RunVariables(sources, renaming: renamed)
    let access = ConnectionAccess(network: network)
    for source in sources {
      let record = try session.read(source.name)
      let members = TokenMember.all(of: source.provider)
      for field in record.values.keys where !members.contains(where: { $0.field == field }) {
        // A field that came between the two looks has been asked for by nobody.
        guard let variable = variables.variable(for: field, of: source.name) else { continue }
        try record.values.withBytes(of: field) { bytes throws(ExecError) in
          try image.add(bytes, as: variable)
        }
      }
      if members.isEmpty { continue }
      var names: [TokenMember: String] = [:]
      for member in members {
        names[member] = variables.variable(for: member.field, of: source.name)
      }
      if names.isEmpty { continue }
      try image.add(access.token(of: source.name, in: session), of: source.name, as: names)
    }
  }

  private func printVariables() throws -> ExitCode {
    let session = try store.session()
    let variables = try RunVariables(sources(in: session), renaming: renamed)
    let report = RunReport(variables, asFiles: file)
    if json { Console.json(report.json) } else { Console.document(report.table) }
    return .done
  }

  private func sources(in session: borrowing StoreSession) throws -> [RunSource] {
    if let setup { return try ProjectFile(reading: setup).sound().sources(in: session) }
    return try namedSources(in: session)
  }

  /// The connections in the order in which they were named, each once.
  private func namedSources(in session: borrowing StoreSession) throws -> [RunSource] {
    var sources: [RunSource] = []
    for text in names {
      let name = try session.name(meant: text)
      if let index = sources.firstIndex(where: { $0.name == name }) {
        sources[index].words.append(text)
        continue
      }
      sources.append(RunSource(try session.read(name), words: [text]))
    }
    return sources
  }
}
