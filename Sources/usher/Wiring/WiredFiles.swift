internal import Basics
internal import Glibc

/// Puts unit files in place, all or none.
struct WiredFiles {
  let files: [ServiceWiring.File]
  let replaces: Bool

  /// Writes those that are not there already, and says which.
  func write() throws(CommandError) {
    for file in files { try WholeFile.makeDirectories(above: file.path) }
    // Before the first is written.
    var unchanged: Set<String> = []
    for file in files where try isThere(file) { unchanged.insert(file.path) }
    for file in files {
      if unchanged.contains(file.path) {
        Console.line("\(file.path) is unchanged.")
        continue
      }
      let target = try WholeFile(file.path, for: .everybody)
      try file.text.withBytes { bytes throws(CommandError) in try target.write(bytes) }
      Console.line("Wrote \(file.path).")
    }
  }

  /// - Throws: for a file that holds something else.
  private func isThere(_ file: ServiceWiring.File) throws(CommandError) -> Bool {
    let target = try WholeFile(file.path, for: .everybody)
    if file.text.withBytes({ target.holds($0) }) { return true }
    guard target.old == nil || replaces else {
      throw .failed(
        Explanation(
          what: "\(file.path) holds something else, and nothing was written",
          why: "what somebody wrote is not overwritten unasked",
          advice: "look at it, and add --replace"))
    }
    return false
  }
}
