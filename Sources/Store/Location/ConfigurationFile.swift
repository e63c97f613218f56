internal import Basics
internal import CLinux
package import Connections

/// The file with a user's settings, or with the machine's, as far as nobody else can have written it.
package struct ConfigurationFile: Equatable, Sendable {
  /// What is known of it.
  package enum Content: Equatable, Sendable {
    case text([UInt8])
    case absent
    /// The folder is closed to this account, as root's own is: nothing can be said of what is in it.
    case hidden
  }

  /// In bytes: a hundred times what all settings take.
  package static let limit = 64 * 1024
  private static let name = "config.yaml"

  /// The folder that it stands in; relative paths in it are relative to that.
  package let folder: String
  /// Of the file.
  package var path: String { "\(folder)/\(Self.name)" }

  /// - Parameter folder: absolute.
  package init(in folder: String) { self.folder = folder }

  /// Reads it. One that is not there costs two calls of the system.
  ///
  /// It may be a link, as tools for dot files make them: what it leads to is verified as it would be in its place.
  /// - Throws: `.permissions` where another account than this one and root could have written it, `.failed` where it
  ///   cannot be read, leads nowhere, or is longer than `limit`.
  package func read() throws(StoreError) -> Content {
    let file: RegularFile
    do throws(RegularFile.Problem) {
      file = try RegularFile(path)
    } catch {
      return try content(insteadOf: error)
    }
    try verify(file.status)
    let bytes: [UInt8]?
    do throws(RegularFile.Problem) {
      bytes = try file.bytes(limit: Self.limit)
    } catch {
      return try content(insteadOf: error)
    }
    guard let bytes else { throw unread("it is longer than \(Self.limit / 1024) KiB") }
    return .text(bytes)
  }

  private func content(insteadOf problem: RegularFile.Problem) throws(StoreError) -> Content {
    switch problem {
    case .notAFile(let status):
      throw PermissionError.kind(path, status, advice: "put a file in its place: ls -l \(path)")
    case .system(let error):
      if error.code == ENOENT || error.code == ENOTDIR {
        if let target = FilePath.target(ofLink: path) {
          throw .failed(
            Explanation(
              what: "cannot read \(path)",
              why: "it is a link to \(target), and there is no such file",
              advice: "put the file there, or take the link away: rm \(path)"))
        }
        return .absent
      }
      if error.code == EACCES, unsafe access(folder, X_OK) != 0 { return .hidden }
      throw unread(error.reason)
    }
  }

  private func unread(_ why: String) -> StoreError {
    .failed(Explanation(what: "cannot read \(path)", why: why, advice: "ls -l \(path)"))
  }

  /// Whoever can write to the file, or put another one in its place, decides which store is used and what is run.
  private func verify(_ status: FileStatus) throws(StoreError) {
    try verify(path, status)
    let target = FilePath.canonical(path)
    for folder in Set([folder, String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])]) {
      guard let status = try? FileStatus(of: folder, in: AT_FDCWD, followsLink: true) else {
        throw unread("its folder \(folder) cannot be looked at")
      }
      try verify(folder, status)
    }
  }

  private func verify(_ path: String, _ status: FileStatus) throws(StoreError) {
    guard status.owner == geteuid() || status.owner == 0 else {
      throw PermissionError.owner(path, status, of: .configuration)
    }
    guard status.mode & 0o022 == 0 else {
      throw PermissionError.mode(path, status, wanted: "go-w", of: .configuration)
    }
  }
}
