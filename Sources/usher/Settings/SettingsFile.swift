internal import Basics
internal import Connections
internal import GuideText
internal import ProviderFormat
internal import Store

/// What a configuration file says, and what is wrong with it.
struct SettingsFile {
  /// What became of looking for it.
  enum State: String {
    case read, absent
    /// It stands in a folder that is closed to this account.
    case hidden
    /// What can be used of it is.
    case broken

    /// As people are told it.
    var text: String {
      switch self {
      case .read: "read"
      case .absent: "not there"
      case .hidden: "in a folder that is closed to you"
      case .broken: "cannot be used as it is"
      }
    }
  }

  let path: String
  let folder: String
  private(set) var state: State
  private(set) var values: [Setting: HeldSetting] = [:]
  private(set) var problems: [SettingsError] = []
  private let isForeign: Bool

  /// Looks for it, and reads it where it is.
  /// - Parameter isForeign: whether it is root's to mend, and another account reads it.
  init(_ file: ConfigurationFile, isForeign: Bool) {
    path = file.path
    folder = file.folder
    self.isForeign = isForeign
    do throws(StoreError) {
      switch try file.read() {
      case .absent: state = .absent
      case .hidden: state = .hidden
      case .text(let bytes):
        state = .read
        read(bytes, in: file.folder)
      }
    } catch {
      state = .broken
      problems = []
      refuse(error.explanation)
    }
  }

  private mutating func read(_ bytes: [UInt8], in folder: String) {
    let map: Value.Map
    do throws(GuideFinding) {
      let result = try YAMLReader.read(bytes, file: path)
      for finding in result.findings { refuse(finding) }
      guard result.value != .null else { return }
      guard let found = result.value.map else {
        return refuse(
          result.line, "it has to be keys and values", "write each setting as key: value")
      }
      map = found
    } catch {
      return refuse(error)
    }
    for member in map.members { read(member, in: folder) }
    guard values[.identity] != nil, let command = values[.identityCommand] else { return }
    refuse(
      line(of: command), "identity and identity_command cannot both say where the identity is",
      "keep one of the two")
  }

  private mutating func read(_ member: Value.Member, in folder: String) {
    guard let setting = Setting(rawValue: member.key) else {
      let keys = Setting.allCases.map(\.key)
      let near = SpellingSuggestion.of(member.key, in: keys)
      return refuse(
        member.line, "there is no setting \(member.key)",
        near.map { "did you mean \($0)?" } ?? "the settings are \(keys.joined(separator: ", "))")
    }
    do throws(Setting.Fault) {
      let value = try setting.value(inFile: member.value, in: folder)
      values[setting] = HeldSetting(
        value: value, origin: .file(.init(path: path, folder: folder, line: member.line)))
    } catch {
      refuse(
        member.line,
        error.reason.map { "\(setting.key): \($0)" } ?? "\(setting.key) has to be \(setting.form)",
        setting.advice)
    }
  }

  private func line(of held: HeldSetting) -> Int {
    if case .file(let place) = held.origin { place.line } else { 0 }
  }

  private mutating func refuse(_ finding: GuideFinding) {
    refuse(finding.line, finding.message, finding.advice)
  }

  private mutating func refuse(_ line: Int, _ why: String, _ advice: String?) {
    state = .broken
    refuse(
      Explanation(
        what: "cannot use \(path)", why: line > 0 ? "line \(line): \(why)" : why, advice: advice))
  }

  private mutating func refuse(_ explanation: Explanation) {
    guard isForeign else {
      problems.append(SettingsError(explanation))
      return
    }
    let mending = explanation.advice.map { ": \($0)" } ?? ""
    problems.append(
      SettingsError(
        Explanation(
          what: explanation.what, why: explanation.why,
          advice: "root has to mend it, for it holds for every account\(mending)")))
  }
}
