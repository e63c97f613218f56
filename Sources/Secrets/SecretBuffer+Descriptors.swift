internal import CLinux

/// Bytes go between a file descriptor and the locked memory and nowhere else: no stdio buffer, no array.
extension SecretBuffer {
  /// How many bytes one call asks for: a page, so that no more memory is locked than there are bytes.
  private static let readSize = 4096

  /// Reads up to the end of the file, at most until the buffer is full. Waits where the descriptor would not.
  ///
  /// On failure the bytes that had come before stay in the buffer.
  /// - Returns: false when the buffer is full and there is more.
  package mutating func read(from descriptor: Int32) throws(SystemFailure) -> Bool {
    while count < capacity {
      let got = try unsafe appendInPlace(atMost: SecretBuffer.readSize) {
        room throws(SystemFailure) -> Int in
        try unsafe SecretBuffer.readOnce(descriptor, into: room)
      }
      if got == 0 { return true }
    }
    var probe = SecretBuffer(capacity: 1)
    let more = try unsafe probe.appendInPlace(atMost: 1) { room throws(SystemFailure) -> Int in
      try unsafe SecretBuffer.readOnce(descriptor, into: room)
    }
    return more == 0
  }

  /// Writes all bytes, in as many pieces as the descriptor takes.
  package borrowing func write(to descriptor: Int32) throws(SystemFailure) {
    try withBytes { bytes throws(SystemFailure) in
      var written = 0
      while written < bytes.byteCount {
        let rest = bytes.extracting(written..<bytes.byteCount)
        let count = unsafe rest.withUnsafeBytes { source in
          unsafe CLinux.write(descriptor, source.baseAddress, source.count)
        }
        if count > 0 {
          written += count
        } else {
          try SecretBuffer.waitOrFail(descriptor, for: POLLOUT)
        }
      }
    }
  }

  /// One successful `read(2)`: the number of bytes, 0 at the end of the file.
  private static func readOnce(
    _ descriptor: Int32, into room: UnsafeMutableRawBufferPointer
  ) throws(SystemFailure) -> Int {
    while true {
      let got = unsafe CLinux.read(descriptor, room.baseAddress, room.count)
      if got >= 0 { return got }
      try waitOrFail(descriptor, for: POLLIN)
    }
  }

  /// After a call that failed: returns when it is worth another try.
  private static func waitOrFail(
    _ descriptor: Int32, for event: Int32
  ) throws(SystemFailure) {
    let failure = SystemFailure.last
    switch failure.code {
    case EINTR: return
    case EAGAIN:
      var wait = pollfd(fd: descriptor, events: Int16(event), revents: 0)
      _ = unsafe poll(&wait, 1, -1)
    default: throw failure
    }
  }
}
