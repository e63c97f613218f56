/// Checks how a provider's fields belong together: titles that cannot be told apart, and conditions on other fields.
enum FormLint {
  static func check(_ provider: Provider, _ report: inout LintReport) {
    checkTitles(provider, &report)
    for field in provider.fields { checkCondition(field, provider, &report) }
  }

  private static func checkTitles(_ provider: Provider, _ report: inout LintReport) {
    var first: [String: Field] = [:]
    for field in provider.fields where !field.isHidden && !field.isAutomated {
      guard !field.title.isEmpty else { continue }
      let title = field.title.lowercased()
      guard let other = first[title] else {
        first[title] = field
        continue
      }
      report.warning(
        "\"\(field.id.name)\" has the same title as \"\(other.id.name)\": \(field.title)",
        line: provider.declaration(of: field.id)?.line(of: "title") ?? field.line,
        advice: "give each a name of its own, so that nobody fills in the wrong one")
    }
  }

  private static func checkCondition(
    _ field: Field, _ provider: Provider, _ report: inout LintReport
  ) {
    guard let declaration = provider.declaration(of: field.id),
      declaration["visible_when"]?.map != nil
    else { return }
    let line = declaration.line(of: "visible_when")
    let name = field.id.name
    guard let condition = field.visibleWhen else {
      return report.error(
        "visible_when of \"\(name)\" does not say of which field and which value", line: line,
        advice: "add field: with a field's name and equals: with the value")
    }
    let siblings = provider.fields.filter { $0.id.scope == field.id.scope }
    guard let other = siblings.first(where: { $0.id.name == condition.field }) else {
      return report.error(
        "visible_when of \"\(name)\" names \"\(condition.field)\", which is no field beside it",
        line: line,
        advice:
          "use one of: \(siblings.map(\.id.name).filter { $0 != name }.joined(separator: ", "))"
      )
    }
    if !other.choices.isEmpty, !other.choices.contains(condition.equals) {
      report.error(
        "\"\(name)\" is never visible: \"\(condition.equals)\" is no choice of \"\(other.id.name)\"",
        line: line, advice: "use one of: \(other.choices.joined(separator: ", "))")
    }
    if isCircle(field, siblings) {
      report.error(
        "\"\(name)\" is never visible: the conditions lead in a circle", line: line,
        advice: "remove one of the conditions")
    }
  }

  private static func isCircle(_ field: Field, _ siblings: [Field]) -> Bool {
    var next = field
    for _ in siblings {
      guard let condition = next.visibleWhen,
        let other = siblings.first(where: { $0.id.name == condition.field })
      else { return false }
      next = other
    }
    return true
  }
}
