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
      let entries = FilePath.entries(in: "\(path)/\(folder)") ?? []
      let page = FolderLayout.pageNames.first { name in entries.contains { $0.name == name } }
      if let page { guides[GuideTree.name(of: folder), default: []].append("\(folder)/\(page)") }
      guard depth < GuideTree.depthLimit else { continue }
      for name in GuideTree.folders(among: entries, in: folder, below: root) {
        waiting.append(("\(folder)/\(name)", depth + 1))
      }
    }
    guides = guides.mapValues { $0.sorted() }
  }

  /// Of a path, what stands behind its last slash.
  private static func name(of folder: String) -> String {
    folder.utf8.lastIndex(of: UInt8(ascii: "/")).map { slash in
      String(folder[folder.utf8.index(after: slash)...])
    } ?? folder
  }

  /// The names, in order, of what can hold further guides. A link might lead in a circle.
  private static func folders(
    among entries: [FilePath.Entry], in folder: String, below root: borrowing FileDescriptor
  ) -> [String] {
    var names: [String] = []
    for entry in entries where !entry.name.utf8.contains(UInt8(ascii: ".")) {
      let kind =
        entry.kind ?? (try? FileStatus(of: "\(folder)/\(entry.name)", in: root.number))?.kind
      if kind == .directory { names.append(entry.name) }
    }
    return names.sorted()
  }

  /// Whether a file that comes or goes at this place changes the stamp of a folder that was searched.
  func notices(_ path: String, below root: borrowing FileDescriptor) -> Bool {
    var folder = path
    while let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) {
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
    let slash = UInt8(ascii: "/")
    let bare = Array(address.utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") })
    let all = bare.split(separator: slash, omittingEmptySubsequences: false)
    // In front of `docs` there is a slash at least.
    guard !bare.contains(0),
      let docs = all.dropFirst().firstIndex(where: { $0.elementsEqual("docs".utf8) })
    else { return nil }
    let parts = all[(docs + 1)...].filter { !$0.isEmpty }.map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let last = parts.last, !parts.contains("..") else { return nil }
    let path = "docs/" + parts.joined(separator: "/")
    if last == "connect" { return NamedGuide(guide: path + ".mdx", page: nil) }
    return NamedGuide(guide: path + "/connect.mdx", page: path + ".mdx")
  }
}
