internal import ArgumentParser
internal import Basics
internal import Connections
internal import Secrets
internal import Store

/// `usher run`
struct Run: UsherCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a command with the values of connections in its environment.",
    usage: "usher run <name> ... [--file] [--env FIELD=VARIABLE ...] -- <command> ...",
    discussion: """
      Usher replaces itself with the command, so exit code and signals are the command's own. Names of variables are
      made of provider and field: TALLY_API_KEY. With --file each variable is called …_FILE and names a file in memory
      that holds the value; the environment itself then holds no secret.

      EXAMPLES
        usher run tally -- ./sync.sh
        usher run tally tailscale-api-key/lab -- env
        usher run tally --env apiKey=TOKEN -- sh -c 'curl -H "Authorization: Bearer $TOKEN" …'
        usher run tally --file -- ./service
      """)

  @Argument(help: "Connections: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var names: [String]
  @Flag(help: "Hand the values over as files in memory instead of text.") var file = false
  @Option(
    name: .customLong("env"), help: "The variable for a field, in place of its usual name.")
  var renamed: [String] = []
  @OptionGroup var store: StoreOptions
  /// What stands behind the `--`, word for word: `Program` puts it here. The argument parser has no place for a second
  /// list of words.
  var command: [String] = []
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
    let variables = try VariableNames(renaming: renamed)
    var image = ExecImage(command: command)
    try add(to: &image, naming: variables)
    throw image.execute(restoring: inherited)
  }

  /// The store is closed when this is done: what takes the place of the process would leave its log behind.
  private func add(to image: inout ExecImage, naming variables: VariableNames) throws {
    let session = try store.session()
    for text in names {
      let record = try session.read(session.name(meant: text))
      for id in record.values.keys {
        let variable = variables.variable(for: id, of: record.provider)
        try record.values.withBytes(of: id) { bytes throws(ExecError) in
          if file {
            try image.addFile(variable: variable + "_FILE", holding: bytes)
          } else {
            try image.setVariable(variable, to: bytes)
          }
        }
      }
    }
  }
}
