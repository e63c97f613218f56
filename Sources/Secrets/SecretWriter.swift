internal import Basics

/// Puts a text together that holds secrets and whose length is not known before. When a buffer is full the text moves
/// into one of twice the size and the old one is wiped, so growing leaves nothing behind.
package struct SecretWriter: ~Copyable, ByteSink {
  private var buffer: SecretBuffer
  private let limit: Int
  /// Whether something did not fit; the text is then of no use.
  package private(set) var isOverfull = false

  /// - Parameter limit: the most bytes that the text may have.
  package init(limit: Int = 16 * SecretBuffer.fileCapacity) {
    self.limit = limit
    buffer = SecretBuffer(capacity: min(limit, 4096))
  }

  /// How many bytes there are.
  package var count: Int { buffer.count }

  /// Adds one byte.
  package mutating func append(_ byte: UInt8) {
    guard makeRoom(for: 1) else { return }
    buffer.append(byte)
  }

  /// Adds bytes, all or none.
  package mutating func append(_ bytes: RawSpan) {
    guard makeRoom(for: bytes.byteCount) else { return }
    buffer.append(bytes)
  }

  /// Adds a text that is no secret, all of it or nothing.
  package mutating func append(text: some StringProtocol) {
    // A text is its own description, and only a part of one is copied for it.
    text.description.withBytes { append($0) }
  }

  /// Lends the text so far for the length of `body`.
  package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withBytes(body)
  }

  /// The text; nil when it was longer than the limit.
  package consuming func finish() -> SecretBuffer? {
    if isOverfull { return nil }
    return buffer
  }

  private mutating func makeRoom(for added: Int) -> Bool {
    guard !isOverfull, added <= limit - buffer.count else {
      isOverfull = true
      return false
    }
    guard added > buffer.capacity - buffer.count else { return true }
    var capacity = buffer.capacity
    while capacity < buffer.count + added { capacity = min(limit, capacity * 2) }
    var larger = SecretBuffer(capacity: capacity)
    buffer.withBytes { bytes in _ = larger.append(bytes) }
    buffer = larger
    return true
  }
}

extension SecretWriter {
  /// The name of the next pair of a form, with what stands around it.
  package mutating func append(formName name: String) {
    if count > 0 { append(UInt8(ascii: "&")) }
    name.withBytes { append(formEncoded: $0) }
    append(UInt8(ascii: "="))
  }
}
