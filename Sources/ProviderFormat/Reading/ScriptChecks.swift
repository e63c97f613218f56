internal import Basics

/// The checks that entries name by `credentials_verification_script`. In the reference engine each is a program of its
/// own; here each is data in the grammar of `usher.check`, in the resource `script-checks.yaml`.
enum ScriptChecks {
  /// The requests of a script's check; nil for a name that is not known. `snipeIt` and `snipeItCredentialsVerification`
  /// are one name, however its letters are written.
  static func steps(of script: String) -> [UsherExtension.CheckStep]? {
    all[key(script)]
  }

  /// As the resource writes it.
  static let entries: Value.Map = {
    let bytes = PackageResources.script_checks_yaml
    return (try? YAMLReader.read(bytes, file: "script-checks.yaml"))?.value.map ?? .init()
  }()

  private static let all: [String: [UsherExtension.CheckStep]] = {
    let pairs = entries.members.map { member -> (String, [UsherExtension.CheckStep]) in
      let steps = (member.value.list ?? []).compactMap {
        UsherExtension.CheckStep.schema.read($0, into: .init(url: ""))
      }
      return (key(member.key), steps)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }()

  private static func key(_ script: String) -> String {
    let suffix = "credentialsverification"
    let name = script.lowercased()
    return name.hasSuffix(suffix) ? String(name.dropLast(suffix.utf8.count)) : name
  }
}
