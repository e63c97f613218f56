package import Guides

/// The providers that can be chosen, for searching as one types. Answers from memory.
package protocol ProviderIndex: Sendable {
  /// All of them, in the order of their names.
  var entries: [CatalogueEntry] { get }
  /// Those that fit what was typed, the best first; all of them for an empty text.
  func search(_ query: String) -> [CatalogueEntry]
}

extension Catalogue: ProviderIndex {}
