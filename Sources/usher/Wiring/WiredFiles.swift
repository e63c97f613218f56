internal import Basics
internal import Glibc

/// Puts unit files in place, all or none.
struct WiredFiles {
  let files: [ServiceWiring.File]
  let replaces: Bool
  /// Of a file that is looked into, in bytes: far more than one of ours.
  private static let limit = 64 * 1024

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
      throw .failed(refusal(of: file.path))
    }
    return false
  }

  private func refusal(of path: String) -> Explanation {
    guard let lines = ownLines(path) else {
      return Explanation(
        what: "\(path) holds something else, and nothing was written",
        why: "what somebody wrote is not overwritten unasked",
        advice: "look at it, and add --replace")
    }
    let names = lines.compactMap { line -> Substring? in
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].hasPrefix("LoadCredential") else { return nil }
      return parts[1].prefix { $0 != ":" }
    }
    guard !names.isEmpty else {
      return Explanation(
        what: "\(path) holds an earlier wiring, and nothing was written",
        why: "usher, its store or its identity were elsewhere then", advice: "add --replace")
    }
    return Explanation(
      what:
        "\(path) holds an earlier wiring, which gives \(names.joined(separator: ", ")), and nothing was written",
      why: "it would then give what is named now, and nothing else",
      advice: "name every field that the service is to have in one command, and add --replace")
  }

  /// The lines of a file that an earlier call has written; nil for one of somebody else.
  private func ownLines(_ path: String) -> [Substring]? {
    guard let file = try? RegularFile(path), let bytes = try? file.bytes(limit: Self.limit) else {
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasPrefix(ServiceWiring.header) ? text.split(separator: "\n") : nil
  }
}
