internal import Basics
internal import ProviderFormat

/// Looks for fields that are asked and then used nowhere.
enum UnusedFieldLint {
  /// Settings that the engine itself knows, without a template that names them.
  private static let engine: Set = [
    "oauth_scopes", "external_id", "region", "accountId",
  ]

  static func check(_ provider: Provider, _ report: inout LintReport) {
    guard isJudged(provider) else { return }
    let known = used(by: provider)
    for field in provider.fields where !field.isHidden && !field.isAutomated {
      guard !known.contains(field.id.name) else { continue }
      report.warning(
        "\"\(field.id.name)\" is asked and used nowhere", line: field.line,
        advice: "name it in a template, for instance ${\(field.id.templateName)}, or remove it")
    }
  }

  /// A script may use any field, a browser's flow has fields of its own, and what the API is called by may not be
  /// written down at all.
  private static func isJudged(_ provider: Provider) -> Bool {
    provider.authMode.rules.namesItsFields
      && provider.verificationScript == nil && provider.entry["post_connection_script"] == nil
      && provider.proxy.baseURL != nil
      && !provider.fields.contains { $0.id.scope == .integrationConfig && $0.id.name == "keyName" }
  }

  /// Names without their scope: a token's address takes them from either.
  private static func used(by provider: Provider) -> Set<String> {
    var names = engine
    for template in provider.templates {
      names.formUnion(Template(template.text).names.map { provider.field(named: $0).name })
    }
    // The API key is used by whoever calls the API, if nothing else says where it goes.
    names.formUnion(BaseCredentials.names(of: provider))
    for derivation in provider.usher.derivations {
      if case .pattern(_, let source) = derivation.source { names.insert(source.name) }
    }
    for step in provider.usher.check {
      if let id = step.skip.flatMap({ Field.ID($0.field) }) { names.insert(id.name) }
    }
    for field in provider.fields {
      if let condition = field.visibleWhen { names.insert(condition.field) }
    }
    return names
  }
}
