internal import Basics
internal import Glibc
internal import Store

/// What is odd about settings and stops nothing: a variable that looks like one of Usher's and is none, folders of guides
/// that are not there, and a machine's file that only root can read.
struct SettingDoubts {
  private static let prefix = "USHER_"

  let all: [SettingsError]

  init(_ settings: Settings) {
    let known = Setting.allCases.map(\.variable)
    let variables = settings.surroundings.variables.keys.filter {
      $0.hasPrefix(Self.prefix) && !known.contains($0)
    }
    all =
      variables.sorted().map(Self.unknown) + Self.missingFolders(settings)
      + Self.closedFiles(settings)
  }

  private static func unknown(_ variable: String) -> SettingsError {
    let known = Setting.allCases.map(\.variable)
    let near = SpellingSuggestion.of(variable, in: known)
    return SettingsError(
      Explanation(
        what: "\(variable) says nothing", why: "there is no such setting",
        advice: near.map { "did you mean \($0)?" }
          ?? "the variables are \(known.joined(separator: ", "))"))
  }

  /// The folder of root's own store is closed when Usher makes it, and with it what root has set for everybody.
  private static func closedFiles(_ settings: Settings) -> [SettingsError] {
    guard settings.surroundings.userID == 0 else { return [] }
    return settings.files.flatMap { file in
      [
        closed(file.folder, to: 0o001, wanted: "755", for: file),
        closed(file.path, to: 0o004, wanted: "644", for: file),
      ].compactMap(\.self)
    }
  }

  private static func closed(
    _ place: String, to bit: UInt32, wanted mode: String, for file: SettingsFile
  ) -> SettingsError? {
    guard file.state == .read,
      let status = try? FileStatus(of: place, in: AT_FDCWD, followsLink: true),
      status.mode & bit == 0
    else { return nil }
    return SettingsError(
      Explanation(
        what: "\(file.path) holds for root alone", why: "\(place) is closed to other accounts",
        advice: "chmod \(mode) \(place) opens it to all; files with secrets stay closed themselves")
    )
  }

  private static func missingFolders(_ settings: Settings) -> [SettingsError] {
    guard let held = settings[.guides] else { return [] }
    return (settings.guides ?? []).filter { path in
      let status = try? FileStatus(of: path, in: AT_FDCWD, followsLink: true)
      return status?.kind != .directory
    }.map { path in
      SettingsError(
        Explanation(
          what: "the folder of guides \(path) is not there",
          why: "it is named by \(held.origin.text)",
          advice: "make it, or name another one"))
    }
  }
}
