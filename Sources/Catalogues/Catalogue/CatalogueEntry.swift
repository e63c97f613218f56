package import ProviderFormat

/// A provider as a list shows it.
package struct CatalogueEntry: Sendable, Equatable {
  package var slug: String
  package var displayName: String
  package var categories: [String]
  package var authMode: AuthMode
  package var origin: Provider.Origin
  /// Where entries of the same slug come from that this one stands in place of, the weightiest first.
  package var shadowed: [Provider.Origin]
  /// The provider's domain, shown beside names that are easily confused.
  package var domain: String?
  package var hasGuide: Bool

  /// Whether a form alone finishes the link.
  package var isFormBased: Bool { authMode.isFormBased }
}
