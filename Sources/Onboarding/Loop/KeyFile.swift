package import Basics
package import Secrets

/// A file that holds a value: a key in PEM, a service account in JSON. Read straight into locked memory.
package struct KeyFile: ~Copyable, Sendable {
  /// As it stands in the file: never empty, at most `SecretBuffer.fileCapacity` bytes when `read` made it.
  package var content: SecretBuffer
  /// Whether the file's permissions let other accounts of this machine read it.
  package let isReadableByOthers: Bool

  package init(_ content: consuming SecretBuffer, isReadableByOthers: Bool) {
    self.content = content
    self.isReadableByOthers = isReadableByOthers
  }

  /// Why a file cannot be a value. Nothing was changed.
  package enum Problem: Explained, Equatable {
    /// Missing, forbidden, or failing while it is read.
    case unreadable(SystemError)
    /// A directory, a pipe, a device.
    case notAFile
    case empty
    /// Longer than `SecretBuffer.fileCapacity`.
    case tooLarge

    /// Never names the path, which may be a pasted secret.
    package var explanation: Explanation {
      switch self {
      case .unreadable(let failure):
        Explanation(
          what: "the file cannot be read", why: failure.reason,
          advice: "check the path, and that you may read it")
      case .notAFile:
        Explanation(
          what: "this is not a regular file",
          why: "a directory, pipe or device has no content that could be a value",
          advice: "give the path of the file itself")
      case .empty:
        Explanation(what: "the file is empty", advice: "check that it is the right one")
      case .tooLarge:
        Explanation(
          what: "the file is longer than 1 MiB", why: "no known kind of key is",
          advice: "check that it is the right one")
      }
    }
  }

  /// Reads a regular file. Links are followed: the paths of certificates often are links. `~/` is the home directory.
  package static func read(_ path: String) throws(Problem) -> KeyFile {
    let file: RegularFile
    do throws(RegularFile.Problem) {
      file = try RegularFile(expanded(path))
    } catch {
      switch error {
      case .notAFile: throw .notAFile
      case .system(let error): throw .unreadable(error)
      }
    }
    var content = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    let isWhole: Bool
    do throws(SystemError) {
      isWhole = try content.read(from: file.descriptor.number)
    } catch {
      throw .unreadable(error)
    }
    guard isWhole else { throw .tooLarge }
    guard !content.isEmpty else { throw .empty }
    return KeyFile(content, isReadableByOthers: file.status.mode & 0o044 != 0)
  }

  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = Environment.value("HOME") else { return path }
    return home + path.dropFirst()
  }
}
