internal import FoundationEssentials

/// A directory of a test's own, removed with everything in it when the value goes.
package struct TemporaryDirectory: ~Copyable, Sendable {
  package let path: String

  package init() {
    let name = "usher-test-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appending(path: name).path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      fatalError("no temporary directory: \(error)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package borrowing func file(_ name: String) -> String { "\(path)/\(name)" }
}
