internal import Basics
internal import GuideText
internal import ProviderFormat

/// The guides that are compiled into the program.
struct BuiltInSource: ProviderSource {
  private var read: [String: Provider] = [:]
  private(set) var findings: [GuideFinding] = []

  mutating func listed() -> MergedProviders.Source {
    var content = IndexContent()
    for files in BuiltInGuides.all {
      guard let provider = provider(files.slug) else { continue }
      let guide = "\(files.slug).md"
      content.providers.append(
        IndexedProvider(ProviderSummary(provider), guide: guide, range: 0..<0))
      content.guides.append((files.slug, guide))
    }
    return MergedProviders.Source(index: SourceIndex(content), origin: .builtIn, path: nil)
  }

  mutating func provider(_ slug: String) -> Provider? {
    if let provider = read[slug] { return provider }
    guard let files = BuiltInGuides.all.first(where: { $0.slug == slug }) else { return nil }
    let file = ProviderFile(files.provider(), file: "\(slug).yaml", single: slug)
    findings += file.findings
    guard let entry = file.entries.first else { return nil }
    let provider = Provider(
      slug: slug, entry: entry.entry, origin: .builtIn, line: entry.line)
    read[slug] = provider
    return provider
  }

  func problem(with slug: String) -> GuideFinding? { nil }

  func guidePath(for provider: Provider) -> GuidePath? {
    let isKnown = BuiltInGuides.all.contains { $0.slug == provider.slug }
    let name = "\(provider.slug).md"
    return isKnown ? GuidePath(path: name, relativePath: name, foundBy: .slug) : nil
  }

  func guidePaths() -> [GuidePath] {
    BuiltInGuides.all.map { files in
      let name = "\(files.slug).md"
      return GuidePath(path: name, relativePath: name, foundBy: .slug)
    }
  }

  /// What is built in is linked by forms.
  func scopes(of slug: String) -> [String]? { nil }

  func guideBytes(at path: GuidePath) -> [UInt8]? {
    BuiltInGuides.all.first { "\($0.slug).md" == path.path }?.guide()
  }
}
