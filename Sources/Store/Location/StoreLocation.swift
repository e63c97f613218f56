internal import Basics
internal import CLinux
package import Connections

/// What the command line and the settings say about the store.
package struct StoreChoice: Equatable, Sendable {
  /// A path, `file:///path`, `sqlite:/path` or `etcds://host/prefix`; the usual place where it is nil.
  package var store: String?
  /// What says so, for errors.
  package var storeSource = "--store"
  /// What a relative path of the store is relative to; the working directory where it is nil.
  package var storeFolder: String?
  /// Of the command line or the environment: before what systemd hands in.
  package var identity: IdentitySource?
  /// Of a configuration file: behind what systemd hands in.
  package var usualIdentity: IdentitySource?

  /// Nil is what is left to the defaults.
  package init(
    store: String? = nil, identity: IdentitySource? = nil, usualIdentity: IdentitySource? = nil
  ) {
    self.store = store
    self.identity = identity
    self.usualIdentity = usualIdentity
  }

  /// The same with the store that the command line names.
  package func naming(_ store: String) -> StoreChoice {
    StoreChoice(store: store, identity: identity, usualIdentity: usualIdentity)
  }
}

/// Where the store and its identity are. Nothing is made by finding it out, and nothing looked at but the identity that
/// systemd may have put ready and, for root, whose the folders are that variables name.
///
/// The two directories are apart, so that a copy of the one with the records holds no key.
package struct StoreLocation: Equatable, Sendable {
  static let fileName = "usher.db"
  static let identityName = "identity.txt"
  static let credentialName = "usher-identity"
  static let writerCredentialName = "usher-writer"
  /// Where systemd says that it has put credentials ready.
  package static let credentialsVariable = "CREDENTIALS_DIRECTORY"

  /// The engine that keeps it.
  package var kind: StoreKind
  /// Of a store on this machine. Absolute, without a slash at the end.
  package var directory: String
  /// The name of such a store in its directory.
  package var name: String
  /// Where a team's store is; nil of a store on this machine.
  package var team: EtcdAddress?
  /// Of the identity and of what this machine remembers of its stores.
  package var configuration: String
  /// Where the identity comes from.
  package var identity: IdentitySource
  /// The writer's key that systemd has put ready; nil where it has none.
  var writerCredential: String?
  /// For what can be made again at any time.
  package var cache: String
  /// Settings that were left aside, each in a sentence for a person.
  package var notes: [String]

  /// Of the store itself.
  package var path: String { team?.text ?? "\(directory)/\(name)" }

  /// What names the store to another process.
  package var argument: String { team?.argument ?? path }

  /// Without symbolic links, as far as the folders exist: what this machine remembers of a store is kept under it.
  var canonicalPath: String {
    if let team { return team.text }
    var (front, rest) = (directory[...], "/\(name)")
    while unsafe access(String(front), F_OK) != 0, let slash = front.lastIndex(of: "/") {
      rest = String(front[slash...]) + rest
      front = front[..<slash]
    }
    return front.isEmpty || front == "/" ? rest : FilePath.canonical(String(front)) + rest
  }

  /// - Throws: `.failed` when the store's text cannot be understood, or when nothing says where home is.
  package init(
    _ choice: StoreChoice = StoreChoice(), in environment: StoreEnvironment
  ) throws(StoreError) {
    var base = BaseDirectories(environment)
    configuration = try base.configuration()
    cache = try base.cache()
    if let store = choice.store {
      let path = StorePath(
        text: store, source: choice.storeSource,
        folder: choice.storeFolder ?? environment.workingDirectory)
      switch try path.place() {
      case .file(let folder, let file): (kind, directory, name) = (.sqlite, folder, file)
      case .team(let address):
        (kind, directory, name) = (.etcd, "", "")
        team = address
      }
    } else {
      (kind, directory, name) = (.sqlite, try base.data(), StoreLocation.fileName)
    }
    identity = StoreLocation.identity(choice, environment, configuration)
    writerCredential = StoreLocation.credential(
      StoreLocation.writerCredentialName, environment)
    notes = base.notes
  }

  /// Where the configuration is, whatever is said of the store.
  /// - Throws: `.failed` when nothing says where home is.
  package static func configuration(
    in environment: StoreEnvironment
  ) throws(StoreError) -> String {
    var base = BaseDirectories(environment)
    return try base.configuration()
  }

  /// In the order of precedence.
  private static func identity(
    _ choice: StoreChoice, _ environment: StoreEnvironment, _ configuration: String
  ) -> IdentitySource {
    if let identity = choice.identity { return identity.absolute(in: environment) }
    if let path = credential(credentialName, environment) { return .credential(path) }
    if let identity = choice.usualIdentity { return identity.absolute(in: environment) }
    return .standard("\(configuration)/\(identityName)")
  }

  /// The file that systemd has put ready under a name; nil where it has none.
  private static func credential(_ name: String, _ environment: StoreEnvironment) -> String? {
    guard let directory = environment[credentialsVariable], directory.hasPrefix("/") else {
      return nil
    }
    let path = "\(directory)/\(name)"
    return unsafe access(path, F_OK) == 0 ? path : nil
  }
}

extension IdentitySource {
  /// The same for a process in any working directory.
  fileprivate func absolute(in environment: StoreEnvironment) -> IdentitySource {
    switch self {
    case .file(let path): .file(FilePath.absolute(path, in: environment.workingDirectory))
    case .descriptor, .command, .credential, .standard: self
    }
  }
}

/// The directories of the XDG base directory specification; for root those of the system.
private struct BaseDirectories {
  private let environment: StoreEnvironment
  var notes: [String] = []

  init(_ environment: StoreEnvironment) { self.environment = environment }

  mutating func configuration() throws(StoreError) -> String {
    try directory("XDG_CONFIG_HOME", system: "/etc/usher", home: ".config")
  }

  mutating func data() throws(StoreError) -> String {
    try directory("XDG_DATA_HOME", system: "/var/lib/usher", home: ".local/share")
  }

  mutating func cache() throws(StoreError) -> String {
    try directory("XDG_CACHE_HOME", system: "/var/cache/usher", home: ".cache")
  }

  /// Root ignores `HOME`, and XDG where it names what is not root's alone: under sudo they name another user's
  /// directories.
  private mutating func directory(
    _ variable: String, system: String, home: String
  ) throws(StoreError) -> String {
    if let value = environment[variable] {
      let path = StorePath.trimmed(value) + "/usher"
      if !value.hasPrefix("/") {
        notes.append("\(variable) is left aside: it is not an absolute path")
      } else if environment.userID == 0, let obstacle = RootsOwn.obstacle(path) {
        notes.append("\(variable) is left aside for root: \(obstacle)")
      } else {
        return path
      }
    }
    guard environment.userID != 0 else { return system }
    return "\(try self.home())/\(home)/usher"
  }

  private mutating func home() throws(StoreError) -> String {
    if let home = environment["HOME"] {
      if home.hasPrefix("/") { return StorePath.trimmed(home) }
      notes.append("HOME is left aside: it is not an absolute path")
    }
    guard let home = environment.accountHome else {
      throw .failed(
        Explanation(
          what: "there is no place for the store",
          why: "HOME is not set and the account has no home directory",
          advice: "set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME"))
    }
    return StorePath.trimmed(home)
  }
}
