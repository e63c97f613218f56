internal import Basics
internal import Catalogues
internal import GuideFetching
internal import Store

/// The places that guides come from.
enum CatalogueSources {
  /// In ascending order of weight: built in, the administrator's, the user's, and what `--guides` names, or else the
  /// settings. Folders that do not exist hold nothing; one that was named has to exist.
  ///
  /// Folders of fetched guides stand below the user's own, and weigh less than what the user wrote.
  /// - Parameters:
  ///   - fetched: a folder of fetched guides that may stand elsewhere.
  ///   - project: the folder of guides that a project brings along. It weighs least: what comes with a project is
  ///     foreign, and must not send the key of a provider that is known to another address.
  static func catalogue(
    adding named: String?, fetched: String? = nil, project: String? = nil
  ) -> Catalogue {
    var sources: [Catalogue.Source] = project.map { [.folder($0)] } ?? []
    sources += [.builtIn, .folder("/etc/usher/guides")]
    let location = location()
    // For root this is the administrator's folder once more; the catalogue counts it once.
    if let location {
      let own = guides(in: location)
      sources += FetchedFolder.all(in: own).map { .folder($0.path) }
      sources.append(.folder(own))
    }
    if let fetched { sources.append(.folder(fetched)) }
    let folders = named.map { [$0] } ?? Settings.current.guides ?? []
    sources += folders.reversed().map { .namedFolder($0) }
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
    try? StoreLocation(in: Settings.current.surroundings)
  }

  private static func guides(in location: StoreLocation) -> String {
    "\(location.configuration)/guides"
  }
}
