internal import Basics

extension Provider {
  /// The templates of every address that a request goes to: of the API, of its check, and of the token.
  package var addressTemplates: [String] { requestAddresses + tokenAddresses }

  private var requestAddresses: [String] {
    let base = [proxy.baseURL, proxy.verification?.baseURLOverride].compactMap { $0 }
    return base + (proxy.verification?.endpoints ?? []) + usher.check.map(\.url)
  }

  private var tokenAddresses: [String] {
    let first = entry["token_url"]?.text ?? entry["token_url"]?[authMode.rawValue]?.text
    let steps = (entry["additional_steps"]?.list ?? []).map { $0["token_url"]?.text }
    return ([first] + steps).compactMap { $0 }
  }

  /// The fields without which an address cannot be made. Of an address with a second form (`L || R`) none is needed.
  package var fieldsNeededInAddresses: Set<Field.ID> {
    let places: [(addresses: [String], scope: TemplateScope)] = [
      (requestAddresses, .address), (tokenAddresses, .token),
    ]
    var needed: Set<Field.ID> = []
    for place in places {
      for address in place.addresses where Template.alternatives(address) == nil {
        for name in Template(address).names {
          needed.formUnion(fields(named: name, in: place.scope))
        }
      }
    }
    return needed
  }
}
