internal import Basics
internal import ProviderFormat

/// Checks how a provider's fields belong together: titles that cannot be told apart, and conditions on other fields.
enum FormLint {
  static func check(
    _ provider: Provider, _ declarations: FieldDeclarations, _ report: inout LintReport
  ) {
    checkTitles(provider, declarations, &report)
    let conditions = Conditions(provider)
    for field in provider.fields {
      guard let declaration = declarations[field.id], declaration["visible_when"]?.map != nil else {
        continue
      }
      checkCondition(of: field, declaration.line(of: "visible_when"), conditions, &report)
    }
  }

  private static func checkTitles(
    _ provider: Provider, _ declarations: FieldDeclarations, _ report: inout LintReport
  ) {
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
        line: declarations[field.id]?.line(of: "title") ?? field.line,
        advice: "give each a name of its own, so that nobody fills in the wrong one")
    }
  }

  private static func checkCondition(
    of field: Field, _ line: Int, _ conditions: Conditions, _ report: inout LintReport
  ) {
    let name = field.id.name
    guard let condition = field.visibleWhen else {
      return report.error(
        "visible_when of \"\(name)\" does not say of which field and which value", line: line,
        advice: "add field: with a field's name and equals: with the value")
    }
    guard let other = conditions.field(before: field) else {
      let siblings = conditions.siblings(of: field).filter { $0 != name }
      return report.error(
        "visible_when of \"\(name)\" names \"\(condition.field)\", which is no field beside it",
        line: line, advice: "use one of: \(siblings.joined(separator: ", "))")
    }
    if !other.choices.isEmpty, !other.choices.contains(condition.equals) {
      report.error(
        "\"\(name)\" is never visible: \"\(condition.equals)\" is no choice of \"\(other.id.name)\"",
        line: line, advice: "use one of: \(other.choices.joined(separator: ", "))")
    }
    if conditions.leadInCircle(from: field) {
      report.error(
        "\"\(name)\" is never visible: the conditions lead in a circle", line: line,
        advice: "remove one of the conditions")
    }
  }
}

/// Which field's condition is about which other one.
private struct Conditions {
  private let fields: [Field.ID: Field]
  private let names: [Field.Scope: [String]]
  /// Fields from which conditions lead in a circle.
  private let circling: Set<Field.ID>

  init(_ provider: Provider) {
    let fields = Dictionary(provider.fields.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    self.fields = fields
    names = Dictionary(grouping: provider.fields.map(\.id), by: \.scope).mapValues {
      $0.map(\.name)
    }
    circling = Self.circles(in: provider.fields.map(\.id)) {
      fields[$0].flatMap { Self.target(of: $0) }.flatMap { fields[$0]?.id }
    }
  }

  private static func target(of field: Field) -> Field.ID? {
    field.visibleWhen.map { Field.ID(field.id.scope, $0.field) }
  }

  func field(before field: Field) -> Field? { Self.target(of: field).flatMap { fields[$0] } }

  func siblings(of field: Field) -> [String] { names[field.id.scope] ?? [] }

  func leadInCircle(from field: Field) -> Bool { circling.contains(field.id) }

  /// Follows each chain once: a field that was seen before ends it with what is known of that one.
  private static func circles(
    in ids: [Field.ID], next: (Field.ID) -> Field.ID?
  ) -> Set<Field.ID> {
    var settled: Set<Field.ID> = []
    var circling: Set<Field.ID> = []
    for id in ids {
      var chain: [Field.ID] = []
      var inChain: Set<Field.ID> = []
      var current: Field.ID? = id
      while let here = current, !settled.contains(here), inChain.insert(here).inserted {
        chain.append(here)
        current = next(here)
      }
      if let end = current, inChain.contains(end) || circling.contains(end) {
        circling.formUnion(chain)
      }
      settled.formUnion(chain)
    }
    return circling
  }
}
