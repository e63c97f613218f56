internal import Basics
internal import CLinux
internal import Glibc

/// A folder for files that did not exist before. Nothing that is there is ever overwritten.
struct NewFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Writes the files, the folders above them included where they are missing.
  /// - Returns: their paths.
  func write(_ files: [(name: String, text: String)]) throws(CommandError) -> [String] {
    try makeFolders()
    let paths = files.map { "\(path)/\($0.name)" }
    // All of them are looked for first: one without the other would be of no use.
    for path in paths where unsafe access(path, F_OK) == 0 { throw Self.exists(path) }
    for (file, path) in zip(files, paths) { try write(file.text, to: path) }
    return paths
  }

  private func makeFolders() throws(CommandError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for end in parts.indices {
      let folder = parts[...end].joined(separator: "/")
      guard !folder.isEmpty, unsafe access(folder, F_OK) != 0 else { continue }
      guard unsafe mkdir(folder, 0o755) == 0 || linux_errno() == EEXIST else {
        throw Self.failed("cannot make the folder \(folder)", .last)
      }
    }
  }

  private func write(_ text: String, to path: String) throws(CommandError) {
    // O_EXCL: also a file that came to be a moment ago is left alone, and no link is followed.
    do throws(SystemError) {
      let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
      try text.withBytes { text throws(SystemError) in try file.write(text) }
    } catch {
      if error.code == EEXIST { throw Self.exists(path) }
      throw Self.failed("cannot write \(path)", error)
    }
  }

  private static func exists(_ path: String) -> CommandError {
    .failed(
      Explanation(
        what: "\(path) is there already", why: "what somebody wrote is never overwritten",
        advice: "choose another short name, or edit the file"))
  }

  private static func failed(_ what: String, _ error: SystemError) -> CommandError {
    .failed(
      Explanation(
        what: what, why: error.reason,
        advice: "name a folder that you may write to with --in"))
  }
}
