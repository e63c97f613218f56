internal import Basics
internal import CLinux
internal import Connections
internal import Glibc
internal import Secrets

/// Making, writing and reading the files of a private directory. The SQLite file itself is left to SQLite: closing a
/// second descriptor of it would drop the locks that SQLite holds.
extension PrivateDirectory {
  /// Makes an empty file of mode 0600 under a name that is free.
  borrowing func makeFile(_ name: String) throws(StoreError) {
    do throws(SystemError) {
      _ = try directory.makeFile(name)
    } catch {
      throw error.failure("cannot make \(path)/\(name)")
    }
  }

  /// Puts a whole file in place or nothing: written beside, synced, renamed.
  borrowing func write(_ bytes: RawSpan, to name: String, mode: UInt32) throws(StoreError) {
    let temporary = PrivateDirectory.temporaryName(for: name)
    do throws(SystemError) {
      try directory.replaceFile(name, by: bytes, through: temporary, mode: mode, isDurable: true)
    } catch {
      throw error.failure("cannot write \(path)/\(name)", advice: "nothing was changed")
    }
    try sync()
  }

  /// Renames a file over another and waits until the directory is on the disk.
  borrowing func rename(_ name: String, to other: String) throws(StoreError) {
    do throws(SystemError) {
      try directory.renameFile(name, to: other)
    } catch {
      throw error.failure("cannot put \(path)/\(other) in place")
    }
    try sync()
  }

  borrowing func remove(_ name: String) { directory.removeFile(name) }

  /// Waits until a file is on the disk, and its name. Not for a SQLite file that is open.
  borrowing func syncFile(_ name: String) throws(StoreError) {
    do throws(SystemError) {
      try FileDescriptor.open(name, O_RDONLY | O_NOFOLLOW, in: descriptor).sync()
    } catch {
      throw error.failure("cannot write \(path)/\(name)")
    }
    try sync()
  }

  /// Reads a file that `verifiedFile` has accepted. Not for the SQLite file.
  borrowing func read(_ name: String, limit: Int) throws(StoreError) -> SecretBuffer? {
    do throws(SystemError) {
      let file = try FileDescriptor.open(
        name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, in: descriptor)
      return try SecretBuffer.reading(file.number, limit: limit)
    } catch {
      throw error.failure("cannot read \(path)/\(name)")
    }
  }
}
