internal import Basics
internal import Store

/// What the environment says of settings. A variable that is empty says nothing.
struct SettingVariables {
  private(set) var values: [Setting: HeldSetting] = [:]
  private(set) var problems: [SettingsError] = []

  /// A common wish of screen reader users, heard where Usher's own variable says nothing.
  private static let accessible = "ACCESSIBLE"

  init(_ environment: StoreEnvironment) {
    for setting in Setting.allCases { read(setting, setting.variable, environment) }
    if values[.plain] == nil { read(.plain, Self.accessible, environment) }
    guard values[.identity] != nil, values[.identityCommand] != nil else { return }
    problems.append(
      SettingsError(
        Explanation(
          what: "cannot use \(Setting.identityCommand.variable)",
          why: "\(Setting.identity.variable) says where the identity is, too",
          advice: "unset one of the two")))
  }

  private mutating func read(
    _ setting: Setting, _ variable: String, _ environment: StoreEnvironment
  ) {
    guard let text = environment[variable] else { return }
    do throws(Setting.Fault) {
      values[setting] = HeldSetting(
        value: try setting.value(ofVariable: text), origin: .environment(variable))
    } catch {
      problems.append(SettingsError(setting, variable: variable, because: error.reason))
    }
  }
}
