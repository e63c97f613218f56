internal import CLinux
internal import Credentials
internal import Glibc
internal import Secrets

/// Making, writing and reading the files of a private directory. The SQLite file itself is left to SQLite: closing a
/// second descriptor of it would drop the locks that SQLite holds.
extension PrivateDirectory {
  /// Makes an empty file of mode 0600 under a name that is free.
  borrowing func makeFile(_ name: String) throws(StoreError) {
    do throws(SystemError) {
      _ = try makeAndOpen(name)
    } catch {
      throw error.failure("cannot make \(path)/\(name)")
    }
  }

  private borrowing func makeAndOpen(_ name: String) throws(SystemError) -> FileDescriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let number = unsafe linux_openat(descriptor, name, flags, 0o600)
    guard number >= 0 else { throw .last }
    let file = FileDescriptor(number)
    // The umask may have taken bits away that we need.
    guard fchmod(number, 0o600) == 0 else { throw .last }
    return file
  }

  /// Puts a whole file in place or nothing: written beside, synced, renamed.
  borrowing func write(_ bytes: RawSpan, to name: String, mode: UInt32) throws(StoreError) {
    let temporary = PrivateDirectory.temporaryName(for: name)
    do throws(SystemError) {
      let file = try makeAndOpen(temporary)
      try file.writeAll(bytes)
      guard fchmod(file.number, mode) == 0 else { throw .last }
      try file.sync()
    } catch {
      unsafe unlinkat(descriptor, temporary, 0)
      throw error.failure("cannot write \(path)/\(name)", advice: "nothing was changed")
    }
    try rename(temporary, to: name)
  }

  /// Renames a file over another and waits until the directory is on the disk.
  borrowing func rename(_ name: String, to other: String) throws(StoreError) {
    guard unsafe renameat(descriptor, name, descriptor, other) == 0 else {
      let error = SystemError.last
      unsafe unlinkat(descriptor, name, 0)
      throw error.failure("cannot put \(path)/\(other) in place")
    }
    try sync()
  }

  borrowing func remove(_ name: String) { unsafe unlinkat(descriptor, name, 0) }

  /// Waits until a file is on the disk, and its name. Not for a SQLite file that is open.
  borrowing func syncFile(_ name: String) throws(StoreError) {
    do throws(SystemError) {
      let number = unsafe linux_openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0)
      guard number >= 0 else { throw .last }
      try FileDescriptor(number).sync()
    } catch {
      throw error.failure("cannot write \(path)/\(name)")
    }
    try sync()
  }

  /// Reads a file that `verifiedFile` has accepted. Not for the SQLite file.
  borrowing func read(_ name: String, limit: Int) throws(StoreError) -> SecretBuffer? {
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    do throws(SystemError) {
      let number = unsafe linux_openat(descriptor, name, flags, 0)
      guard number >= 0 else { throw .last }
      return try FileDescriptor(number).readAll(limit: limit)
    } catch {
      throw error.failure("cannot read \(path)/\(name)")
    }
  }
}
