internal import Basics
internal import Glibc

/// The directory in which indices are kept from one start of the program to the next, a file for each folder.
///
/// It is a convenience: when it is missing, full, open to others or not writable, indices are made in memory and nobody
/// is told.
package struct IndexCache: Sendable {
  /// So many folders' indices are kept; those longest unused in favour of others go.
  private static let fileLimit = 24
  private static let suffix = ".index"
  private static let temporaryPrefix = ".new-"

  private let directory: String
  /// When reading begins; of the clock that stamps files.
  let now: @Sendable () -> FileTime

  /// - Parameter directory: an absolute path; made when it is needed, for this account alone.
  package init(directory: String) {
    self.init(directory: directory, now: FileTime.now)
  }

  init(directory: String, now: @escaping @Sendable () -> FileTime) {
    self.directory = directory
    self.now = now
  }

  /// The kept index of a folder, whole but perhaps out of date.
  ///
  /// - Parameter root: the folder without symbolic links.
  func index(of root: String) -> SourceIndex? {
    guard let folder = ownFolder() else { return nil }
    let name = IndexCache.name(for: root)
    guard let file = try? RegularFile(name, in: folder.number, followsLink: false),
      IndexCache.isOwn(file.status),
      let bytes = try? file.bytes(limit: IndexFormat.sizeLimit), let index = SourceIndex(bytes),
      index.root == root
    else { return nil }
    return index
  }

  /// Keeps an index in place of the one before it. Another process sees the one or the other, whole.
  func save(_ index: SourceIndex) {
    makeDirectory()
    guard let folder = ownFolder() else { return }
    let name = IndexCache.name(for: index.root)
    // Not the process's number: containers that share a directory have the same ones.
    let temporary = IndexCache.temporaryPrefix + String(UInt64.random(in: 0 ... .max), radix: 16)
    try? unsafe folder.replaceFile(
      name, by: index.bytes.span.bytes, through: temporary, isDurable: false)
    removeUnused(in: folder)
  }

  // MARK: The directory

  /// Nil unless it is a directory of this account that nobody else can write to.
  private func ownFolder() -> FileDescriptor? {
    guard directory.hasPrefix("/"),
      let folder = try? FileDescriptor.open(directory: directory, followsLink: false),
      let status = try? FileStatus(descriptor: folder.number), IndexCache.isOwn(status)
    else { return nil }
    return folder
  }

  private static func isOwn(_ status: FileStatus) -> Bool {
    status.owner == geteuid() && status.mode & 0o022 == 0
  }

  /// A relative path names nothing: where it led would depend on where the program was started.
  private func makeDirectory() {
    guard directory.hasPrefix("/") else { return }
    var slash = directory.dropFirst().firstIndex(of: "/")
    while let end = slash {
      unsafe mkdir(String(directory[..<end]), 0o700)
      slash = directory[directory.index(after: end)...].firstIndex(of: "/")
    }
    unsafe mkdir(directory, 0o700)
  }

  /// Folders come and go; their indices, and what a process that was killed left behind, must not stay for ever.
  private func removeUnused(in folder: borrowing FileDescriptor) {
    let names = FilePath.names(in: directory) ?? []
    let clock = now()
    for name in names where name.hasPrefix(IndexCache.temporaryPrefix) {
      let age = clock.nanoseconds(after: folder.stamp(of: name).changed)
      if age > 3600 * 1_000_000_000 { folder.removeFile(name) }
    }
    let kept = names.filter { $0.hasSuffix(IndexCache.suffix) && !$0.hasPrefix(".") }
    guard kept.count > IndexCache.fileLimit else { return }
    let byAge = kept.map { (name: $0, changed: folder.stamp(of: $0).changed) }.sorted {
      $0.changed.nanoseconds(after: $1.changed) < 0
    }
    for file in byAge.prefix(kept.count - IndexCache.fileLimit) {
      folder.removeFile(file.name)
    }
  }

  /// Sixteen digits that stand for the folder. Two folders of the same number would take turns: the index names the
  /// folder that it is of.
  static func name(for root: String) -> String {
    let hash = unsafe IndexFormat.checksum(of: Array(root.utf8).span.bytes)
    return Hexadecimal.text(hash, digits: 16) + suffix
  }
}
