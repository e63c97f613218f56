/// Looks for names in templates that nothing fills.
enum TemplateLint {
  /// Parts of an entry that hold no templates: fields, texts for people, names of scripts.
  private static let plain: Set = [
    "credentials", "connection_config", "assertion_option", "integration_config", "docs",
    "docs_connect", "display_name", "categories", "usher", "setup_guide_url",
  ]

  /// Names that the engine fills itself.
  private static let engine: Set = [
    "accessToken", "refresh_token", "refreshToken", "token", "random", "method", "host", "path",
    "params", "endpoint", "urlCanonicalParams", "bodyCanonicalParams", "contentType", "clientId",
    "clientSecret", "external_id",
  ]

  static func check(_ provider: Provider, _ report: inout LintReport) {
    let names = Names(provider)
    for member in provider.entry.members where !plain.contains(member.key) {
      check(member.value, line: member.line, names, &report)
    }
    guard let usher = provider.entry["usher"]?.map else { return }
    for member in usher.members where ["check", "revoke"].contains(member.key) {
      check(member.value, line: member.line, names, &report)
    }
  }

  private static func check(
    _ value: Value, line: Int, _ names: Names, _ report: inout LintReport
  ) {
    each(value, line: line) { check($0, line: $1, names, &report) }
  }

  /// Hands on every text of a value with the line it stands on.
  static func each(_ value: Value, line: Int, _ body: (String, Int) -> Void) {
    switch value {
    case .string(let text): body(text, line)
    case .list(let list): for inner in list { each(inner, line: line, body) }
    case .map(let map):
      for member in map.members {
        each(member.value, line: member.line == 0 ? line : member.line, body)
      }
    case .null, .bool, .int, .double: break
    }
  }

  /// All names in the templates of an entry, in whatever part of it.
  static func names(in provider: Provider) -> Set<String> {
    var names: Set<String> = []
    for member in provider.entry.members where !plain.contains(member.key) || member.key == "usher"
    {
      each(member.value, line: member.line) { text, _ in
        for case .name(let name) in TemplateNames.parts(of: text) { names.insert(name) }
      }
    }
    return names
  }

  private static func check(
    _ template: String, line: Int, _ names: Names, _ report: inout LintReport
  ) {
    for part in TemplateNames.parts(of: template) {
      switch part {
      case .unclosed:
        report.error(
          "a ${ is not closed in \"\(template)\"", line: line, advice: "add the missing }")
      case .name(let name) where !names.fill(name):
        report.error(
          "nothing fills ${\(name)}", line: line,
          advice: "declare a field of that name, or correct the name")
      case .name: break
      }
    }
  }

  /// What the fields of a provider and its answers can fill.
  private struct Names {
    private var known: Set<String>
    private let takesAnswers: Bool

    init(_ provider: Provider) {
      known = TemplateLint.engine
      for name in BaseCredentials.names(of: provider) {
        known.formUnion([name, "credentials.\(name)"])
      }
      for field in provider.fields {
        switch field.id.scope {
        case .credentials: known.formUnion([field.id.name, "credentials.\(field.id.name)"])
        case .connectionConfig: known.insert("connectionConfig.\(field.id.name)")
        case .assertionOption: known.insert("assertionOption.\(field.id.name)")
        case .integrationConfig:
          known.formUnion([
            field.id.name, "connectionConfig.\(field.id.name)", "credentials.\(field.id.name)",
            "integrationConfig.\(field.id.name)",
          ])
        }
      }
      for key in ["token_response_metadata", "redirect_uri_metadata", "webhook_response_metadata"] {
        for name in provider.entry[key]?.texts ?? [] { known.insert("connectionConfig.\(name)") }
      }
      for derivation in provider.usher.derivations {
        if case .name(let name) = derivation.target { known.insert("derived.\(name)") }
      }
      // A script can add settings, and a browser's flow brings credentials of its own.
      takesAnswers =
        provider.entry["post_connection_script"] != nil || !provider.authMode.isFormBased
    }

    func fill(_ name: String) -> Bool {
      if known.contains(name) || name.hasPrefix("now") { return true }
      if name.hasPrefix("step"), name.contains(".") { return true }
      return takesAnswers && !name.hasPrefix("derived.")
    }
  }
}
