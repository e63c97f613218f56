package import Basics

/// What lists and searches need of an entry after alias expansion. An index of 100,000 providers is made of these: the
/// rest of an entry is not decoded for it.
package struct ProviderSummary {
  /// The entry's name.
  package let slug: String
  /// The name that people know.
  package let displayName: String
  /// Words that search finds it by.
  package let categories: [String]
  /// How its credentials work.
  package let authMode: AuthMode
  /// The address of its guide, as the entry names it.
  package let docsConnect: String?
  /// The domain that its requests go to; nil where the user names it.
  package let domain: String?
  /// The hosts that the entry names, in lower case and each once, as far as they are fixed: of
  /// `https://${subdomain}.acme.example/v1` it is `acme.example`. People know a service by its address.
  package let hosts: [String]
  /// One-based line of the slug.
  package let line: Int

  package init(slug: String, entry: Value.Map, line: Int) {
    self.slug = slug
    displayName = entry["display_name"]?.text ?? slug
    categories = entry["categories"]?.texts ?? []
    authMode = AuthMode(rawValue: entry["auth_mode"]?.text ?? "")
    docsConnect = entry["docs_connect"]?.text
    domain = entry["usher"]?["domain"]?.text
    hosts = ProviderSummary.hosts(
      [
        domain, entry["proxy"]?["base_url"]?.text, entry["authorization_url"]?.text,
        entry["token_url"]?.text,
      ])
    self.line = line
  }

  package init(_ provider: Provider) {
    slug = provider.slug
    displayName = provider.displayName
    categories = provider.categories
    authMode = provider.authMode
    docsConnect = provider.docsConnect
    domain = provider.usher.domain
    hosts = ProviderSummary.hosts(
      [
        domain, provider.proxy.baseURL, provider.entry["authorization_url"]?.text,
        provider.entry["token_url"]?.text,
      ])
    line = provider.line
  }

  private static func hosts(_ addresses: [String?]) -> [String] {
    var hosts: [String] = []
    for address in addresses.compactMap(\.self) {
      // Of two addresses, either of which may be meant, the first says who it is.
      guard let host = fixedHost(of: address), !hosts.contains(host) else { continue }
      hosts.append(host)
    }
    return hosts
  }

  /// What of an address's host does not depend on values; nil when that is no domain.
  private static func fixedHost(of address: String) -> String? {
    var rest = address[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    var host = rest.prefix { !"/?#".contains($0) }
    if let value = host.lastIndex(of: "}") { host = host[host.index(after: value)...] }
    host = host.prefix { $0 != ":" && $0 != " " && $0 != "|" }
    let name = host.lowercased().split(separator: ".").joined(separator: ".")
    return name.contains(".") ? name : nil
  }
}
