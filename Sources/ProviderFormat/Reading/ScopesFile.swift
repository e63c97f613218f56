internal import Basics
package import GuideText

/// The rights that providers know, by their own names: a map of slugs, each with a list. A checkout of Nango's repository
/// has it beside the file of all providers; a folder of one's own may have it as well.
///
///     # source: https://docs.tea.example/scopes
///     tea:
///       - cups.read
///       - cups.write
package enum ScopesFile {
  /// What it is called.
  package static let name = "providers.scopes.yaml"

  /// Larger files are not read, in bytes. The largest known one has half a MiB.
  package static let sizeLimit = 64 * 1024 * 1024

  /// The list of one provider, each name once and in written order; nil where the file has none of that slug. Only the
  /// lines of that provider are read where the file is written as providers' files are.
  package static func scopes(
    of slug: String, in bytes: [UInt8], file: String
  ) throws(GuideFinding) -> [String]? {
    if let parts = ProviderFileParts(bytes) {
      guard let part = parts.parts.first(where: { $0.slug == slug }) else { return nil }
      let value = try YAMLReader.read(
        Array(bytes[part.range]), file: file, firstLine: part.line
      ).value
      return names(value[slug])
    }
    return try names(YAMLReader.read(bytes, file: file).value[slug])
  }

  /// Every list, and what is wrong with the file. What is no list of texts is left out, and told.
  package static func lists(
    of bytes: [UInt8], file: String
  ) -> (lists: [(slug: String, scopes: [String], line: Int)], findings: [GuideFinding]) {
    do throws(GuideFinding) {
      let result = try YAMLReader.read(bytes, file: file)
      var findings = result.findings
      guard let map = result.value.map else {
        if result.value != .null { findings.append(noMap(file, line: result.line)) }
        return ([], findings)
      }
      var lists: [(slug: String, scopes: [String], line: Int)] = []
      for member in map.members {
        guard let list = member.value.list, list.allSatisfy({ $0.text != nil }) else {
          findings.append(noList(member.key, file, line: member.line))
          continue
        }
        lists.append((member.key, names(member.value) ?? [], member.line))
      }
      return (lists, findings)
    } catch {
      return ([], [error])
    }
  }

  private static func names(_ value: Value?) -> [String]? {
    guard let list = value?.list else { return nil }
    var seen: Set<String> = []
    return list.compactMap(\.text).map(\.trimmed).filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private static func noMap(_ file: String, line: Int) -> GuideFinding {
    GuideFinding(
      severity: .error, file: file, line: line, message: "this is not a map of providers",
      advice: "begin with a provider's slug and a colon, and the list of its scopes below")
  }

  private static func noList(_ slug: String, _ file: String, line: Int) -> GuideFinding {
    GuideFinding(
      severity: .error, file: file, line: line,
      message: "the scopes of \"\(slug)\" are not a list of texts",
      advice: "write each on a line of its own, as \"- name\"")
  }
}
