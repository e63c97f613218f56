/// The providers and guides of a checkout of Nango's repository.
struct RepositoryFiles {
  /// Folders below `docs` that are searched, so that a link to `/` ends the search.
  private static let folderLimit = 50_000
  private static let depthLimit = 8

  let root: String
  let providerFile: String
  let entries: [ProviderFile.Entry]
  private let indices: [String: Int]
  /// Guides by the name of their folder, relative to the root; filled when a guide is looked for by its slug.
  private var guides: [String: [String]]?

  init(root: String, providerFile: String, entries: [ProviderFile.Entry]) {
    self.root = root
    self.providerFile = providerFile
    self.entries = entries
    indices = Dictionary(
      entries.enumerated().map { ($0.element.slug, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  func entry(_ slug: String) -> ProviderFile.Entry? { indices[slug].map { entries[$0] } }

  /// The guide that `docs_connect` names, else the one in a folder of the provider's name.
  mutating func guidePath(for provider: Provider) -> GuidePath? {
    if let named = provider.docsConnect.flatMap(Self.path(of:)),
      GuideFile.exists("\(root)/\(named)")
    {
      return GuidePath(path: "\(root)/\(named)", relativePath: named, foundBy: .docsConnect)
    }
    guard let path = guidesBySlug()[provider.slug]?.first else { return nil }
    return GuidePath(path: "\(root)/\(path)", relativePath: path, foundBy: .slug)
  }

  /// Every guide, also those that no provider names.
  mutating func guidePaths() -> [GuidePath] {
    guidesBySlug().values.joined().sorted().map {
      GuidePath(path: "\(root)/\($0)", relativePath: $0, foundBy: .slug)
    }
  }

  /// `https://host/docs/some/slug/connect` is `docs/some/slug/connect.mdx`. Nil for an address that leads elsewhere.
  private static func path(of address: String) -> String? {
    let bare = address.prefix { $0 != "#" && $0 != "?" }
    guard let start = bare.firstRange(of: "/docs/")?.upperBound else { return nil }
    let parts = bare[start...].split(separator: "/")
    guard !parts.isEmpty, !parts.contains("..") else { return nil }
    return "docs/" + parts.joined(separator: "/") + ".mdx"
  }

  private mutating func guidesBySlug() -> [String: [String]] {
    if let guides { return guides }
    var found: [String: [String]] = [:]
    var waiting = [(path: "docs", depth: 0)]
    var visited = 0
    while let (path, depth) = waiting.popLast(), visited < Self.folderLimit {
      visited += 1
      for name in GuideFile.names(in: "\(root)/\(path)") ?? [] {
        let inner = "\(path)/\(name)"
        if name == "connect.mdx" {
          let folder = path.split(separator: "/").last.map(String.init) ?? path
          found[folder, default: []].append(inner)
        } else if depth < Self.depthLimit, !name.contains("."),
          GuideFile.isDirectory("\(root)/\(inner)"), !GuideFile.isLink("\(root)/\(inner)")
        {
          waiting.append((inner, depth + 1))
        }
      }
    }
    let sorted = found.mapValues { $0.sorted() }
    guides = sorted
    return sorted
  }
}
