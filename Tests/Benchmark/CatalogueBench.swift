import Catalogues
import TestSupport

/// The catalogue at size: making an index, opening it again, and searching at each key.
struct CatalogueBench {
  /// What people type, mistakes and all, from cheap to dear.
  private static let queries = [
    "a", "am", "amb", "amber", "amberm", "mail", "cloud key", "e", "ledger sandbox", "grnaite",
    "coperboard", "frost peopel", "pay", "popular", "zzzz", "delta-forms-api-key", "s", "o p",
    "emberdesk 12", "xxxxxxxxxxxx",
  ]
  private static let rounds = 11
  private static let firstRows = 20

  let name: String
  let folder: String
  /// The cache's directory.
  let cache: String

  func run() {
    let clock = ContinuousClock()
    var count = 0
    let cold = clock.measure { count = open().count }
    Benchmark.report("\(name): index of \(count) made", "ms", [milliseconds(cold)])
    let warm = (0..<CatalogueBench.rounds).map { _ in
      milliseconds(clock.measure { _ = open().prefix(CatalogueBench.firstRows).map(\.displayName) })
    }
    Benchmark.report("\(name): index opened, first rows read", "ms", warm)
    let catalogue = catalogue()
    let keys = CatalogueBench.queries.flatMap { query in
      (0..<CatalogueBench.rounds).map { _ in
        milliseconds(
          clock.measure {
            _ = catalogue.search(query).prefix(CatalogueBench.firstRows).map(\.displayName)
          })
      }
    }
    Benchmark.report("\(name): search at a key, first rows read", "ms", keys)
    let slugs = catalogue.entries.prefix(5).map(\.slug)
    let opened = slugs.map { slug in
      milliseconds(clock.measure { _ = self.catalogue().form(slug) })
    }
    Benchmark.report("\(name): one provider with its guide", "ms", opened)
  }

  private func catalogue() -> Catalogue {
    Catalogue(
      sources: [.builtIn, .namedFolder(folder)], cache: IndexCache(directory: cache))
  }

  private func open() -> SearchResults { catalogue().entries }

  private func milliseconds(_ time: Duration) -> Double {
    Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3
  }
}
