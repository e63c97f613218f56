internal import Basics
internal import GuideText
internal import ProviderFormat

/// Providers in a folder, in one of the layouts of `FolderLayout`.
///
/// Questions about all of them are answered by an index, which is kept from one start to the next and made anew when
/// files have changed. One provider of a folder of its own is read without any index; one of a file of all providers is
/// read out of that file alone.
struct FolderSource: ProviderSource {
  /// The folder as it was given.
  let path: String
  /// Without symbolic links.
  let root: String
  private let isRequired: Bool
  private let cache: IndexCache?
  private var layout: FolderLayout?
  private var index: SourceIndex?
  /// The file of all providers, where it cannot be read in parts.
  private var whole: ProviderFile?
  private var read: [String: Provider] = [:]
  private var noted: [GuideFinding] = []

  /// - Parameters:
  ///   - isRequired: whether it is an error when the folder cannot be looked into, because somebody named it.
  ///   - cache: where the folder's index is kept; nil to make one in memory.
  init(path: String, isRequired: Bool, cache: IndexCache?) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    root = FilePath.canonical(self.path)
    self.isRequired = isRequired
    self.cache = cache
  }

  var origin: Provider.Origin { .folder(path) }

  var findings: [GuideFinding] {
    var findings = (index?.findings ?? []).map { finding in
      var finding = finding
      finding.file = finding.file.isEmpty ? path : "\(path)/\(finding.file)"
      return finding
    }
    for finding in noted where !findings.contains(finding) { findings.append(finding) }
    return findings
  }

  mutating func listed() -> MergedProviders.Source {
    MergedProviders.Source(index: opened(), origin: origin, path: path)
  }

  mutating func provider(_ slug: String) -> Provider? {
    if let provider = read[slug] { return provider }
    let entry: ProviderFile.Entry?
    switch layoutNow() {
    case .missing: entry = nil
    case .repository(let file): entry = readEntry(slug, of: file)
    case .provider, .folders: entry = readEntry(slug)
    }
    guard let entry else { return nil }
    let provider = Provider(
      slug: slug, entry: entry.entry, origin: origin, line: entry.line)
    read[slug] = provider
    return provider
  }

  /// A folder that somebody named and that cannot be looked into is a problem of every provider.
  mutating func problem(with slug: String) -> GuideFinding? {
    let layout = layoutNow()
    return ofFolder ?? FolderProblem(path: path, layout: layout).finding(of: slug)
  }

  /// What was noted of the folder itself.
  private var ofFolder: GuideFinding? {
    noted.first { $0.severity == .error && $0.file == path }
  }

  /// The file that the entry of a provider stands in.
  mutating func providerFile(_ slug: String) -> String {
    let layout = layoutNow()
    if let file = layout.providerFile { return "\(path)/\(file)" }
    guard let place = layout.place(of: slug) else { return path }
    return FolderLayout.providerNames(slug).map { "\(path)/\(place)\($0)" }
      .first(where: GuideFile.exists) ?? path
  }

  mutating func guidePath(for provider: Provider) -> GuidePath? {
    let layout = layoutNow()
    guard layout.providerFile != nil else {
      guard let place = layout.place(of: provider.slug) else { return nil }
      return FolderLayout.guideNames(provider.slug).map { place + $0 }
        .first { GuideFile.exists("\(path)/\($0)") }.map { guidePath($0, foundBy: .slug) }
    }
    let named = provider.docsConnect.flatMap(GuideTree.named)
    if let guide = named?.guide, GuideFile.exists("\(path)/\(guide)") {
      return guidePath(guide, foundBy: .docsConnect)
    }
    if let own = opened().guidePath(of: provider.slug) { return guidePath(own, foundBy: .slug) }
    guard let page = named?.page, GuideFile.exists("\(path)/\(page)") else { return nil }
    return guidePath(page, foundBy: .docsConnect)
  }

  mutating func guidePaths() -> [GuidePath] {
    opened().guides.map(\.path).sorted().map { guidePath($0, foundBy: .slug) }
  }

  private func guidePath(_ relative: String, foundBy: GuidePath.FoundBy) -> GuidePath {
    GuidePath(path: "\(path)/\(relative)", relativePath: relative, foundBy: foundBy)
  }

  mutating func guideBytes(at path: GuidePath) -> [UInt8]? {
    do throws(GuideFile.Problem) {
      return try GuideFile.read(path.path, limit: Guide.sizeLimit * 2)
    } catch {
      record(error.finding(file: path.path))
      return nil
    }
  }

  /// Read when it is asked for, which is once in a link: nothing else needs the file.
  mutating func scopes(of slug: String) -> [String]? {
    guard let file = scopesFile() else { return nil }
    do throws(GuideFile.Problem) {
      let bytes = try GuideFile.read(file, limit: ScopesFile.sizeLimit)
      do throws(GuideFinding) {
        return try ScopesFile.scopes(of: slug, in: bytes, file: file)
      } catch {
        record(error)
      }
    } catch {
      record(error.finding(file: file))
    }
    return nil
  }

  /// The file of the rights that providers know; nil where there is none.
  private mutating func scopesFile() -> String? {
    let layout = layoutNow()
    let file = "\(path)/\(layout.scopesFile)"
    return layout != .missing && GuideFile.exists(file) ? file : nil
  }

  private mutating func record(_ finding: GuideFinding) {
    if !noted.contains(finding) { noted.append(finding) }
  }

  // MARK: The index

  private mutating func layoutNow() -> FolderLayout {
    if let layout { return layout }
    let found = FolderLayout(of: path)
    layout = found
    if isRequired, let problem = FolderProblem(path: path, layout: found).findingOfFolder {
      record(problem)
    }
    return found
  }

  private mutating func opened() -> SourceIndex {
    if let index { return index }
    let layout = layoutNow()
    let opened = layout == .missing ? SourceIndex(IndexContent()) : kept(layout) ?? made(layout)
    index = opened
    let isEmpty = opened.count == 0 && opened.count(of: .guides) == 0
    if layout == .folders, isRequired, isEmpty, opened.count(of: .findings) == 0, ofFolder == nil {
      record(
        GuideFinding(
          severity: .warning, file: path, line: 0, message: "the folder holds no providers",
          advice: "put each in a folder of its own, as SLUG/provider.yaml and SLUG/guide.md"))
    }
    return opened
  }

  private func kept(_ layout: FolderLayout) -> SourceIndex? {
    guard let index = cache?.index(of: root), index.providerFile == layout.providerFile,
      let folder = try? FileDescriptor.open(directory: path), index.isFresh(in: folder)
    else { return nil }
    return index
  }

  private func made(_ layout: FolderLayout) -> SourceIndex {
    let index = SourceIndex(
      FolderReading.content(of: path, layout, root: root, now: cache?.now ?? FileTime.now))
    cache?.save(index)
    return index
  }

  // MARK: One entry

  /// Nil also for a folder that holds nothing but a guide, which then belongs to another source's provider.
  private mutating func readEntry(_ slug: String) -> ProviderFile.Entry? {
    guard let place = layoutNow().place(of: slug) else { return nil }
    let files = FolderLayout.providerNames(slug).map { "\(path)/\(place)\($0)" }
    guard let file = files.first(where: GuideFile.exists) else { return nil }
    let (entry, findings) = ProviderFile.entry(of: slug, inFile: file)
    for finding in findings { record(finding) }
    return entry
  }

  /// Out of the file of all providers: the entry's own bytes, or the whole file where that is not possible.
  private mutating func readEntry(_ slug: String, of name: String) -> ProviderFile.Entry? {
    let file = "\(path)/\(name)"
    for _ in 0..<2 {
      let index = opened()
      guard let number = index.number(of: slug) else { return nil }
      guard !index.entryRange(number).isEmpty else { return wholeEntry(slug, of: file) }
      if let part = RandomAccessFile(file), let stamp = index.stamp(of: name),
        part.stamp.matches(stamp)
      {
        var reader = EntryReader(
          file: file, part: { slug in index.number(of: slug).map(index.part) },
          bytes: part.bytes)
        return try? reader.entry(of: index.part(number))
      }
      // The file was changed after the index had been opened.
      self.index = nil
      whole = nil
      layout = nil
      guard layoutNow().providerFile == name else { return nil }
    }
    return wholeEntry(slug, of: file)
  }

  private mutating func wholeEntry(_ slug: String, of file: String) -> ProviderFile.Entry? {
    if whole == nil, let bytes = try? GuideFile.read(file, limit: YAMLReader.sizeLimit) {
      whole = ProviderFile(bytes, file: file)
    }
    return whole?.entries.first { $0.slug == slug }
  }
}

extension SourceIndex {
  /// Where the entry of a provider stands in the file of all providers.
  fileprivate func part(_ number: Int) -> ProviderFileParts.Part {
    ProviderFileParts.Part(
      slug: slug(number), range: entryRange(number), line: line(number))
  }
}
