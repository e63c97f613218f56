internal import Connections
package import GuideText
package import ProviderFormat

/// What only the providers' entries tell of a project's file.
extension Project {
  /// Fields that there are not.
  /// - Parameter fields: what can have a variable of a connection; nil where its provider is not known.
  package func findings(knowing fields: (Need) -> [Field.ID]?) -> [GuideFinding] {
    needs.flatMap { need -> [GuideFinding] in
      guard let known = fields(need) else { return [] }
      return need.variables.compactMap { finding($0, of: need, known) }
    }
  }

  /// Variables that would stand for two values, at least one of which has it as its usual name. Two that the file itself
  /// gives one name are found where it is read.
  /// - Parameter usual: the values that every connection of a need has, with the usual names of their variables.
  package func clashes(
    knowing usual: (Need) -> [(field: Field.ID, name: String)]
  ) -> [GuideFinding] {
    var taken: [String: (field: String, need: Need)] = [:]
    for need in needs {
      for variable in need.variables { taken[variable.name] = (variable.field, need) }
    }
    var findings: [GuideFinding] = []
    for need in needs {
      let usual = usual(need)
      let known = usual.map(\.field)
      let declared = Set(need.variables.flatMap { Field.ID.named($0.field, among: known) })
      for (field, name) in usual where !declared.contains(field) {
        guard let first = taken[name] else {
          taken[name] = (field.name, need)
          continue
        }
        findings.append(clash(name, of: field, of: need, with: first))
      }
    }
    return findings
  }

  private func clash(
    _ name: String, of field: Field.ID, of need: Need, with first: (field: String, need: Need)
  ) -> GuideFinding {
    let own = VariableName.joining([need.name.provider, need.name.name, field.name])
    let other = VariableName.joining([need.name.provider, field.name, "2"])
    return GuideFinding(
      severity: .error, file: file, line: need.line,
      message:
        "\(name) would stand for two values, \(first.field) of \(first.need.name) and "
        + "\(field.name) of \(need.name)",
      advice: "give this one a name of its own, env: {\(field.name): \(own == name ? other : own)}")
  }

  private func finding(
    _ variable: Variable, of need: Need, _ known: [Field.ID]
  ) -> GuideFinding? {
    let meant = Field.ID.named(variable.field, among: known)
    if meant.count == 1 { return nil }
    let advice =
      meant.isEmpty
      ? Field.ID.meant(by: variable.field, among: known).map { "did you mean \($0.name)?" }
        ?? "it has \(known.map(\.name).joined(separator: ", "))"
      : "give the whole name: \(meant.map(\.description).joined(separator: ", "))"
    return GuideFinding(
      severity: .error, file: file, line: variable.line,
      message: meant.isEmpty
        ? "\(need.name.provider) has no field \(variable.field)"
        : "\(need.name.provider) has more than one field \(variable.field)",
      advice: advice)
  }
}
