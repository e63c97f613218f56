internal import Basics
internal import Catalogues
internal import Connections
internal import Glibc
internal import GuideText
internal import Projects
internal import ProviderFormat
internal import Store

/// A project's file, held against what is known of providers and connections.
extension Project {
  /// How near an end is told, in seconds: two weeks, as `status` has it.
  private static let soon: Int64 = 14 * 86_400

  /// Looks at the file's fields, providers and folder.
  /// - Parameter linked: what is linked. Such a connection needs no provider's entry any more: its record has one.
  /// - Throws: `ProjectError.wrong` with all that is not right.
  func validate(in catalogue: Catalogue, linked: Set<ConnectionName>) throws(ProjectError) {
    var findings: [GuideFinding] = []
    if let guides, !Project.isFolder(guides.path) {
      findings.append(
        GuideFinding(
          severity: .error, file: file, line: guides.line,
          message: "the folder of guides \(guides.path) does not exist",
          advice: "it is looked for beside this file"))
    }
    for need in needs where !linked.contains(need.name) {
      if let finding = Project.finding(about: need, catalogue) { findings.append(finding) }
    }
    findings += self.findings { need in
      catalogue.provider(need.name.provider)?.fieldsForVariables
    }
    guard findings.isEmpty else { throw .wrong(file, findings.sorted { $0.line < $1.line }) }
  }

  private static func isFolder(_ path: String) -> Bool {
    let status = try? FileStatus(of: path, in: AT_FDCWD, followsLink: true)
    return status?.kind == .directory
  }

  private static func finding(about need: Need, _ catalogue: Catalogue) -> GuideFinding? {
    let slug = need.name.provider
    guard catalogue.form(slug) == nil else { return nil }
    if let problem = catalogue.problem(with: slug) {
      return GuideFinding(
        severity: .error, file: "", line: need.line,
        message: "the provider \(slug) cannot be used: \(problem.place): \(problem.message)",
        advice: problem.advice)
    }
    let near = catalogue.suggestions(for: slug)
    return GuideFinding(
      severity: .error, file: "", line: need.line, message: "no provider \(slug) is known",
      advice: near.isEmpty
        ? "guides: names the folder that has its entry"
        : "did you mean \(near.joined(separator: ", "))?")
  }

  /// How what it needs is. Nobody is asked but the store.
  func survey(in session: borrowing StoreSession, _ catalogue: Catalogue) throws -> ProjectSurvey {
    let (connections, obstacle) = try session.statuses(soon: Project.soon, at: .now())
    return ProjectSurvey(of: self, connections, obstacle: obstacle) { slug in
      catalogue.provider(slug)?.displayName
    }
  }
}

extension Provider {
  /// All that a project's file can name a variable for, whether it has a value or not.
  var fieldsForVariables: [Field.ID] {
    scriptFields(stored: Form(provider: self, guide: nil).fields.map(\.id))
  }
}
