/// Looks for mistakes in providers and guides that somebody wrote, so that they come to light before a person meets
/// them in the wizard. Every finding is a sentence with a line and something to do about it.
package enum GuideLint {
  /// Checks all providers and guides of a folder, in any of the accepted layouts.
  package static func findings(inFolder path: String) -> [GuideFinding] {
    let catalogue = Catalogue(sources: [.namedFolder(path)])
    var findings = catalogue.findings
    for entry in catalogue.entries {
      guard let provider = catalogue.provider(entry.slug) else { continue }
      let guide = catalogue.guide(for: provider)
      let file = catalogue.file(of: provider) ?? path
      findings += self.findings(for: provider, guide: guide, file: file)
    }
    return findings
  }

  /// Checks one provider with its guide, whose own findings are included.
  ///
  /// - Parameter file: what findings call the provider's file.
  package static func findings(
    for provider: Provider, guide: Guide?, file: String
  ) -> [GuideFinding] {
    var report = LintReport(file: file)
    EntryLint.check(provider, &report)
    for field in provider.fields { FieldLint.check(field, of: provider, &report) }
    TemplateLint.check(provider, &report)
    UsherLint.check(provider, &report)
    if let guide {
      GuideFitLint.check(provider, guide, &report)
      return report.findings + guide.findings
    }
    return report.findings
  }
}

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

  /// Reports keys that are not among the known ones, with the one that was probably meant.
  mutating func unknownKeys(in map: Value.Map, of what: String, known: Set<String>) {
    for member in map.members where !known.contains(member.key) {
      let near = known.sorted().first {
        TypingDistance.between($0, member.key.lowercased(), atMost: 2) != nil
      }
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
