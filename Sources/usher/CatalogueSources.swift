internal import Guides
internal import Store

/// The places that guides come from, in ascending order of weight.
enum CatalogueSources {
  /// Built in, the administrator's, the user's, and what `--guides` names. Folders that do not exist hold nothing;
  /// one that was named has to exist.
  static func standard(adding named: String?) -> [Catalogue.Source] {
    var sources: [Catalogue.Source] = [.builtIn, .folder("/etc/usher/guides")]
    if let own = ownFolder().map(Catalogue.Source.folder), !sources.contains(own) {
      sources.append(own)
    }
    if let named { sources.append(.namedFolder(named)) }
    return sources
  }

  /// Where the user's own guides are kept, whether it exists or not; nil when nothing says where home is.
  static func ownFolder() -> String? {
    let environment = StoreEnvironment(variables: Environment.current().variables)
    return (try? StoreLocation(in: environment)).map { "\($0.configuration)/guides" }
  }
}
