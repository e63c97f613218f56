internal import Basics
internal import Checking
internal import Connections
internal import Store

/// What holds, as `usher config` tells it: a line a setting, and a line a file that was looked for.
struct ConfigReport {
  let problems: [SettingsError]
  /// What was probably meant otherwise.
  let doubts: [SettingsError]
  private let files: [SettingsFile]
  private let rows: [Row]

  fileprivate struct Row {
    let setting: Setting
    /// Null where there is none.
    let value: Value
    let origin: SettingOrigin
  }

  init(_ settings: Settings) {
    files = settings.files
    var problems = settings.problems
    var location: StoreLocation?
    do throws(StoreError) {
      location = try StoreLocation(settings.storeChoice, in: settings.surroundings)
    } catch {
      problems.append(SettingsError(error.explanation))
    }
    self.problems = problems
    doubts = settings.doubts
    rows = Setting.allCases.map { Self.row($0, settings, location) }
  }

  private static func row(
    _ setting: Setting, _ settings: Settings, _ location: StoreLocation?
  ) -> Row {
    let held = settings[setting]
    let value: Value
    var origin = held?.origin ?? .builtIn
    switch setting {
    case .store: value = .optional(location?.path ?? held?.value.text)
    case .identity:
      value = .optional(location?.identity.text)
      origin = identityOrigin(settings, location)
    case .plain: value = held?.value ?? .bool(false)
    case .checkTimeout:
      value = held?.value ?? .int(Int(CheckLimits().total.components.seconds))
    case .guideDays: value = .int(settings.guideDays)
    case .guides, .identityCommand, .ca: value = held?.value ?? .null
    }
    return Row(setting: setting, value: value, origin: origin)
  }

  private static func identityOrigin(
    _ settings: Settings, _ location: StoreLocation?
  ) -> SettingOrigin {
    switch location?.identity {
    case .credential: .environment(StoreLocation.credentialsVariable)
    case .file, .command: (settings[.identityCommand] ?? settings[.identity])?.origin ?? .builtIn
    case .descriptor, .standard, nil: .builtIn
    }
  }

  // MARK: For people

  var text: String {
    let settings = rows.map { [$0.setting.key, $0.text, $0.origin.text] }
    let files = files.map { [$0.path, $0.state.text] }
    return TextTable(rows: [["SETTING", "VALUE", "FROM"]] + settings).text + "\n\n"
      + TextTable(rows: [["FILE", "STATE"]] + files).text
  }

  // MARK: For scripts

  var json: Value {
    .map([
      ("settings", .list(rows.map(\.json))),
      (
        "files",
        .list(
          files.map { .map([("path", .string($0.path)), ("state", .string($0.state.rawValue))]) })
      ),
      ("problems", .list(problems.map(\.json))), ("doubts", .list(doubts.map(\.json))),
    ])
  }
}

extension ConfigReport.Row {
  fileprivate var text: String {
    let words = value.list?.compactMap(\.text)
    switch setting {
    case .identityCommand: return words?.joined(separator: " ") ?? "none"
    case .guides: return words?.joined(separator: ", ") ?? "none"
    case .checkTimeout: return "\(value.text ?? "")s"
    case .store, .plain, .identity, .ca, .guideDays: return value.text ?? "none"
    }
  }

  fileprivate var json: Value {
    .map([("name", .string(setting.key)), ("value", value), ("origin", origin.json)])
  }
}

extension SettingsError {
  fileprivate var json: Value {
    .map([
      ("what", .string(explanation.what)), ("why", .optional(explanation.why)),
      ("advice", .optional(explanation.advice)),
    ])
  }
}
