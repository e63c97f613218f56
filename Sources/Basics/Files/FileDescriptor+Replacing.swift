internal import CLinux
internal import Glibc

/// Files of an open directory that come into being whole or not at all.
extension FileDescriptor {
  /// Makes an empty file of this account's alone (0600) under a name that is free; no link is followed.
  package borrowing func makeFile(_ name: String) throws(SystemError) -> FileDescriptor {
    let file = try FileDescriptor.open(
      name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600, in: number)
    // The umask may have taken bits away that we need.
    guard fchmod(file.number, 0o600) == 0 else { throw .last }
    return file
  }

  /// Puts a whole file in place or nothing: written beside, renamed over what was there. Another process sees the one
  /// or the other.
  ///
  /// - Parameters:
  ///   - temporary: a name in the same directory that is free; there is no file of that name afterwards.
  ///   - mode: permission bits of the file.
  ///   - isDurable: whether the bytes are on the disk before they get the name. The name is when the directory was
  ///     synced.
  package borrowing func replaceFile(
    _ name: String, by bytes: RawSpan, through temporary: String, mode: UInt32 = 0o600,
    isDurable: Bool
  ) throws(SystemError) {
    do throws(SystemError) {
      let file = try makeFile(temporary)
      try file.write(bytes)
      guard fchmod(file.number, mode) == 0 else { throw .last }
      if isDurable { try file.sync() }
    } catch {
      removeFile(temporary)
      throw error
    }
    try renameFile(temporary, to: name)
  }

  /// Renames a file over another; when that fails, it is removed.
  package borrowing func renameFile(_ name: String, to other: String) throws(SystemError) {
    guard unsafe renameat(number, name, number, other) == 0 else {
      let error = SystemError.last
      removeFile(name)
      throw error
    }
  }

  /// Removes a file, if there is one.
  package borrowing func removeFile(_ name: String) { unsafe unlinkat(number, name, 0) }
}
