package import ProviderFormat

/// A provider as a list shows it.
package struct CatalogueEntry: Sendable, Equatable {
  /// The entry's name.
  package var slug: String
  /// The name that people know.
  package var displayName: String
  /// Words that search finds it by.
  package var categories: [String]
  /// How its credentials work.
  package var authMode: AuthMode
  /// Where the entry comes from.
  package var origin: Provider.Origin
  /// Where entries of the same slug come from that this one stands in place of, the weightiest first.
  package var shadowed: [Provider.Origin]
  /// The provider's domain, shown beside names that are easily confused.
  package var domain: String?
  /// Whether somebody has written a guide for it.
  package var hasGuide: Bool

  /// Whether an account can be linked from here, by a form or with a person's consent.
  package var canBeLinked: Bool

  /// Whether a form alone finishes the link.
  package var isFormBased: Bool { authMode.isFormBased }
}
