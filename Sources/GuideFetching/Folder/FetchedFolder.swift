package import Basics
internal import CLinux
internal import Glibc
internal import GuideText
internal import ProviderFormat

/// A folder of fetched guides, in the layout of a checkout: pages below `docs`, entries in
/// `packages/providers/providers.yaml`, a `FetchRecord`, and below `.previous` the version of each page before the last
/// change.
///
/// Every file comes into being whole or not at all, and the record names only what is on the disk: whatever ends a
/// fetch, the next one goes on from there.
package struct FetchedFolder: Sendable {
  /// A file that could not be written.
  package struct Failure: Error, Explained, Equatable {
    /// The sentence for it.
    package let explanation: Explanation
  }

  static let providersFile = "packages/providers/providers.yaml"
  private static let previous = ".previous"

  /// As it was given.
  package let path: String

  /// Nothing is made by naming a folder.
  package init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The folders of fetched guides inside another one: those that carry a record.
  package static func all(in folder: String) -> [FetchedFolder] {
    // Named after hosts: a dot or a port tells them from the folders of single providers before anything is opened.
    (GuideFile.names(in: folder) ?? []).filter { $0.contains(".") || $0.contains("_") }
      .map { FetchedFolder("\(folder)/\($0)") }
      .filter { GuideFile.exists("\($0.path)/\(FetchRecord.fileName)") }
  }

  /// The name of the folder for a host: `_` stands in front of a port.
  package static func name(for origin: Origin) -> String {
    let port = origin.port == origin.scheme.defaultPort ? "" : "_\(origin.port)"
    return origin.host.map { $0 == ":" ? "-" : String($0) }.joined() + port
  }

  /// The page that is there now; nil when there is none.
  package func page(_ file: String) -> [UInt8]? {
    try? GuideFile.read("\(path)/\(file)", limit: Guide.sizeLimit)
  }

  /// The version before the last change; nil when the page has never changed.
  package func previousPage(_ file: String) -> [UInt8]? {
    try? GuideFile.read("\(path)/\(Self.previous)/\(file)", limit: Guide.sizeLimit)
  }

  /// The version before the last change and the one after it; nil when there are not two.
  package func versions(of file: String) -> (old: [UInt8], new: [UInt8])? {
    guard let old = previousPage(file), let new = page(file) else { return nil }
    return (old, new)
  }

  /// What has changed between the two, in sentences without a period; nil when there are not two.
  package func changes(of file: String, slug: String) -> [String]? {
    versions(of: file).map { old, new in
      GuideComparison(
        from: Guide(slug: slug, markdown: old, file: file),
        to: Guide(slug: slug, markdown: new, file: file)
      ).sentences
    }
  }

  /// Puts a page in place. The one that was there is kept when it was another.
  /// - Returns: the version that was there.
  func write(page bytes: [UInt8], to file: String) throws(Failure) -> [UInt8]? {
    let old = page(file)
    if old == bytes { return old }
    if let old { try write(old, to: "\(Self.previous)/\(file)") }
    try write(bytes, to: file)
    return old
  }

  func write(_ record: FetchRecord) throws(Failure) {
    try write(Array(record.json.utf8), to: FetchRecord.fileName)
  }

  func write(providers bytes: [UInt8]) throws(Failure) {
    try write(bytes, to: Self.providersFile)
  }

  var hasProviders: Bool { GuideFile.exists("\(path)/\(Self.providersFile)") }

  private func write(_ bytes: [UInt8], to file: String) throws(Failure) {
    let parts = file.split(separator: "/")
    let place = ([path[...]] + parts.dropLast()).joined(separator: "/")
    let name = parts.last.map(String.init) ?? file
    do throws(SystemError) {
      try Self.makeFolders(place)
      let folder = try FileDescriptor.open(directory: place)
      try unsafe folder.replaceFile(
        name, by: bytes.span.bytes, through: ".\(name).\(SystemRandom.hex(4))", mode: 0o644,
        isDurable: false)
    } catch {
      throw Failure(
        explanation: Explanation(
          what: "cannot write \(place)/\(name)", why: error.reason,
          advice: "what was there is as it was; --to names another folder"))
    }
  }

  private static func makeFolders(_ path: String) throws(SystemError) {
    if GuideFile.isDirectory(path) { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeFolders(String(path[..<slash]))
    }
    guard unsafe mkdir(path, 0o755) == 0 || linux_errno() == EEXIST else { throw .last }
  }
}
