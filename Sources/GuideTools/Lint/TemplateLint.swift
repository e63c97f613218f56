internal import Basics
internal import ProviderFormat

/// Looks for names in templates that nothing fills in the place where they stand.
enum TemplateLint {
  static func check(_ provider: Provider, _ report: inout LintReport) {
    let values = TemplateValues(provider)
    for template in provider.templates {
      let parsed = Template(template.text)
      if parsed.literals.contains(where: { $0.contains("${") }) {
        report.error(
          "a ${ is not closed in \"\(template.text)\"", line: template.line,
          advice: "add the missing }")
      }
      for name in parsed.names where !values.fill(name, in: template) {
        check(name, in: template, values, &report)
      }
    }
  }

  /// Says what is wrong with a name that has no value: no function, of another place, or of none.
  private static func check(
    _ name: String, in template: PlacedTemplate, _ values: TemplateValues,
    _ report: inout LintReport
  ) {
    let functions = TemplateFunction.allCases.map(\.rawValue)
    if let open = name.firstIndex(of: "(") {
      let function = String(name[..<open])
      report.error(
        "there is no function \(function)", line: template.line,
        advice: SpellingSuggestion.of(function, in: Set(functions)).map { "did you mean \($0)?" }
          ?? "use one of: \(functions.joined(separator: ", "))")
    } else if values.fillAnywhere(name) {
      report.error(
        "nothing fills ${\(name)} in \(template.place)", line: template.line,
        advice: "name something that is known there; this is known in other places")
    } else {
      report.error(
        "nothing fills ${\(name)}", line: template.line,
        advice: "declare a field of that name, or correct the name")
    }
  }
}

/// What the fields of a provider and its answers can fill.
private struct TemplateValues {
  private let provider: Provider
  private var fields: Set<Field.ID>
  private let derived: Set<String>
  /// Made or fetched on the way to the token.
  private let fetched: Set<String>
  private let hasToken: Bool
  /// How many requests for the token follow the first one.
  private let steps: Int
  /// A browser's flow brings names of its own.
  private let isFree: Bool

  init(_ provider: Provider) {
    self.provider = provider
    let entry = provider.entry
    let mode = provider.authMode
    fields = Set(provider.fields.map(\.id))
    fields.formUnion(BaseCredentials.names(of: provider).map { .init(.credentials, $0) })
    fields.formUnion(GeneratedFields.all(of: provider).map(\.id))
    for key in ["token_response_metadata", "redirect_uri_metadata", "webhook_response_metadata"] {
      fields.formUnion((entry[key]?.texts ?? []).map { .init(.connectionConfig, $0) })
    }
    derived = Set(
      provider.usher.derivations.compactMap { derivation in
        if case .name(let name) = derivation.target { "derived.\(name)" } else { nil }
      })
    let halves = provider.dividedCredentials.flatMap(Provider.halves)
    var fetched = halves + halves.map { "credentials.\($0)" }
    if mode == .twoStep {
      if entry["signature"] != nil { fetched.append("token") }
      if entry["assertion"] != nil { fetched.append("credentials.assertion") }
      if entry["token_response_headers"] != nil { fetched += TemplateScope.cookies }
    }
    self.fetched = Set(fetched)
    steps = mode == .twoStep ? entry["additional_steps"]?.list?.count ?? 0 : 0
    hasToken = [.jwt, .signature, .oauth2ClientCredentials, .twoStep, .bill].contains(mode)
    isFree = !mode.isFormBased
  }

  /// Whether the engine has a value for a name where a template stands.
  func fill(_ name: String, in template: PlacedTemplate) -> Bool {
    fill(name, in: template.scope, after: template.steps)
      || template.scope == .elsewhere && TemplateScope.renewal.contains(name)
  }

  func fillAnywhere(_ name: String) -> Bool { fill(name, in: .elsewhere, after: steps) }

  private func fill(_ name: String, in scope: TemplateScope, after answered: Int) -> Bool {
    if provider.fields(named: name, in: scope).contains(where: isKnown) { return true }
    if scope.contains(.request), TemplateScope.requestFacts.contains(name) { return true }
    let needed = TemplateScope(ofValue: name)
    if needed == .derived { return scope.contains(.derived) && derived.contains(name) }
    if isFree { return true }
    guard scope.contains(needed) else { return false }
    if needed == .accessToken { return hasToken }
    return fetched.contains(name) || isAnswer(name, after: min(steps, answered))
  }

  /// A script can add settings.
  private func isKnown(_ field: Field.ID) -> Bool {
    fields.contains(field)
      || field.scope == .connectionConfig && provider.entry["post_connection_script"] != nil
  }

  /// Whether a name is that of a part of an earlier answer: `step1.access_token`.
  private func isAnswer(_ name: String, after steps: Int) -> Bool {
    guard steps > 0, name.hasPrefix("step"), let dot = name.firstIndex(of: ".") else {
      return false
    }
    let number = Int(name[..<dot].dropFirst("step".count))
    return number.map { (1...steps).contains($0) } ?? false
  }
}
