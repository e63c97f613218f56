import Guides
import Onboarding

/// An index of given providers. Finds names that hold what was typed.
struct SampleIndex: ProviderIndex {
  let entries: [CatalogueEntry]

  init(_ providers: [Provider]) {
    entries = providers.map { CatalogueEntry($0, hasGuide: true) }
  }

  func search(_ query: String) -> [CatalogueEntry] {
    entries.filter { query.isEmpty || $0.displayName.lowercased().contains(query.lowercased()) }
  }
}
