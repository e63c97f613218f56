internal import ArgumentParser
internal import Credentials
internal import Guides
internal import Store

extension CompletionKind {
  /// The names of what is linked, and the providers where that is enough.
  static var connections: CompletionKind {
    .custom { _, _, _ in
      guard
        let location = try? StoreLocation(
          in: StoreEnvironment(variables: Environment.current().variables)),
        let entries = try? SQLiteStore(at: location).list()
      else { return [] }
      return entries.map { $0.name.shortest }
    }
  }

  /// The slugs of all providers that a form can link.
  static var providers: CompletionKind {
    .custom { _, _, _ in
      Catalogue(sources: CatalogueSources.standard(adding: nil)).entries
        .filter(\.isFormBased).map(\.slug)
    }
  }
}
