/// Providers in a folder, in one of the accepted layouts:
///
/// - a checkout of Nango's repository: `packages/providers/providers.yaml`, and guides in
///   `docs/**/<slug>/connect.mdx`;
/// - our own: `<slug>/provider.yaml` or `<slug>/<slug>.yaml`, and `<slug>/guide.md` or `<slug>/<slug>.md`;
/// - one such provider folder itself.
struct FolderSource: ProviderSource {
  private enum Layout {
    case repository(RepositoryFiles)
    /// Folders by slug.
    case folders([String: String])
  }

  let path: String
  private let isRequired: Bool
  private var layout: Layout?
  private var read: [String: Provider] = [:]
  private(set) var findings: [GuideFinding] = []

  /// - Parameter isRequired: whether it is an error when the folder does not exist, because somebody named it.
  init(path: String, isRequired: Bool) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.isRequired = isRequired
  }

  mutating func slugs() -> [String] {
    switch opened() {
    case .repository(let files): files.entries.map(\.slug)
    case .folders(let folders): folders.keys.sorted()
    }
  }

  mutating func provider(_ slug: String) -> Provider? {
    if let provider = read[slug] { return provider }
    let entry: ProviderFile.Entry?
    switch opened() {
    case .repository(let files): entry = files.entry(slug)
    case .folders(let folders): entry = folders[slug].flatMap { readEntry(slug, in: $0) }
    }
    guard let entry else { return nil }
    let provider = Provider(
      slug: slug, entry: entry.entry, origin: .folder(path), line: entry.line)
    read[slug] = provider
    return provider
  }

  /// The file that the entry of a provider read before stands in.
  func providerFile(_ slug: String) -> String {
    switch layout {
    case .repository(let files): return files.providerFile
    case .folders(let folders):
      guard let folder = folders[slug] else { return path }
      return Self.providerNames(slug).map { "\(folder)/\($0)" }.first(where: GuideFile.exists)
        ?? path
    case nil: return path
    }
  }

  mutating func guidePath(for provider: Provider) -> GuidePath? {
    switch opened() {
    case .repository(var files):
      defer { layout = .repository(files) }
      return files.guidePath(for: provider)
    case .folders(let folders):
      return folders[provider.slug].flatMap { guidePath(provider.slug, in: $0) }
    }
  }

  mutating func guidePaths() -> [GuidePath] {
    switch opened() {
    case .repository(var files):
      defer { layout = .repository(files) }
      return files.guidePaths()
    case .folders(let folders):
      return folders.sorted { $0.key < $1.key }.compactMap { guidePath($0.key, in: $0.value) }
    }
  }

  private func guidePath(_ slug: String, in folder: String) -> GuidePath? {
    let name = Self.guideNames(slug).first { GuideFile.exists("\(folder)/\($0)") }
    return name.map { name in
      let relative = folder == path ? name : "\(slug)/\(name)"
      return GuidePath(path: "\(folder)/\(name)", relativePath: relative, foundBy: .slug)
    }
  }

  mutating func guideBytes(at path: GuidePath) -> [UInt8]? {
    readFile(path.path, limit: Guide.sizeLimit * 2)
  }

  // MARK: Layout

  private static func providerNames(_ slug: String) -> [String] {
    ["provider.yaml", "\(slug).yaml"]
  }
  private static func guideNames(_ slug: String) -> [String] {
    ["guide.md", "\(slug).md", "connect.mdx"]
  }

  private mutating func opened() -> Layout {
    if let layout { return layout }
    let opened = open()
    layout = opened
    return opened
  }

  private mutating func open() -> Layout {
    guard GuideFile.isDirectory(path) else {
      if isRequired {
        findings.append(
          GuideFinding(
            severity: .error, file: path, line: 0, message: "the folder does not exist",
            advice: "check the path"))
      }
      return .folders([:])
    }
    for file in ["packages/providers/providers.yaml", "providers.yaml"]
    where GuideFile.exists("\(path)/\(file)") {
      return repository("\(path)/\(file)")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if Self.providerNames(name).contains(where: { GuideFile.exists("\(path)/\($0)") }) {
      return .folders([name: path])
    }
    return .folders(folders())
  }

  private mutating func repository(_ file: String) -> Layout {
    guard let bytes = readFile(file, limit: YAMLReader.sizeLimit) else { return .folders([:]) }
    let providers = ProviderFile(bytes, file: file)
    findings += providers.findings
    return .repository(RepositoryFiles(root: path, providerFile: file, entries: providers.entries))
  }

  private mutating func folders() -> [String: String] {
    guard let names = GuideFile.names(in: path) else {
      findings.append(GuideFile.Problem.forbidden.finding(file: path))
      return [:]
    }
    var folders: [String: String] = [:]
    for name in names where GuideFile.isDirectory("\(path)/\(name)") {
      let files = Self.providerNames(name) + Self.guideNames(name)
      if files.contains(where: { GuideFile.exists("\(path)/\(name)/\($0)") }) {
        folders[name] = "\(path)/\(name)"
      }
    }
    if folders.isEmpty, isRequired {
      findings.append(
        GuideFinding(
          severity: .warning, file: path, line: 0, message: "the folder holds no providers",
          advice: "put each in a folder of its own, as SLUG/provider.yaml and SLUG/guide.md"))
    }
    return folders
  }

  /// Nil also for a folder that holds nothing but a guide, which then belongs to another source's provider.
  private mutating func readEntry(_ slug: String, in folder: String) -> ProviderFile.Entry? {
    let files = Self.providerNames(slug).map { "\(folder)/\($0)" }
    guard let path = files.first(where: GuideFile.exists),
      let bytes = readFile(path, limit: YAMLReader.sizeLimit)
    else { return nil }
    let file = ProviderFile(bytes, file: path, single: slug)
    findings += file.findings
    if let entry = file.entries.first(where: { $0.slug == slug }) { return entry }
    if !file.entries.isEmpty {
      findings.append(
        GuideFinding(
          severity: .error, file: path, line: 1, message: "the file does not describe \"\(slug)\"",
          advice: "give the folder and the provider the same name"))
    }
    return nil
  }

  private mutating func readFile(_ path: String, limit: Int) -> [UInt8]? {
    do throws(GuideFile.Problem) {
      return try GuideFile.read(path, limit: limit)
    } catch {
      let finding = error.finding(file: path)
      if !findings.contains(finding) { findings.append(finding) }
      return nil
    }
  }
}
