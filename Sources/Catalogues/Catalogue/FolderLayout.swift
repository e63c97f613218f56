internal import ProviderFormat

/// How a folder holds its providers:
///
/// - a checkout of Nango's repository: `packages/providers/providers.yaml`, and guides in
///   `docs/**/<slug>/connect.mdx` or, as a site publishes them, `connect.md`;
/// - our own: `<slug>/provider.yaml` or `<slug>/<slug>.yaml`, and `<slug>/guide.md` or `<slug>/<slug>.md`;
/// - one such provider folder itself.
package enum FolderLayout: Equatable {
  case missing
  /// One file of all providers, relative to the folder.
  case repository(file: String)
  /// The folder is that of one provider.
  case provider(slug: String)
  case folders

  /// What a folder looks like now.
  package init(of path: String) {
    guard GuideFile.isDirectory(path) else {
      self = .missing
      return
    }
    let files = [FolderLayout.repositoryFile, "providers.yaml"]
    if let file = files.first(where: { GuideFile.exists("\(path)/\($0)") }) {
      self = .repository(file: file)
      return
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let isProvider = FolderLayout.providerNames(name).contains {
      GuideFile.exists("\(path)/\($0)")
    }
    self = isProvider ? .provider(slug: name) : .folders
  }

  /// Where a checkout has the entries of all providers.
  package static let repositoryFile = "packages/providers/providers.yaml"

  /// The names that the file of a provider can have in its folder; the first that is there counts.
  package static func providerNames(_ slug: String) -> [String] {
    ["provider.yaml", "\(slug).yaml"]
  }

  /// The names that a guide can have in its provider's folder; the first that is there counts.
  package static func guideNames(_ slug: String) -> [String] {
    ["guide.md", "\(slug).md"] + pageNames
  }

  /// What a checkout calls a guide, and what a site publishes it as.
  static let pageNames = ["connect.mdx", "connect.md"]

  var providerFile: String? {
    if case .repository(let file) = self { file } else { nil }
  }

  /// The file of the rights that providers know, relative to the folder: beside that of all providers. It may be missing.
  package var scopesFile: String {
    guard let slash = providerFile?.lastIndex(of: "/"), let file = providerFile else {
      return ScopesFile.name
    }
    return file[...slash] + ScopesFile.name
  }

  /// Where a provider's own files are, relative to the folder and with a slash at the end unless it is the folder
  /// itself. Nil for a slug that names no folder in it.
  func place(of slug: String) -> String? {
    switch self {
    case .missing, .repository: return nil
    case .provider(let own): return own == slug ? "" : nil
    case .folders:
      // What somebody typed must not lead out of the folder.
      let isName =
        !slug.isEmpty && !slug.hasPrefix(".") && !slug.utf8.contains(UInt8(ascii: "/"))
        && !slug.utf8.contains(0)
      return isName ? "\(slug)/" : nil
    }
  }
}
