internal import CLinux
internal import Glibc

/// Paths as text.
package enum FilePath {
  /// The path without symbolic links; the path itself where it leads nowhere.
  package static func canonical(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
