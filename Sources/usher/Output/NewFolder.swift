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
    let new = paths.map {
      NewFile(
        $0, whereTaken: "choose another short name, or edit the file",
        whereRefused: "name a folder that you may write to with --in")
    }
    for file in new where unsafe access(file.path, F_OK) == 0 { throw file.exists }
    for (file, new) in zip(files, new) { try new.write(file.text) }
    return paths
  }

  private func makeFolders() throws(CommandError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for end in parts.indices {
      let folder = parts[...end].joined(separator: "/")
      guard !folder.isEmpty, unsafe access(folder, F_OK) != 0 else { continue }
      guard unsafe mkdir(folder, 0o755) == 0 || linux_errno() == EEXIST else {
        throw CommandError.failed(
          Explanation(
            what: "cannot make the folder \(folder)", why: SystemError.last.reason,
            advice: "name a folder that you may write to with --in"))
      }
    }
  }
}
