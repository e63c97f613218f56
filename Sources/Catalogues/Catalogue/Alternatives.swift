package import ProviderFormat

extension Sequence<CatalogueEntry> {
  /// Providers of the same service that can be linked from here, for one that cannot; the nearest names first.
  ///
  /// Files do not say which entries belong together, but their slugs do: `acme`, `acme-oauth` and `acme-api-key` differ
  /// in the words for the way of signing in. Entries of one company's other services (`acme-mail`) are not meant.
  package func alternatives(to provider: Provider) -> [CatalogueEntry] {
    let service = Slug.service(of: provider.slug)
    return filter {
      $0.canBeLinked && $0.slug != provider.slug && Slug.service(of: $0.slug) == service
    }.sorted { ($0.slug.count, $0.slug) < ($1.slug.count, $1.slug) }
  }
}

private enum Slug {
  /// Words at the end of a slug that say how accounts are linked, or in which environment.
  private static let ways: Set<Substring> = [
    "access", "account", "api", "app", "auth", "basic", "bearer", "bot", "cc", "certificate",
    "client", "code", "credential", "credentials", "grant", "jwt", "key", "m2m", "mcp", "oauth",
    "oauth1", "oauth2", "pat", "password", "personal", "private", "public", "sandbox", "secret",
    "service", "static", "token", "user",
  ]

  /// The slug without those words; never less than its first one.
  static func service(of slug: String) -> [Substring] {
    var words = slug.split(separator: "-")
    while words.count > 1, let last = words.last, ways.contains(last) { words.removeLast() }
    return words
  }
}
