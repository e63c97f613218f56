internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Connections
internal import Store

extension CompletionKind {
  /// The names of what is linked, and the providers where that is enough.
  static var connections: CompletionKind {
    .custom { _, _, _ in
      guard
        let location = try? StoreLocation(
          in: StoreEnvironment(variables: Environment.current().variables)),
        let entries = try? StoreHandle(at: location).session().list()
      else { return [] }
      return entries.map { $0.name.shortest }
    }
  }

  /// The slugs of all providers that a form can link.
  static var providers: CompletionKind {
    .custom { words, _, typed in
      let option = words.firstIndex(of: "--guides").map { $0 + 1 }
      let folder = option.flatMap { words.indices.contains($0) ? words[$0] : nil }
      return CatalogueSources.catalogue(adding: folder).search(typed)
        .filter { $0.isFormBased && $0.slug.hasPrefix(typed) }.map(\.slug)
    }
  }
}
