internal import FoundationEssentials
internal import Glibc

/// Reads the files of a guide folder, which may be anything: another user's, endless, a device, a link in a circle.
enum GuideFile {
  enum Problem: Error, Equatable {
    case missing
    case notAFile
    case tooLarge(limit: Int)
    case forbidden
    case linkCircle
    case unreadable
  }

  /// The bytes of a regular file (links are followed) of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws(Problem) -> [UInt8] {
    // Not to wait for a writer when the name turns out to be a pipe's.
    let file = unsafe path.withCString {
      unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    }
    guard file >= 0 else { throw problem(errno) }
    defer { _ = close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw problem(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw problem(errno)
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }

  private static func problem(_ code: Int32) -> Problem {
    switch code {
    case ENOENT, ENOTDIR: .missing
    case EACCES, EPERM: .forbidden
    case ELOOP: .linkCircle
    case EISDIR: .notAFile
    default: .unreadable
    }
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func isDirectory(_ path: String) -> Bool {
    var isDirectory = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory
  }

  /// The names in a directory in order, without hidden ones; nil when it cannot be listed.
  static func names(in path: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return nil }
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// All names in a directory, hidden ones too.
  static func allNames(in path: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }

  /// The path without symbolic links; the path itself where it leads nowhere.
  static func canonical(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}

extension GuideFile.Problem {
  func finding(file: String) -> GuideFinding {
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
