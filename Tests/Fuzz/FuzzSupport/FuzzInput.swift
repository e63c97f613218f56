package import Secrets

/// What libFuzzer hands to a target in one call.
package struct FuzzInput {
  package let bytes: [UInt8]

  package init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    // Safe: libFuzzer lends `count` bytes at `start` for the time of the call.
    unsafe bytes = Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// What stands between zeros; at least one part, which may be empty.
  package var parts: [[UInt8]] {
    bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
  }
}

extension SecretBuffer {
  /// Input as the values of the program come. It is no secret.
  package init(fuzz bytes: some Collection<UInt8>) {
    self.init(capacity: max(1, bytes.count))
    for byte in bytes { append(byte) }
  }
}

extension RawSpan {
  /// Whether a text occurs.
  package func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    var found = 0
    for offset in 0..<byteCount {
      let byte = unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      found = byte == wanted[found] ? found + 1 : (byte == wanted[0] ? 1 : 0)
      if found == wanted.count { return true }
    }
    return false
  }

  /// Whether a byte occurs that could end a line or a request.
  package var holdsControl: Bool {
    for offset in 0..<byteCount {
      let byte = unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      if byte < 0x20 && byte != 0x09 || byte == 0x7F { return true }
    }
    return false
  }
}
