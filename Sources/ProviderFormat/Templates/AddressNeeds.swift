internal import Basics

extension Provider {
  /// The templates of every address that a request goes to: of the API, of its check, and of the token.
  package var addressTemplates: [String] {
    let base = [proxy.baseURL, proxy.verification?.baseURLOverride].compactMap { $0 }
    let token = [entry["token_url"]?.text ?? entry["token_url"]?[authMode.rawValue]?.text]
    let steps = (entry["additional_steps"]?.list ?? []).map { $0["token_url"]?.text }
    return base + (proxy.verification?.endpoints ?? []) + (token + steps).compactMap { $0 }
      + usher.check.map(\.url)
  }

  /// The settings without which an address cannot be made. Of an address with a second form (`L || R`) none is needed.
  package var settingsNeededInAddresses: Set<Field.ID> {
    let names = addressTemplates.filter { Template.alternatives($0) == nil }
      .flatMap { Template($0).names }
    let settings = names.compactMap { Field.ID(templateName: $0) }.filter {
      $0.scope == .connectionConfig || $0.scope == .integrationConfig
    }
    return Set(settings)
  }
}
