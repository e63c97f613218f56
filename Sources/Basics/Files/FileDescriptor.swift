internal import CLinux

/// An open file of our own. Closed when the value goes.
package struct FileDescriptor: ~Copyable, Sendable {
  /// What the system knows it by; negative when there is none.
  package let number: Int32

  /// Takes over an open descriptor.
  package init(_ number: Int32) { self.number = number }

  deinit { if number >= 0 { close(number) } }

  /// Opens a file. No program that is started later gets it.
  ///
  /// - Parameters:
  ///   - path: absolute, or relative to `directory`.
  ///   - flags: of `open(2)`; `O_CLOEXEC` is always set.
  ///   - mode: permission bits of a file that is made; the umask takes some away.
  ///   - directory: an open directory; the working directory when it is left out.
  package static func open(
    _ path: String, _ flags: Int32, mode: UInt32 = 0, in directory: Int32? = nil
  ) throws(SystemError) -> FileDescriptor {
    while true {
      let number = unsafe linux_openat(directory ?? AT_FDCWD, path, flags | O_CLOEXEC, mode)
      if number >= 0 { return FileDescriptor(number) }
      guard SystemError.last.code == EINTR else { throw .last }
    }
  }

  /// Opens a directory, to reach files by name from it.
  package static func open(
    directory path: String, followsLink: Bool = true
  ) throws(SystemError) -> FileDescriptor {
    try open(path, O_RDONLY | O_DIRECTORY | (followsLink ? 0 : O_NOFOLLOW))
  }

  /// Waits until everything is on the disk.
  package borrowing func sync() throws(SystemError) {
    while fsync(number) != 0 {
      guard SystemError.last.code == EINTR else { throw .last }
    }
  }

  /// Writes all of the bytes.
  package borrowing func write(_ bytes: RawSpan) throws(SystemError) {
    try FileDescriptor.write(bytes, to: number)
  }
}

/// The one place that reads and writes: a call that a signal broke off is made again, here as in opening and syncing, and a
/// descriptor that would not wait is waited for.
extension FileDescriptor {
  /// One successful `read(2)` straight into memory of the caller's.
  /// - Returns: the number of bytes, 0 at the end of the file.
  package static func read(
    _ number: Int32, into room: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    while true {
      let count = unsafe CLinux.read(number, room.baseAddress, room.count)
      if count >= 0 { return count }
      try waitOrThrow(number, for: POLLIN)
    }
  }

  /// Writes all of the bytes, in as many pieces as the descriptor takes. It stays open.
  package static func write(_ bytes: RawSpan, to number: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.byteCount {
      let rest = bytes.extracting(written..<bytes.byteCount)
      let count = unsafe rest.withUnsafeBytes {
        unsafe CLinux.write(number, $0.baseAddress, $0.count)
      }
      guard count != 0 else { throw SystemError(code: EIO) }
      if count > 0 { written += count } else { try waitOrThrow(number, for: POLLOUT) }
    }
  }

  /// After a call that failed: returns when it is worth another try.
  private static func waitOrThrow(_ number: Int32, for event: Int32) throws(SystemError) {
    let error = SystemError.last
    switch error.code {
    case EINTR: return
    case EAGAIN:
      var wait = pollfd(fd: number, events: Int16(event), revents: 0)
      _ = unsafe poll(&wait, 1, -1)
    default: throw error
    }
  }
}
