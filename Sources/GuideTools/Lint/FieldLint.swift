internal import Basics
internal import ProviderFormat

/// Checks a field's declaration by itself. How fields belong together is `FormLint`'s.
enum FieldLint {
  static func check(
    _ field: Field, of provider: Provider, _ declarations: FieldDeclarations,
    _ report: inout LintReport
  ) {
    guard let declaration = declarations[field.id] else {
      report.error(
        "the field \"\(field.id.name)\" is not a map", line: field.line,
        advice: "indent its members below it")
      return
    }
    report.check(declaration, of: "field \"\(field.id.name)\"", by: Field.schema.rules)
    checkWords(field, declaration, &report)
    checkChoices(field, declaration, &report)
    checkUse(field, declaration, &report)
    if !BaseCredentials.names(of: provider).contains(field.id.name) {
      checkHidden(field, of: provider, declaration, &report)
    }
    PatternLint.check(field, declaration, &report)
    PatternLint.checkExample(field, declaration, &report)
    checkSecret(field, &report)
  }

  private static func checkWords(
    _ field: Field, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    let name = field.id.name
    if let type = declaration["type"]?.text, type != "string" {
      report.warning(
        "the type of \"\(name)\" is \(type); all fields are texts",
        line: declaration.line(of: "type"), advice: "use string")
    }
    if let format = declaration["format"]?.text, field.format == nil {
      let near = SpellingSuggestion.of(format, in: ["hostname", "uuid", "email", "uri"])
      report.warning(
        "the format \(format) of \"\(name)\" is not known", line: declaration.line(of: "format"),
        advice: near.map { "did you mean \($0)?" }
          ?? "use hostname, uuid, email or uri, or a pattern")
    }
    if field.title.isEmpty, !field.isHidden, !field.isAutomated {
      report.note(
        "the field \"\(name)\" has no title", line: field.line,
        advice: "add the name that the provider itself uses for it")
    }
    if let section = field.docSection, !section.hasPrefix("#") || section.count < 2 {
      report.warning(
        "the doc_section of \"\(name)\" is no fragment", line: declaration.line(of: "doc_section"),
        advice: "write # and the heading in lower case with hyphens, between quotes")
    }
  }

  private static func checkChoices(
    _ field: Field, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    guard declaration["enum"] != nil else { return }
    let name = field.id.name
    let line = declaration.line(of: "enum")
    let choices = Set(field.choices)
    if field.choices.count < 2 {
      report.warning(
        "the enum of \"\(name)\" has \(field.choices.isEmpty ? "no entries" : "only one entry")",
        line: line,
        advice: field.choices.isEmpty
          ? "list the choices, or remove it" : "add the others, or make it a hidden default_value")
    }
    if choices.count < field.choices.count {
      report.warning(
        "the enum of \"\(name)\" has an entry twice", line: line, advice: "remove one of the two")
    }
    if let value = field.defaultValue, !value.isEmpty, !choices.isEmpty,
      !choices.contains(value)
    {
      report.error(
        "the default_value of \"\(name)\" is none of its choices",
        line: declaration.line(of: "default_value"),
        advice: "use one of: \(field.choices.joined(separator: ", "))")
    }
    for value in field.warnings.keys.sorted() where !choices.contains(value) {
      report.warning(
        "\"\(name)\" warns of \"\(value)\", which is none of its choices",
        line: declaration.line(of: "warnings"), advice: "correct the value, or remove the warning")
    }
  }

  /// Members that change nothing where they stand.
  private static func checkUse(
    _ field: Field, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    let name = field.id.name
    switch field.id.scope {
    case .connectionConfig, .integrationConfig:
      if field.order == 0 {
        report.warning(
          "the order 0 of \"\(name)\" has no effect", line: declaration.line(of: "order"),
          advice: "count from 1, or remove it")
      }
    case .credentials, .assertionOption:
      if field.order != nil {
        report.warning(
          "the order of \"\(name)\" has no effect", line: declaration.line(of: "order"),
          advice: "remove it: only settings are put in order; these are asked as they are written")
      }
    }
  }

  /// A credential that the mode always sends may well be hidden and empty: a password beside a key as the user name.
  private static func checkHidden(
    _ field: Field, of provider: Provider, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    guard field.isHidden, field.defaultValue?.isEmpty ?? true, !field.isAutomated else { return }
    if provider.fieldsNeededInAddresses.contains(field.id) {
      report.warning(
        "\"\(field.id.name)\" is hidden and has no default_value, and an address needs it; it is asked",
        line: declaration.line(of: "hidden"),
        advice: "add default_value, or remove hidden and give it a title and a description")
    } else {
      report.note(
        "\"\(field.id.name)\" is hidden and has no default_value, so it is never sent",
        line: declaration.line(of: "hidden"), advice: "add default_value, or remove the field")
    }
  }

  private static func checkSecret(_ field: Field, _ report: inout LintReport) {
    guard !field.isHidden, !field.isAutomated, Masking.masks(field), !Masking.isDeclared(field)
    else {
      return
    }
    report.warning(
      "\"\(field.id.name)\" looks like a secret and is not marked as one", line: field.line,
      advice: "add secret: true; it is masked while it is typed in any case")
  }
}
