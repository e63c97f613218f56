/// Checks a field's declaration.
enum FieldLint {
  private static let known: Set = [
    "type", "title", "description", "example", "pattern", "format", "enum", "optional",
    "default_value", "hidden", "automated", "secret", "order", "prefix", "suffix", "doc_section",
    "visible_when", "warnings",
  ]

  static func check(_ field: Field, of provider: Provider, _ report: inout LintReport) {
    guard let declaration = declaration(of: field, in: provider) else {
      report.error(
        "the field \"\(field.id.name)\" is not a map", line: field.line,
        advice: "indent its members below it")
      return
    }
    report.unknownKeys(in: declaration, of: "field \"\(field.id.name)\"", known: known)
    checkWords(field, declaration, &report)
    checkPattern(field, declaration, &report)
    checkSecret(field, &report)
  }

  private static func declaration(of field: Field, in provider: Provider) -> Value.Map? {
    provider.entry[field.id.scope.rawValue]?.map?[field.id.name]?.map
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
      report.warning(
        "the format \(format) of \"\(name)\" is not known", line: declaration.line(of: "format"),
        advice: "use hostname, uuid, email or uri, or a pattern")
    }
    for flag in ["optional", "hidden", "automated", "secret"] {
      guard let value = declaration[flag], value.bool == nil else { continue }
      report.warning(
        "\"\(flag)\" of \"\(name)\" is neither true nor false", line: declaration.line(of: flag),
        advice: "write true or false; in YAML 1.2 yes and on are texts")
    }
    if declaration["enum"] != nil, field.choices.isEmpty {
      report.warning(
        "the enum of \"\(name)\" has no entries", line: declaration.line(of: "enum"),
        advice: "list the choices, or remove it")
    }
    if field.title.isEmpty, !field.isHidden, !field.isAutomated {
      report.note(
        "the field \"\(name)\" has no title", line: field.line,
        advice: "add the name that the provider itself uses for it")
    }
  }

  private static func checkPattern(
    _ field: Field, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    guard let source = field.pattern else { return }
    let line = declaration.line(of: "pattern")
    let name = field.id.name
    do throws(PatternError) {
      let pattern = try Pattern(source)
      guard PatternReach.canMatch(pattern) else {
        report.error(
          "the pattern of \"\(name)\" contradicts itself: no value can match it", line: line,
          advice: "look for a ^ behind or a $ in front of something, and for an empty []")
        return
      }
      checkValues(field, pattern, declaration, &report)
    } catch {
      report.warning(
        "the pattern of \"\(name)\" is not valid and is skipped: \(error.message)", line: line,
        advice: "correct it at its character \(error.offset + 1)")
    }
  }

  /// Stars and dots in an example stand for characters that its author did not want to show.
  private static func checkValues(
    _ field: Field, _ pattern: Pattern, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    let name = field.id.name
    if let example = field.example, !example.isEmpty, !isStarred(example), !pattern.matches(example)
    {
      report.warning(
        "the example of \"\(name)\" does not match its own pattern",
        line: declaration.line(of: "example"), advice: "correct one of the two")
    }
    if let value = field.defaultValue, !value.isEmpty, !pattern.matches(value) {
      report.warning(
        "the default_value of \"\(name)\" does not match its own pattern",
        line: declaration.line(of: "default_value"), advice: "correct one of the two")
    }
    for choice in field.choices where !pattern.matches(choice) {
      report.warning(
        "the choice \"\(choice)\" of \"\(name)\" does not match its own pattern",
        line: declaration.line(of: "enum"), advice: "remove the pattern: the choices are enough")
    }
  }

  private static func isStarred(_ example: String) -> Bool {
    ["**", "..", "…", "••", "xxx", "XXX"].contains { example.contains($0) }
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
