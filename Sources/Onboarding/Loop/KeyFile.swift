package import Basics
internal import CLinux
internal import Glibc
package import Secrets

/// A file that holds a value: a key in PEM, a service account in JSON. Read straight into locked memory.
package struct KeyFile: ~Copyable, Sendable {
  package var content: SecretBuffer
  /// Whether the file's permissions let other accounts of this machine read it.
  package let isReadableByOthers: Bool

  package init(_ content: consuming SecretBuffer, isReadableByOthers: Bool) {
    self.content = content
    self.isReadableByOthers = isReadableByOthers
  }

  /// Why a file cannot be a value. Nothing was changed.
  package enum Problem: Explained, Equatable {
    case unreadable(SystemFailure)
    /// A directory, a pipe, a device.
    case notAFile
    case empty
    case tooLarge

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
    // Not to wait for a writer when the name turns out to be a pipe's.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let file = unsafe linux_open(expanded(path), flags, 0)
    guard file >= 0 else { throw .unreadable(SystemFailure(code: linux_errno())) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else {
      throw .unreadable(SystemFailure(code: linux_errno()))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    var content = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    let isWhole: Bool
    do throws(SystemFailure) {
      isWhole = try content.read(from: file)
    } catch {
      throw .unreadable(error)
    }
    guard isWhole else { throw .tooLarge }
    guard !content.isEmpty else { throw .empty }
    return KeyFile(content, isReadableByOthers: status.st_mode & (S_IRGRP | S_IROTH) != 0)
  }

  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = unsafe getenv("HOME") else { return path }
    return unsafe String(cString: home) + path.dropFirst()
  }
}
