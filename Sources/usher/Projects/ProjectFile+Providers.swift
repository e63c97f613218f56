internal import Basics
internal import Catalogues
internal import Connections
internal import GuideText
internal import Projects
internal import ProviderFormat

/// A project's file, held against what is known of providers and connections.
extension ProjectFile {
  /// Looks at the file's fields, variables, providers and folder.
  /// - Parameter linked: what is linked. Such a connection needs no provider's entry any more: its record has one.
  /// - Throws: `ProjectError.wrong` with all that is not right.
  func validated(
    in catalogue: Catalogue, linked: Set<ConnectionName>
  ) throws(ProjectError) -> Project {
    var more: [GuideFinding] = []
    if let guides = project.guides, let finding = GuidesFolder(guides).finding(in: project.file) {
      more.append(finding)
    }
    for need in project.needs where !linked.contains(need.name) {
      if let finding = finding(about: need, catalogue) { more.append(finding) }
    }
    more += project.findings { need in
      catalogue.provider(need.name.provider)?.fieldsForVariables
    }
    more += project.clashes { need in
      catalogue.provider(need.name.provider)?.certainVariables ?? []
    }
    return try sound(besides: more)
  }

  private func finding(about need: Project.Need, _ catalogue: Catalogue) -> GuideFinding? {
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
}

extension Provider {
  /// All that a project's file can name a variable for, whether it has a value or not.
  var fieldsForVariables: [Field.ID] {
    scriptFields(stored: Form(provider: self, guide: nil).fields.map(\.id))
  }

  /// The variables that every connection of the provider has unless somebody names them otherwise. What may be left empty is
  /// not among them: whether it has a value is known once it is linked.
  fileprivate var certainVariables: [(field: Field.ID, name: String)] {
    let certain = Form(provider: self, guide: nil).fields.filter { field in
      !field.acceptsEmpty && field.field.visibleWhen == nil
    }
    return usualScriptFields(stored: certain.map(\.id)).map { ($0, variableName(for: $0)) }
  }
}
