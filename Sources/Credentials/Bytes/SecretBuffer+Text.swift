internal import Secrets

extension SecretBuffer {
  /// A buffer that holds exactly the given bytes and has no room for more.
  init(copying bytes: RawSpan) {
    self.init(capacity: max(1, bytes.byteCount))
    append(bytes)
  }

  /// A buffer with a text that is not secret.
  init(text: String, capacity: Int = SecretBuffer.lineCapacity) {
    self.init(capacity: max(capacity, text.utf8.count))
    append(text: text)
  }

  /// Adds a text that is not secret; false, and nothing added, when it does not fit.
  @discardableResult
  mutating func append(text: String) -> Bool {
    guard text.utf8.count <= capacity - count else { return false }
    for byte in text.utf8 { append(byte) }
    return true
  }

  /// Adds a range of another text; false, and nothing added, when it does not fit.
  @discardableResult
  mutating func append(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    append(bytes.extracting(range))
  }
}
