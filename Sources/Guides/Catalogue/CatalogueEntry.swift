/// A provider as a list shows it.
package struct CatalogueEntry: Sendable, Equatable {
  package var slug: String
  package var displayName: String
  package var categories: [String]
  package var authMode: Provider.AuthMode
  package var origin: Provider.Origin
  /// The provider's domain, shown beside names that are easily confused.
  package var domain: String?
  package var hasGuide: Bool
  /// In lower case, so that `iam` does not come behind `Zoho`.
  let sortKey: String

  package init(_ provider: Provider, hasGuide: Bool) {
    slug = provider.slug
    displayName = provider.displayName
    categories = provider.categories
    authMode = provider.authMode
    origin = provider.origin
    domain = provider.usher.domain
    self.hasGuide = hasGuide
    sortKey = provider.displayName.lowercased()
  }

  /// Whether a form alone finishes the link.
  package var isFormBased: Bool { authMode.isFormBased }
}
