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

  /// What a symbolic link says, as it stands there; nil for whatever is none.
  package static func target(ofLink path: String) -> String? {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(path, &text, text.count)
    guard count > 0 else { return nil }
    return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A path that does not depend on where it is used.
  /// - Parameter directory: what a relative one is relative to; absolute.
  package static func absolute(_ path: String, in directory: String) -> String {
    if path.hasPrefix("/") { return path }
    return directory.hasSuffix("/") ? directory + path : "\(directory)/\(path)"
  }

  /// The names in a directory, in any order, hidden ones too; nil when it cannot be listed.
  package static func names(in path: String) -> [String]? { entries(in: path)?.map(\.name) }

  /// What a directory says of one of its names.
  package struct Entry {
    /// Not `.` or `..`.
    package let name: String
    /// What it is, links not followed; nil where the file system does not say it here.
    package let kind: FileStatus.Kind?
  }

  /// The same with what each of them is, for which no file has to be looked at.
  package static func entries(in path: String) -> [Entry]? {
    guard let stream = unsafe opendir(path) else { return nil }
    defer { unsafe closedir(stream) }
    var entries: [Entry] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      guard name != ".", name != ".." else { continue }
      let kind = unsafe FilePath.kind(ofType: Int(entry.pointee.d_type))
      entries.append(Entry(name: name, kind: kind))
    }
    return entries
  }

  private static func kind(ofType type: Int) -> FileStatus.Kind? {
    switch type {
    case Int(DT_UNKNOWN): nil
    case Int(DT_REG): .file
    case Int(DT_DIR): .directory
    case Int(DT_LNK): .link
    default: .other
    }
  }
}
