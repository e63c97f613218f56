internal import Basics

/// The settings of which an entry says that a server fills them (`automated`), and that nothing in a link with a person's
/// consent brings: the application's owner has set them there, who is the operator here.
enum OwnersFields {
  /// In the entry's order, as they are asked. What is needed may not stay empty: what an address, the question to the
  /// provider, a token request or a header cannot be written without.
  /// - Parameter others: fields that are asked anyway.
  static func all(of provider: Provider, besides others: [Field.ID]) -> [Field] {
    guard !provider.authMode.isFormBased else { return [] }
    let uses = SettingUses(provider)
    let found = FoundSettings.names(of: provider)
    return provider.fields.compactMap { field in
      guard field.isAutomated, field.id.scope == .connectionConfig, !others.contains(field.id),
        !found.contains(field.id.name), let use = uses.uses[field.id.name]
      else { return nil }
      var asked = field
      asked.isAutomated = false
      asked.isOptional = field.isOptional || use == .possible
      if asked.title.isEmpty { asked.title = ConsentFields.title(of: field.id.name) }
      return asked
    }
  }
}

/// Settings that a link with a person's consent finds out.
private enum FoundSettings {
  /// What the look-ups after a link find, by the names that entries give it.
  private static let lookedUp: Set = [
    "accountId", "baseUri", "botFrameworkAccessToken", "cloudId", "companyId", "company_id", "dc",
    "extension", "handle", "sharepointAccessToken", "site_id", "tenantId",
  ]

  static func names(of provider: Provider) -> Set<String> {
    let (rules, entry) = (AuthorizationRules(provider), provider.entry)
    var names = Set(rules.foundInRedirect + rules.foundInToken)
    names.formUnion(entry["refresh_token_response_metadata"]?.texts ?? [])
    names.formUnion(entry["webhook_response_metadata"]?.texts ?? [])
    if entry["post_connection_script"] != nil { names.formUnion(lookedUp) }
    // The provider tells where an application is installed.
    if [.app, .custom].contains(provider.authMode) { names.insert("installation_id") }
    return names
  }
}

/// Where an entry's templates name settings, and whether they can do without.
private struct SettingUses {
  enum Use { case needed, possible }

  private(set) var uses: [String: Use] = [:]

  /// Settings that only requests name which entries do not tell, by provider.
  private static let besidesTemplates = ["microsoft-teams-bot": ["botHostTenantId"]]

  init(_ provider: Provider) {
    let entry = provider.entry
    // Without a browser the page is only where to read on.
    let isOpened = ![.app, .installPlugin].contains(provider.authMode)
    add(entry["authorization_url"]?.text, isOpened ? .needed : .possible)
    for key in ["token_url", "refresh_url"] {
      add(entry[key]?.text, .needed)
      for member in entry[key]?.map?.members ?? [] { add(member.value.text, .needed) }
    }
    for key in ["authorization_params", "token_params", "refresh_params"] {
      for member in entry[key]?.map?.members ?? [] { add(member.value.text, .needed) }
    }
    add(provider.proxy.baseURL, .needed)
    for name in Self.besidesTemplates[provider.slug] ?? [] {
      add("${connectionConfig.\(name)}", .possible)
    }
    // A request goes out without a header that has no value; what a look-up may find is not insisted on.
    let isLookedUp = entry["post_connection_script"] != nil
    for header in provider.proxy.headers + provider.proxy.query {
      add(header.template, isLookedUp ? .possible : .needed)
    }
  }

  /// - Parameter use: of a template without a second side.
  private mutating func add(_ text: String?, _ use: Use) {
    guard let text else { return }
    let use = Template.alternatives(text) == nil ? use : .possible
    for name in Template(text).names {
      let id = Field.ID(templateName: name) ?? Field.ID(.connectionConfig, name)
      guard id.scope == .connectionConfig, uses[id.name] != .needed else { continue }
      uses[id.name] = use
    }
  }
}
