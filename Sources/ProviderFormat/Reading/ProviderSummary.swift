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
  /// Whether an account can be linked from here.
  package let canBeLinked: Bool
  /// The domain that its requests go to; nil where the user names it.
  package let domain: String?
  /// The hosts that the entry names, in lower case and each once, as far as they are fixed: of
  /// `https://${subdomain}.acme.example/v1` it is `acme.example`. People know a service by its address.
  package let hosts: [String]
  /// One-based line of the slug.
  package let line: Int

  /// What is read of an entry for a summary: the keys that its initializer asks for, and those that decide whether the
  /// entry can be used.
  package static let keys: KeptKeys = {
    var keys: [String: KeptKeys] = [
      "usher": .named(["domain": .all]), "proxy": .named(["base_url": .all]),
    ]
    for key in [
      "display_name", "categories", "auth_mode", "docs_connect", "authorization_url", "token_url",
      "alias", LinkObstacle.webhookKey,
    ] {
      keys[key] = .all
    }
    for scope in Field.Scope.allCases { keys[scope.rawValue] = .each(.nothing) }
    return .named(keys)
  }()

  /// Of an expanded entry, as `Provider` reads it, without reading the rest.
  package init(slug: String, entry: Value.Map, line: Int) {
    self.slug = slug
    displayName = (entry["display_name"]?.text).map(ProviderSummary.oneLine) ?? slug
    categories = entry["categories"]?.texts ?? []
    authMode = AuthMode(rawValue: entry["auth_mode"]?.text ?? "")
    canBeLinked = LinkObstacle(slug: slug, mode: authMode, entry: entry) == nil
    docsConnect = entry["docs_connect"]?.text
    domain = entry["usher"]?["domain"]?.text
    hosts = ProviderSummary.hosts(
      [
        domain, entry["proxy"]?["base_url"]?.text, entry["authorization_url"]?.text,
        entry["token_url"]?.text,
      ])
    self.line = line
  }

  /// A name stands in the middle of sentences, each of which is a line.
  private static func oneLine(_ name: String) -> String {
    guard name.utf8.contains(where: \.isLineEnd) else { return name }
    return String(name.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 })
  }

  /// The same as of the provider's own entry.
  package init(_ provider: Provider) {
    slug = provider.slug
    displayName = provider.displayName
    categories = provider.categories
    authMode = provider.authMode
    canBeLinked = LinkObstacle(provider) == nil
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

  /// What of an address's host does not depend on values; nil when that is no domain. By bytes: an index asks for those of
  /// thousands of entries.
  private static func fixedHost(of address: String) -> String? {
    let bytes = Array(address.utf8)
    let start = bytes.withBytes { $0.firstOffset(of: "://".utf8) }.map { $0 + 3 } ?? 0
    var host = bytes[start...].prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    if let value = host.lastIndex(of: UInt8(ascii: "}")) { host = host[(value + 1)...] }
    host = host.prefix {
      $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "|")
    }
    let labels = host.split(separator: UInt8(ascii: "."))
    guard labels.count > 1 else { return nil }
    let name = labels.joined(separator: [UInt8(ascii: ".")])
    return String(decoding: Array(name), as: UTF8.self).lowercased()
  }
}
