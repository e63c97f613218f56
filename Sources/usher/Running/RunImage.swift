internal import Basics
internal import Connections
internal import Requests
internal import Secrets
internal import Store

/// A command with what it is given of connections: as variables, or as files that the variables name.
struct RunImage: ~Copyable {
  private var image: ExecImage
  /// Nil where values are handed over as text.
  private var folder: SecretFolder?
  private var renewals: [RenewalPlan.Entry] = []

  /// What stands behind a variable's name where it names a file.
  static let fileSuffix = "_FILE"

  /// In seconds: a command is told of a token that ends within so short a time.
  private static let noteworthy: Int64 = 10 * 60

  /// Must be called before any thread exists.
  init(command: [[UInt8]], asFiles: Bool) throws(ExecError) {
    image = ExecImage(command: command)
    folder = nil
    if asFiles {
      folder = try SecretFolder.make(
        renewer: SecretFolder.Renewer(arguments: [FileRenewal.word]))
    }
  }

  /// Hands a value over.
  mutating func add(_ value: RawSpan, as variable: String) throws(ExecError) {
    switch folder {
    case .none: try image.setVariable(variable, to: value)
    case .some(let folder):
      let path = try folder.add(variable, holding: value)
      try path.withBytes { path throws(ExecError) in
        try image.setVariable(variable + RunImage.fileSuffix, to: path)
      }
    }
  }

  /// Hands over what a script may have of a token.
  mutating func add(
    _ token: borrowing TokenSet, of connection: ConnectionName,
    as variables: [TokenMember: String]
  ) throws(ExecError) {
    // Where requests carry cookies there is no token by itself.
    let variables = variables.filter { token.values.contains($0.key.valueName) }
    for (member, variable) in variables.sorted(by: { $0.value < $1.value }) {
      try token.values.withBytes(of: member.valueName) { value throws(ExecError) in
        try add(value, as: variable)
      }
    }
    guard let due = token.due, !variables.isEmpty else { return }
    if folder != nil {
      renewals.append(RenewalPlan.Entry(connection: connection, files: variables, due: due))
    } else {
      RunImage.tell(of: token, of: connection)
    }
  }

  /// Has the files with tokens renewed while the command runs; says where that is not possible.
  mutating func renewFiles(_ store: StoreOptions, _ network: NetworkOptions) throws {
    guard !renewals.isEmpty else { return }
    let location = try store.location()
    let folder = Settings.current.surroundings.workingDirectory
    if let obstacle = try RunImage.obstacleToRenewal(location) {
      ErrorPrinter.warn("the files with access tokens will not be renewed: \(obstacle)")
      return
    }
    let plan = RenewalPlan(
      store: location.argument,
      identity: location.identity.namedFile,
      certificateAuthority: network.authorityFile.map { FilePath.absolute($0, in: folder) },
      entries: renewals)
    try self.folder?.renew(by: Array(plan.json.json.utf8))
  }

  /// Why the process that renews files could not open the store by itself; nil where it can.
  private static func obstacleToRenewal(_ location: StoreLocation) throws(StoreError) -> String? {
    let identity = location.identity.text
    guard location.identity.canBeReadAgain else {
      return "the identity, \(identity), is read once"
    }
    if let user = location.team?.user {
      return "the store wants the password of \(user), and nobody is there to be asked"
    }
    let handle = StoreHandle(at: location, network: StoreOptions.silentNetwork)
    guard try handle.session().needsPassphrase() else { return nil }
    return
      "the identity, \(identity), is wrapped with a passphrase, and nobody is there to be asked"
  }

  /// Becomes the command. Returns only on failure.
  consuming func execute(restoring inherited: ProcessHardening.Inherited?) -> ExecError {
    let failure = image.execute(restoring: inherited)
    // Up to here the command could have needed it.
    _ = consume folder
    return failure
  }

  private static func tell(of token: borrowing TokenSet, of connection: ConnectionName) {
    guard let expires = token.expires else { return }
    let rest = expires.secondsSinceEpoch - Timestamp.now().secondsSinceEpoch
    guard rest < noteworthy else { return }
    let whole = rest < 120 ? rest : rest / 60 * 60
    ErrorPrinter.note(
      "the access token of \(connection) ends in \(TimeSpan.words(max(0, whole))); "
        + "--file renews it while the command runs")
  }
}
