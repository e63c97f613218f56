internal import Guides
internal import Store

/// The places that guides come from, in ascending order of weight.
enum CatalogueSources {
  /// Built in, the administrator's, the user's, and what `--guides` names. Folders that do not exist hold nothing;
  /// one that was named has to exist.
  static func standard(adding named: String?) -> [Catalogue.Source] {
    var sources: [Catalogue.Source] = [.builtIn, .folder("/etc/usher/guides")]
    let environment = StoreEnvironment(variables: Environment.current().variables)
    if let location = try? StoreLocation(in: environment) {
      let own = Catalogue.Source.folder("\(location.configuration)/guides")
      if !sources.contains(own) { sources.append(own) }
    }
    if let named { sources.append(.namedFolder(named)) }
    return sources
  }
}
