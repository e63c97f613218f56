internal import Basics
internal import CLinux

/// Whether a path is root's alone, so that root may keep things there although a variable names it.
enum RootsOwn {
  /// What stands against it, as the end of a sentence; nil when all of it that exists belongs to root and can be changed
  /// by root alone.
  static func obstacle(_ path: String) -> String? {
    var part = ""
    var isShared = false
    for name in FilePath.canonical(path).split(separator: "/") {
      part += "/\(name)"
      guard let status = try? FileStatus(of: part, in: AT_FDCWD) else {
        // Whoever comes first makes it.
        return isShared ? "\(part) can be made by others" : nil
      }
      if status.owner != 0 { return "\(part) belongs to user \(status.owner)" }
      if status.kind == .link { return "\(part) is a symbolic link that leads nowhere" }
      let isOpen = status.mode & 0o022 != 0
      // In a folder such as /tmp nobody can take another one's things away.
      isShared = isOpen && status.mode & 0o1000 != 0
      if isOpen, !isShared { return "\(part) can be changed by others" }
    }
    return isShared ? "\(part) can be changed by others" : nil
  }
}
