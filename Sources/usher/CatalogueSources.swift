internal import Basics
internal import Catalogues
internal import GuideFetching
internal import Store

/// The places that guides come from.
enum CatalogueSources {
  /// In ascending order of weight: built in, the administrator's, the user's, and what `--guides` names. Folders that do
  /// not exist hold nothing; one that was named has to exist.
  ///
  /// Folders of fetched guides stand below the user's own, and weigh less than what the user wrote.
  /// - Parameter fetched: a folder of fetched guides that may stand elsewhere.
  static func catalogue(adding named: String?, fetched: String? = nil) -> Catalogue {
    var sources: [Catalogue.Source] = [.builtIn, .folder("/etc/usher/guides")]
    let location = location()
    // For root this is the administrator's folder once more; the catalogue counts it once.
    if let location {
      let own = guides(in: location)
      sources += FetchedFolder.all(in: own).map { .folder($0.path) }
      sources.append(.folder(own))
    }
    if let fetched { sources.append(.folder(fetched)) }
    if let named { sources.append(.namedFolder(named)) }
    return Catalogue(
      sources: sources, cache: location.map { IndexCache(directory: $0.cache) })
  }

  /// Where the user's own guides are kept, whether it exists or not; nil when nothing says where home is.
  static func ownFolder() -> String? {
    location().map(guides)
  }

  /// The folder that a command writes guides into: the one that was named, else the user's own.
  /// - Parameter option: the one that names a folder.
  static func writableFolder(_ named: String?, option: String) throws(CommandError) -> String {
    if let folder = named ?? ownFolder() { return folder }
    throw .usage(
      Explanation(
        what: "there is no folder of your own for guides",
        why: "neither HOME nor XDG_CONFIG_HOME says where it is",
        advice: "name a folder with \(option)"))
  }

  private static func location() -> StoreLocation? {
    try? StoreLocation(in: StoreEnvironment(variables: Environment.current().variables))
  }

  private static func guides(in location: StoreLocation) -> String {
    "\(location.configuration)/guides"
  }
}
