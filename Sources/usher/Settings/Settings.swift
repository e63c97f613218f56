internal import Basics
internal import Store

/// The value of a setting, with where it comes from.
struct HeldSetting: Equatable {
  let value: Value
  let origin: SettingOrigin
}

/// What holds where the command line says nothing: the environment, the user's `config.yaml`, the machine's.
///
/// This is the one reader of the variables that begin with `USHER_`, and of both files. A file that is not there costs one
/// call of the system; the reader of YAML is touched only where one is.
struct Settings {
  /// Those of this process, read once, when they are first asked for.
  static let current = Settings(StoreEnvironment(variables: Environment.current().variables))

  /// The folder of the machine's file.
  private static let machineFolder = "/etc/usher"

  /// What they were read from, with the user and the working directory.
  let surroundings: StoreEnvironment
  /// The files that were looked for, the user's first. For root both are one.
  let files: [SettingsFile]
  /// Everything that is wrong; what is right holds all the same.
  let problems: [SettingsError]
  /// What was probably meant otherwise, and stops nothing.
  var doubts: [SettingsError] { SettingDoubts(self).all }
  private let held: [Setting: HeldSetting]

  init(_ surroundings: StoreEnvironment) {
    var folders = [Self.machineFolder]
    if let own = try? StoreLocation.configuration(in: surroundings), own != folders[0] {
      folders.insert(own, at: 0)
    }
    // Whoever cannot write the machine's file has to be told who can.
    let files = folders.map { folder in
      SettingsFile(
        ConfigurationFile(in: folder),
        isForeign: folder == Self.machineFolder && folders.count > 1)
    }
    let variables = SettingVariables(surroundings)
    var held: [Setting: HeldSetting] = [:]
    for layer in files.reversed().map(\.values) + [variables.values] {
      for (setting, value) in layer {
        held[setting] = value
        if let rival = setting.rival, layer[rival] == nil { held[rival] = nil }
      }
    }
    self.surroundings = surroundings
    self.files = files
    self.held = held
    problems = variables.problems + files.flatMap(\.problems)
  }

  /// Where a value comes from that was said somewhere; nil where none was.
  subscript(setting: Setting) -> HeldSetting? { held[setting] }

  /// Refuses to go on with half of what was meant.
  func requireSound() throws(SettingsError) {
    if let problem = problems.first { throw problem }
  }
}

extension Settings {
  /// The folders of guides that weigh most, the first before the others; nil where none is named.
  var guides: [String]? { self[.guides]?.value.list?.compactMap(\.text) }

  /// Whether the wizard is to ask line by line; nil where nobody has said.
  var plain: Bool? { self[.plain]?.value.bool }

  /// What the terminal says that it is; nil where nobody says.
  var terminal: String? { surroundings["TERM"] }

  /// A PEM file of authorities.
  var certificateAuthority: String? { self[.ca]?.value.text }

  /// Of a check; nil for what is built in.
  var checkTimeout: Duration? { count(.checkTimeout).map { .seconds($0) } }

  /// From how many days on a fetched guide is said to be old; 0 for never.
  var guideDays: Int { count(.guideDays) ?? Self.usualGuideDays }

  /// What is built in.
  static let usualGuideDays = 90

  /// The store and the identity, as far as the command line leaves them open.
  var storeChoice: StoreChoice {
    var choice = StoreChoice(store: self[.store]?.value.text)
    switch self[.store]?.origin {
    case .environment(let variable): choice.storeSource = variable
    case .file(let place):
      choice.storeSource = "store in \(place.path) line \(place.line)"
      choice.storeFolder = place.folder
    case .builtIn, nil: break
    }
    guard let held = self[.identityCommand] ?? self[.identity] else { return choice }
    let source: IdentitySource =
      held.value.list.map { .command($0.compactMap(\.text)) } ?? .file(held.value.text ?? "")
    switch held.origin {
    case .environment: choice.identity = source
    case .file: choice.usualIdentity = source
    case .builtIn: break
    }
    return choice
  }

  private func count(_ setting: Setting) -> Int? {
    if case .int(let count) = self[setting]?.value { count } else { nil }
  }
}
