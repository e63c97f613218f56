internal import CLinux
internal import Secrets

/// An open file of our own. Closed when the value goes.
struct FileDescriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Reads to the end. Nil when there is more than `limit` bytes.
  borrowing func readAll(limit: Int) throws(SystemError) -> SecretBuffer? {
    try FileDescriptor.readAll(from: number, limit: limit)
  }

  /// Reads a descriptor to its end and leaves it open. Nil when there is more than `limit` bytes.
  static func readAll(from number: Int32, limit: Int) throws(SystemError) -> SecretBuffer? {
    // One byte more than allowed tells a full buffer from one that overflows.
    var buffer = SecretBuffer(capacity: limit + 1)
    while true {
      let count = unsafe try buffer.appendInPlace(atMost: limit + 1) { room throws(SystemError) in
        while true {
          let count = unsafe read(number, room.baseAddress, room.count)
          if count >= 0 { return count }
          let error = SystemError.last
          guard error.number == EINTR else { throw error }
        }
      }
      if buffer.count > limit { return nil }
      if count == 0 { return buffer }
    }
  }

  /// Writes all of the bytes.
  borrowing func writeAll(_ bytes: RawSpan) throws(SystemError) {
    var offset = 0
    while offset < bytes.byteCount {
      let rest = bytes.extracting(offset..<bytes.byteCount)
      let count = unsafe rest.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
      if count < 0 {
        let error = SystemError.last
        guard error.number == EINTR else { throw error }
      } else {
        offset += count
      }
    }
  }

  /// Waits until everything is on the disk.
  borrowing func sync() throws(SystemError) {
    guard fsync(number) == 0 else { throw .last }
  }
}
