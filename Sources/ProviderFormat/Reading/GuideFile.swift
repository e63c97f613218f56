internal import Basics
internal import Glibc
package import GuideText

/// Reads the files of a guide folder, which may be anything: another user's, endless, a device, a link in a circle.
package enum GuideFile {
  /// Why a file cannot be read.
  package enum Problem: Error, Equatable {
    /// Neither file nor folder of that path.
    case missing
    /// A folder, a pipe or a device.
    case notAFile
    /// Longer than the limit, in bytes, that the reader was given.
    case tooLarge(limit: Int)
    case forbidden
    /// More links in a row than the system follows.
    case linkCircle
    /// Any other failure of the system.
    case unreadable
  }

  /// The bytes of a regular file (links are followed) of at most `limit` bytes.
  package static func read(_ path: String, limit: Int) throws(Problem) -> [UInt8] {
    let bytes: [UInt8]?
    do throws(RegularFile.Problem) {
      bytes = try RegularFile(path).bytes(limit: limit)
    } catch {
      switch error {
      case .notAFile: throw .notAFile
      case .system(let error): throw problem(error)
      }
    }
    guard let bytes else { throw .tooLarge(limit: limit) }
    return bytes
  }

  private static func problem(_ error: SystemError) -> Problem {
    switch error.code {
    case ENOENT, ENOTDIR: .missing
    case EACCES, EPERM: .forbidden
    case ELOOP: .linkCircle
    case EISDIR: .notAFile
    default: .unreadable
    }
  }

  /// Whether anything is there, links followed.
  package static func exists(_ path: String) -> Bool { kind(of: path) != nil }

  /// Whether a directory is there, links followed.
  package static func isDirectory(_ path: String) -> Bool { kind(of: path) == .directory }

  /// The names in a directory in order, without hidden ones; nil when it cannot be listed.
  package static func names(in path: String) -> [String]? {
    FilePath.names(in: path)?.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// What is there, links followed; nil when nothing is.
  private static func kind(of path: String) -> FileStatus.Kind? {
    (try? FileStatus(of: path, in: AT_FDCWD, followsLink: true))?.kind
  }
}

extension GuideFile.Problem {
  /// The same as a finding about the file, with one thing to do.
  package func finding(file: String) -> GuideFinding {
    let (message, advice) =
      switch self {
      case .missing: ("the file does not exist", "check the path")
      case .notAFile: ("this is not a regular file", "put a regular file in its place")
      case .tooLarge(let limit):
        ("the file is larger than \(limit / 1024 / 1024) MiB and was not read", "make it smaller")
      case .forbidden:
        ("this account may not read the file", "change its permissions, or its folder's")
      case .linkCircle: ("its symbolic links lead in a circle", "replace the link by the file")
      case .unreadable: ("the file cannot be read", "check the disk and the path")
      }
    return GuideFinding(severity: .error, file: file, line: 0, message: message, advice: advice)
  }
}
