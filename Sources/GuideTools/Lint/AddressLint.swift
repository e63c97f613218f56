internal import Basics
internal import ProviderFormat

/// Looks for fields whose value brings a scheme along into an address that has one already: `https://https://…`.
enum AddressLint {
  static func check(
    _ provider: Provider, _ declarations: FieldDeclarations, _ report: inout LintReport
  ) {
    let hosts = namesBehindScheme(in: provider)
    for field in provider.fields where hosts.contains(field.id) {
      guard let source = source(ofSchemeIn: field) else { continue }
      report.warning(
        "the \(source) of \"\(field.id.name)\" begins with a scheme, and so does the address that it stands in",
        line: declarations[field.id]?.line(of: source) ?? field.line,
        advice: "ask for the host alone, and give it the prefix https://, which is only shown")
    }
  }

  /// The fields that stand directly behind `https://`.
  private static func namesBehindScheme(in provider: Provider) -> Set<Field.ID> {
    var found: Set<Field.ID> = []
    for text in provider.addressTemplates {
      let sides = Template.alternatives(text).map { [$0.left, $0.right] } ?? [text]
      for side in sides {
        let parts = Template(side).parts
        guard parts.count > 1, case .literal(let scheme) = parts[0], hasScheme(scheme),
          scheme.hasSuffix("://"), case .name(let name) = parts[1]
        else { continue }
        found.insert(provider.field(named: name))
      }
    }
    return found
  }

  /// The key whose value has a scheme.
  private static func source(ofSchemeIn field: Field) -> String? {
    if hasScheme(field.example ?? "") { return "example" }
    if hasScheme(field.defaultValue ?? "") { return "default_value" }
    if field.choices.contains(where: hasScheme) { return "enum" }
    if field.format == .uri { return "format" }
    guard let pattern = field.pattern.flatMap({ try? Pattern($0) }) else { return nil }
    let isBare = pattern.matches("tea.example") || pattern.matches("tea")
    return !isBare && pattern.matches("https://tea.example") ? "pattern" : nil
  }

  private static func hasScheme(_ text: String) -> Bool {
    text.hasPrefix("https://") || text.hasPrefix("http://")
  }
}
