internal import Basics
internal import ProviderFormat

/// The guides below `docs` in a checkout of Nango's repository.
struct GuideTree {
  /// Folders below `docs` that are searched, so that a link to `/` ends the search.
  private static let folderLimit = 200_000
  private static let depthLimit = 8

  /// Guides by the name of their folder, relative to the root.
  private(set) var guides: [String: [String]] = [:]
  /// Every folder that was searched.
  private(set) var stamps: [FileFingerprint] = []
  private var folders: Set<String> = []

  init(below root: borrowing FileDescriptor, at path: String) {
    var waiting = [(path: "docs", depth: 0)]
    while let (folder, depth) = waiting.popLast(), folders.count < GuideTree.folderLimit {
      // The stamp is taken first: what changes while the folder is read shows the next time.
      stamps.append(root.stamp(of: folder))
      folders.insert(folder)
      let names = GuideFile.names(in: "\(path)/\(folder)") ?? []
      if let page = FolderLayout.pageNames.first(where: names.contains) {
        let slug = folder.split(separator: "/").last.map(String.init) ?? folder
        guides[slug, default: []].append("\(folder)/\(page)")
      }
      for name in names where depth < GuideTree.depthLimit && !name.contains(".") {
        let inner = "\(folder)/\(name)"
        if GuideFile.isDirectory("\(path)/\(inner)"), !GuideFile.isLink("\(path)/\(inner)") {
          waiting.append((inner, depth + 1))
        }
      }
    }
    guides = guides.mapValues { $0.sorted() }
  }

  /// Whether a file that comes or goes at this place changes the stamp of a folder that was searched.
  func notices(_ path: String, below root: borrowing FileDescriptor) -> Bool {
    var folder = path
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if folders.contains(folder) { return true }
      guard root.stamp(of: folder).kind == .missing else { return false }
    }
    return false
  }

  /// What an entry's `docs_connect` names.
  struct NamedGuide: Equatable {
    /// A guide, where it exists: `docs/some/slug/connect.mdx`, for that page's address and for its folder's.
    let guide: String
    /// The page of that address itself, which is about more than linking an account and counts only where there is no guide.
    let page: String?
  }

  /// Nil for an address that leads elsewhere.
  static func named(by address: String) -> NamedGuide? {
    let bare = address.utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    let all = Substring(bare).utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
    ).map(Substring.init)
    // In front of `docs` there is a slash at least.
    guard let docs = all.dropFirst().firstIndex(of: "docs") else { return nil }
    let parts = all[(docs + 1)...].filter { !$0.isEmpty }
    guard let last = parts.last, !parts.contains(".."), !bare.contains(0) else { return nil }
    let path = "docs/" + parts.joined(separator: "/")
    if last == "connect" { return NamedGuide(guide: path + ".mdx", page: nil) }
    return NamedGuide(guide: path + "/connect.mdx", page: path + ".mdx")
  }
}
