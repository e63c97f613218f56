import FoundationEssentials
import Glibc
import TestSupport

/// Files of a test, by path.
enum TestFile {
  static func read(_ path: String) -> [UInt8] { TextFile.read(path) ?? [] }

  static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) {
    try? Data(bytes).write(to: URL(filePath: path))
    unsafe chmod(path, mode)
  }

  /// Puts other content into a file that exists, which keeps its mode.
  static func replace(_ path: String, with bytes: [UInt8]) {
    let file = unsafe open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
    precondition(file >= 0, "cannot open \(path)")
    defer { close(file) }
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    precondition(count == bytes.count)
  }

  static func text(_ path: String) -> String { String(decoding: read(path), as: UTF8.self) }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func mode(_ path: String) -> UInt32 {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  static func remove(_ path: String) { unsafe unlink(path) }

  /// The program that is built beside the tests.
  static func fixture(_ name: String) -> String {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return program.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/\(name)"
  }
}
