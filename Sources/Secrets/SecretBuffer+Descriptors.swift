package import Basics

/// Bytes go between a file descriptor and the locked memory and nowhere else: no stdio buffer, no array.
extension SecretBuffer {
  /// How many bytes one call asks for: a page, so that no more memory is locked than there are bytes.
  private static let readSize = 4096

  /// Reads up to the end of the file, at most until the buffer is full. Waits where the descriptor would not.
  ///
  /// On failure the bytes that had come before stay in the buffer.
  /// - Returns: false when the buffer is full and there is more.
  package mutating func read(from descriptor: Int32) throws(SystemError) -> Bool {
    while count < capacity {
      if try readOnce(from: descriptor) == 0 { return true }
    }
    var probe = SecretBuffer(capacity: 1)
    return try probe.readOnce(from: descriptor) == 0
  }

  /// What a descriptor has to its end, which stays open; nil when there are more than `limit` bytes.
  package static func reading(
    _ descriptor: Int32, limit: Int
  ) throws(SystemError) -> SecretBuffer? {
    var content = SecretBuffer(capacity: limit)
    guard try content.read(from: descriptor) else { return nil }
    return content
  }

  /// Reads until the buffer is full.
  /// - Returns: false when the file ends before that.
  package mutating func fill(from descriptor: Int32) throws(SystemError) -> Bool {
    while count < capacity {
      if try readOnce(from: descriptor) == 0 { return false }
    }
    return true
  }

  /// Writes all bytes, in as many pieces as the descriptor takes.
  package borrowing func write(to descriptor: Int32) throws(SystemError) {
    try withBytes { bytes throws(SystemError) in try FileDescriptor.write(bytes, to: descriptor) }
  }

  /// Reads what one call gives, at most a page, and no more than there is room for. Waits where there is nothing yet.
  /// - Returns: how many bytes came; 0 at the end of the file, or where there was no room.
  package mutating func readOnce(from descriptor: Int32) throws(SystemError) -> Int {
    try unsafe appendInPlace(atMost: SecretBuffer.readSize) { room throws(SystemError) -> Int in
      try unsafe FileDescriptor.read(descriptor, into: room)
    }
  }
}
