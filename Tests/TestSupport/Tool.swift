import FoundationEssentials

/// A program that some tests need and a machine may lack.
package enum Tool {
  /// The first executable of that name on the path, or nil: tests are skipped by name then.
  package static func path(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    // As strings: a list of mixed kinds would be taken for one of characters.
    return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"])
      .map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
