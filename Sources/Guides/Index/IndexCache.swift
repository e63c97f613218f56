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
    let file = unsafe openat(
      folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_mode & 0o022 == 0,
      status.st_size <= IndexFormat.sizeLimit,
      let bytes = IndexCache.read(file, count: Int(status.st_size)),
      let index = SourceIndex(bytes), index.root == root
    else { return nil }
    return index
  }

  /// Keeps an index in place of the one before it. Another process sees the one or the other, whole.
  func keep(_ index: SourceIndex) {
    makeDirectory()
    guard let folder = ownFolder() else { return }
    let name = IndexCache.name(for: index.root)
    // Not the process's number: containers that share a directory have the same ones.
    let temporary = IndexCache.temporaryPrefix + String(UInt64.random(in: 0 ... .max), radix: 16)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = unsafe openat(folder.descriptor, temporary, flags, 0o600)
    guard file >= 0 else { return }
    let isWritten = IndexCache.write(index.bytes, to: file)
    close(file)
    if unsafe !isWritten
      || renameat(folder.descriptor, temporary, folder.descriptor, name) != 0
    {
      unsafe unlinkat(folder.descriptor, temporary, 0)
    }
    removeUnused(in: folder)
  }

  // MARK: The directory

  /// Nil unless it is a directory of this account that nobody else can write to.
  private func ownFolder() -> OpenFolder? {
    guard directory.hasPrefix("/"), let folder = OpenFolder(directory, followsLink: false) else {
      return nil
    }
    var status = stat()
    guard unsafe fstat(folder.descriptor, &status) == 0, status.st_uid == geteuid(),
      status.st_mode & 0o022 == 0
    else { return nil }
    return folder
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
  private func removeUnused(in folder: borrowing OpenFolder) {
    let names = GuideFile.allNames(in: directory)
    let clock = now()
    for name in names where name.hasPrefix(IndexCache.temporaryPrefix) {
      let age = clock.nanoseconds(after: folder.stamp(of: name).changed)
      if age > 3600 * 1_000_000_000 { unsafe unlinkat(folder.descriptor, name, 0) }
    }
    let kept = names.filter { $0.hasSuffix(IndexCache.suffix) && !$0.hasPrefix(".") }
    guard kept.count > IndexCache.fileLimit else { return }
    let byAge = kept.map { (name: $0, changed: folder.stamp(of: $0).changed) }.sorted {
      $0.changed.nanoseconds(after: $1.changed) < 0
    }
    for file in byAge.prefix(kept.count - IndexCache.fileLimit) {
      unsafe unlinkat(folder.descriptor, file.name, 0)
    }
  }

  /// Sixteen digits that stand for the folder. Two folders of the same number would take turns: the index names the
  /// folder that it is of.
  static func name(for root: String) -> String {
    let hash = unsafe IndexFormat.checksum(of: Array(root.utf8).span.bytes)
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + suffix
  }

  // MARK: Bytes

  private static func read(_ file: Int32, count: Int) -> [UInt8]? {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = unsafe Glibc.read(
          file, buffer.baseAddress.map { unsafe $0 + filled }, count - filled)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        filled += got
      }
    }
    return bytes.count == count ? bytes : nil
  }

  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = unsafe Glibc.write(
          file, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }
}
