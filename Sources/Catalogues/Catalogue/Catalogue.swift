package import GuideText
package import ProviderFormat
internal import Synchronization

/// All providers that Usher knows, from the program itself and from folders. Later sources win over earlier ones of
/// the same slug. Sources are read when a question needs them: opening one built-in provider reads two small texts
/// and no folder's files beyond its own. What concerns all providers is answered by the folders' indices.
package final class Catalogue: Sendable {
  /// A place that providers come from.
  package enum Source: Sendable, Equatable {
    case builtIn
    /// A folder that may be missing: the administrator's, the user's.
    case folder(String)
    /// A folder that somebody named, as with `--guides`; it is an error when it is missing.
    case namedFolder(String)
  }

  private let state: Mutex<State>

  /// - Parameters:
  ///   - sources: in ascending order of weight. A folder that stands twice counts at its last place.
  ///   - cache: where indices of folders are kept from one start to the next; nil to make them in memory.
  package init(sources: [Source], cache: IndexCache? = nil) {
    state = Mutex(State(sources, cache))
  }

  /// The provider of that slug, or nil.
  package func provider(_ slug: String) -> Provider? {
    state.withLock { $0.provider(slug) }
  }

  /// What is wrong with the files that should describe a provider, in the weightiest source that has any; nil when they
  /// describe it, and when nothing is known under that name. A source of less weight may have an entry all the same.
  package func problem(with slug: String) -> GuideFinding? {
    state.withLock { $0.problem(with: slug) }
  }

  /// The guide that was written for a provider; nil when there is none.
  package func guide(for provider: Provider) -> Guide? {
    state.withLock { $0.guide(for: provider) }
  }

  /// What a provider asks for, with its guide. A provider without a guide gets a generated one
  /// (`Guide.generated(for:)`), so that every form has at least one step to be asked on. What a guide says of another
  /// program is marked.
  package func form(_ slug: String) -> Form? { provider(slug).map { form(of: $0) } }

  /// The same for an entry that is at hand, be it that of a stored connection: its guide is found by its name.
  package func form(of provider: Provider) -> Form {
    let guide = guide(for: provider)?.markingOtherProgram ?? .generated(for: provider)
    var form = Form(provider: provider, guide: guide)
    for index in form.fields.indices {
      form.fields[index].field.description = OtherProgram.marked(
        form.fields[index].field.description)
    }
    return form
  }

  /// The rights that a provider knows, by its own names, as the weightiest source lists them; empty where none does.
  package func scopes(of slug: String) -> [String] {
    state.withLock { $0.scopes(of: slug) }
  }

  /// All providers as they were when this was first asked for.
  package var listed: MergedProviders { state.withLock { $0.listed() } }

  /// All providers in the order of their names.
  package var entries: SearchResults { listed.entries }

  /// Providers that fit what somebody typed, the best first; all of them for an empty text.
  package func search(_ query: String) -> SearchResults { listed.search(query) }

  /// What a list says of one provider.
  package func entry(_ slug: String) -> CatalogueEntry? {
    let entries = entries
    return entries.index(of: slug).map { entries[$0] }
  }

  /// The file of a provider's guide; nil when there is none.
  package func guideFile(of provider: Provider) -> String? { guidePath(for: provider)?.path }

  /// Up to three slugs that somebody may have meant: by the provider's domain or an address there, else by its name.
  package func suggestions(for slug: String) -> [String] {
    let named = WebDomain(slug).map { domain in entries.filter { $0.answers(to: domain) } } ?? []
    if !named.isEmpty { return named.prefix(3).map(\.slug) }
    for words in [slug] + (WebDomain(slug)?.names ?? []) where !SearchQuery(words).isEmpty {
      let found = search(words).prefix(3).map(\.slug).filter { $0 != slug }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// What stands in the way of entries, with the folder that it is in; the weightiest folder first.
  func folderErrors() -> [(folder: String, finding: GuideFinding)] {
    state.withLock { state in
      _ = state.listed()
      return state.sources.reversed().compactMap { $0 as? FolderSource }.flatMap { source in
        source.findings.filter { $0.severity == .error }.map { (source.path, $0) }
      }
    }
  }

  /// What was odd about the files of all sources, guides not included: those carry their own findings.
  package var findings: [GuideFinding] {
    state.withLock { state in
      _ = state.listed()
      return state.sources.flatMap(\.findings)
    }
  }
}

extension Catalogue {
  /// The file that a provider's entry was read from, for findings.
  package func file(of provider: Provider) -> String? {
    state.withLock { state in
      for index in state.sources.indices.reversed() {
        guard var folder = state.sources[index] as? FolderSource, folder.origin == provider.origin
        else { continue }
        return folder.providerFile(provider.slug)
      }
      return nil
    }
  }

  /// A guide's file, read for the export: addresses in it stay text.
  package struct ReadGuide {
    /// Where the guide lies.
    package let path: GuidePath
    /// As read, without links made of plain addresses.
    package let guide: Guide
  }

  /// Where the guide of a provider lies; nil when it has none.
  package func guidePath(for provider: Provider) -> GuidePath? {
    state.withLock { $0.guidePath(for: provider)?.path }
  }

  /// Every guide that a provider uses or that lies in a folder, each file once.
  package func guideFiles() -> [ReadGuide] {
    state.withLock { $0.guideFiles() }
  }

  /// Guides of which no source has the provider's entry, in the order of their slugs: they can be read, and nothing can
  /// be linked with them.
  package func loneGuides() -> [GuidePath] {
    state.withLock { $0.loneGuides().map(\.path) }
  }

  /// The guide of a slug that has no entry; nil when there is none of that name.
  package func loneGuide(_ slug: String) -> Guide? {
    state.withLock { state in
      guard let (path, source) = state.loneGuides().first(where: { $0.path.slug == slug }),
        let bytes = state.sources[source].guideBytes(at: path)
      else { return nil }
      return Guide(slug: slug, markdown: bytes, file: path.path)
    }
  }

  /// The sources and what has been read of them.
  fileprivate struct State {
    var sources: [any ProviderSource]
    private var known: MergedProviders?

    init(_ sources: [Source], _ cache: IndexCache?) {
      let all = sources.map { source -> any ProviderSource in
        switch source {
        case .builtIn: BuiltInSource()
        case .folder(let path): FolderSource(path: path, isRequired: false, cache: cache)
        case .namedFolder(let path): FolderSource(path: path, isRequired: true, cache: cache)
        }
      }
      let roots = all.map { ($0 as? FolderSource)?.root }
      self.sources = all.indices.filter { index in
        roots[index] == nil || !roots[(index + 1)...].contains(roots[index])
      }.map { all[$0] }
    }

    mutating func listed() -> MergedProviders {
      if let known { return known }
      let listed = MergedProviders(sources.indices.map { sources[$0].listed() })
      known = listed
      return listed
    }

    mutating func provider(_ slug: String) -> Provider? {
      for index in sources.indices.reversed() {
        if let provider = sources[index].provider(slug) { return provider }
      }
      return nil
    }

    mutating func problem(with slug: String) -> GuideFinding? {
      for index in sources.indices.reversed() {
        if sources[index].provider(slug) != nil { return nil }
        if let problem = sources[index].problem(with: slug) { return problem }
      }
      return nil
    }

    mutating func scopes(of slug: String) -> [String] {
      for index in sources.indices.reversed() {
        if let scopes = sources[index].scopes(of: slug) { return scopes }
      }
      return []
    }

    mutating func guide(for provider: Provider) -> Guide? {
      guard let (path, source) = guidePath(for: provider),
        let bytes = sources[source].guideBytes(at: path)
      else { return nil }
      return Guide(slug: provider.slug, markdown: bytes, file: path.path)
    }

    /// In the provider's own source first, then in the others, the weightiest first.
    mutating func guidePath(for provider: Provider) -> (path: GuidePath, source: Int)? {
      for index in order(for: provider) {
        if let path = sources[index].guidePath(for: provider) { return (path, index) }
      }
      return nil
    }

    mutating func loneGuides() -> [(path: GuidePath, source: Int)] {
      let entries = listed().entries
      var found: [String: (path: GuidePath, source: Int)] = [:]
      for index in sources.indices {
        for path in sources[index].guidePaths() where entries.index(of: path.slug) == nil {
          found[path.slug] = (path, index)
        }
      }
      return found.sorted { $0.key < $1.key }.map(\.value)
    }

    mutating func guideFiles() -> [ReadGuide] {
      var files: [String: (path: GuidePath, source: Int)] = [:]
      for index in sources.indices {
        for path in sources[index].guidePaths() { files[path.path] = (path, index) }
      }
      return files.values.compactMap { path, source -> ReadGuide? in
        guard let bytes = sources[source].guideBytes(at: path) else { return nil }
        let guide = Guide(
          slug: path.slug, markdown: bytes, file: path.path, linksAddresses: false)
        return ReadGuide(path: path, guide: guide)
      }
    }

    private func order(for provider: Provider) -> [Int] {
      let descending = Array(sources.indices.reversed())
      return descending.filter { origin($0) == provider.origin }
        + descending.filter { origin($0) != provider.origin }
    }

    private func origin(_ index: Int) -> Provider.Origin {
      (sources[index] as? FolderSource).map { .folder($0.path) } ?? .builtIn
    }
  }
}
