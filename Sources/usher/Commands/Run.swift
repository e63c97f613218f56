internal import ArgumentParser
internal import Basics
internal import Connections
internal import Secrets
internal import Store

/// `usher run`
struct Run: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a command with the values of connections in its environment.",
    usage: "usher run <name> ... [--file] [--env FIELD=VARIABLE ...] -- <command> ...",
    discussion: """
      Usher replaces itself with the command, so exit code and signals are the command's own: 127 when there is no such
      command, 126 when it cannot be run. Names of variables are made of provider and field: TALLY_API_KEY. One that
      would begin with a digit gets a _ in front: _3CX_API_KEY. usher show NAME tells them; --env changes them. With
      --file each variable is called …_FILE and names a file that holds the value, in a private folder in memory that
      goes when the command has ended; the environment itself then holds no secret.

      EXAMPLES
        usher run tally -- ./sync.sh
        usher run tally tailscale-api-key/lab -- env
        usher run tally --env apiKey=TOKEN -- sh -c 'curl -H "Authorization: Bearer $TOKEN" …'
        usher run tally --file -- ./service
        usher run brook/one brook/two --env brook/two.apiKey=SECOND_KEY -- ./compare
      """)

  @Argument(help: "Connections: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var names: [String]
  @Flag(help: "Hand the values over as files in memory instead of text.") var file = false
  @Option(
    name: .customLong("env"),
    help: ArgumentHelp(
      "The variable for a field, in place of its usual name; a connection and a dot may stand before the field.",
      valueName: "field=variable"))
  var renamed: [String] = []
  @OptionGroup var store: StoreOptions
  /// What stands behind the `--`, byte for byte: `Program` puts it here. The argument parser has no place for a second
  /// list of words, and reads bytes that are no UTF-8 as others.
  var command: [[UInt8]] = []
  /// What the process had before it hardened itself; the command gets it back.
  var inherited: ProcessHardening.Inherited?

  enum CodingKeys: String, CodingKey {
    case names, file, renamed, store
  }

  func perform() throws -> ExitCode {
    guard !command.isEmpty else {
      throw CommandError.usage(
        Explanation(
          what: "no command to run", why: "it stands behind --",
          advice: "for example: usher run \(names[0]) -- env"))
    }
    var image = ExecImage(command: command)
    let folder = try file ? SecretFolder.make() : nil
    try add(to: &image, through: folder)
    let failure = image.execute(restoring: inherited)
    // Up to here the command could have needed it.
    _ = consume folder
    throw failure
  }

  /// The store is closed when this is done, so that the command gets none of its files.
  private func add(
    to image: inout ExecImage, through folder: borrowing SecretFolder?
  ) throws {
    let session = try store.session()
    let sources = try sources(in: session)
    let variables = try RunVariables(sources, renaming: renamed)
    for source in sources {
      let record = try session.read(source.name)
      for field in record.values.keys {
        // A field that came between the two looks has been asked for by nobody.
        guard let variable = variables.variable(for: field, of: source.name) else { continue }
        try record.values.withBytes(of: field) { bytes throws(ExecError) in
          try image.add(bytes, as: variable, through: folder)
        }
      }
    }
  }

  /// The connections in the order in which they were named, each once.
  private func sources(in session: borrowing StoreSession) throws -> [RunVariables.Source] {
    var sources: [RunVariables.Source] = []
    for text in names {
      let name = try session.name(meant: text)
      if let index = sources.firstIndex(where: { $0.name == name }) {
        sources[index].words.append(text)
        continue
      }
      let record = try session.read(name)
      let fields = record.values.keys
      sources.append(
        RunVariables.Source(
          name: name, words: [text], provider: record.provider, fields: fields))
    }
    return sources
  }
}

extension ExecImage {
  /// Hands a value over: as text, or as a file whose path the variable holds.
  fileprivate mutating func add(
    _ value: RawSpan, as variable: String, through folder: borrowing SecretFolder?
  ) throws(ExecError) {
    switch folder {
    case .none: try setVariable(variable, to: value)
    case .some(let folder):
      let path = try folder.add(variable, holding: value)
      try path.withBytes { path throws(ExecError) in
        try setVariable(variable + "_FILE", to: path)
      }
    }
  }
}
