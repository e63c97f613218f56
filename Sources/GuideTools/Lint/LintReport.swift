internal import Basics
internal import GuideText
internal import ProviderFormat

/// Collects findings about one file.
struct LintReport {
  let file: String
  private(set) var findings: [GuideFinding] = []

  init(file: String) { self.file = file }

  mutating func error(_ message: String, line: Int, advice: String? = nil) {
    add(.error, message, line, advice)
  }

  mutating func warning(_ message: String, line: Int, advice: String? = nil) {
    add(.warning, message, line, advice)
  }

  mutating func note(_ message: String, line: Int, advice: String? = nil) {
    add(.note, message, line, advice)
  }

  private mutating func add(
    _ severity: GuideFinding.Severity, _ message: String, _ line: Int, _ advice: String?
  ) {
    findings.append(
      GuideFinding(severity: severity, file: file, line: line, message: message, advice: advice))
  }

  /// Reports keys that have no rule, and members whose value is of another kind. An empty value counts as absent.
  mutating func check(_ map: Value.Map, of what: String, by rules: KeyRules) {
    unknownKeys(in: map, of: what, known: rules.names)
    for member in map.members where member.value != .null {
      guard let rule = rules.rules.first(where: { $0.name == member.key }),
        !rule.accepts(member.value)
      else { continue }
      error(
        rule.says ?? "\"\(member.key)\" of \(what) is not \(rule.type)", line: member.line,
        advice: rule.advice)
    }
  }

  /// Reports keys that are not among the known ones, with the one that was probably meant.
  mutating func unknownKeys(in map: Value.Map, of what: String, known: Set<String>) {
    for member in map.members where !known.contains(member.key) {
      let near = SpellingSuggestion.of(member.key, in: known)
      warning(
        "unknown key \"\(member.key)\" in \(what)", line: member.line,
        advice: near.map { "did you mean \"\($0)\"?" } ?? "remove it, or check its spelling")
    }
  }
}

extension Value.Map {
  /// The line of a key's member, or of the map's first one.
  func line(of key: String) -> Int {
    members.first { $0.key == key }?.line ?? members.first?.line ?? 0
  }
}
