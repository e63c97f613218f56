internal import Guides
internal import Store

/// The places that guides come from.
enum CatalogueSources {
  /// In ascending order of weight: built in, the administrator's, the user's, and what `--guides` names. Folders that do
  /// not exist hold nothing; one that was named has to exist.
  static func catalogue(adding named: String?) -> Catalogue {
    var sources: [Catalogue.Source] = [.builtIn, .folder("/etc/usher/guides")]
    if let own = ownFolder().map(Catalogue.Source.folder), !sources.contains(own) {
      sources.append(own)
    }
    var cache: IndexCache?
    if let location = try? StoreLocation(
      in: StoreEnvironment(variables: Environment.current().variables))
    {
      cache = IndexCache(directory: location.cache)
    }
    if let named { sources.append(.namedFolder(named)) }
    return Catalogue(sources: sources, cache: cache)
  }

  /// Where the user's own guides are kept, whether it exists or not; nil when nothing says where home is.
  static func ownFolder() -> String? {
    let environment = StoreEnvironment(variables: Environment.current().variables)
    return (try? StoreLocation(in: environment)).map { "\($0.configuration)/guides" }
  }
}
