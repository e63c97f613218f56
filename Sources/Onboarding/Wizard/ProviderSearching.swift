package import Catalogues

/// The providers that can be chosen, for searching as one types. Answers from memory, and decodes no more than is looked
/// at.
package protocol ProviderSearching: Sendable {
  /// All of them, in the order of their names.
  var entries: SearchResults { get }
  /// Those that fit what was typed, the best first; for an empty text all of them, those first that can be linked here.
  func search(_ query: String) -> SearchResults
  /// What may be missing among them because it could not be read; nil where nothing is.
  var unread: UnreadGuides? { get }
}

extension Catalogue: ProviderSearching {}

extension MergedProviders: ProviderSearching {
  /// Whoever has them at hand has read them.
  package var unread: UnreadGuides? { nil }
}
