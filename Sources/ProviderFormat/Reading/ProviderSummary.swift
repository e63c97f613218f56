package import Basics

/// What lists and searches need of an entry after alias expansion. An index of 100,000 providers is made of these: the
/// rest of an entry is not decoded for it.
package struct ProviderSummary {
  package let slug: String
  package let displayName: String
  package let categories: [String]
  package let authMode: AuthMode
  package let docsConnect: String?
  package let domain: String?
  /// One-based line of the slug.
  package let line: Int

  package init(slug: String, entry: Value.Map, line: Int) {
    self.slug = slug
    displayName = entry["display_name"]?.text ?? slug
    categories = entry["categories"]?.texts ?? []
    authMode = AuthMode(rawValue: entry["auth_mode"]?.text ?? "")
    docsConnect = entry["docs_connect"]?.text
    domain = entry["usher"]?["domain"]?.text
    self.line = line
  }

  package init(_ provider: Provider) {
    slug = provider.slug
    displayName = provider.displayName
    categories = provider.categories
    authMode = provider.authMode
    docsConnect = provider.docsConnect
    domain = provider.usher.domain
    line = provider.line
  }
}
