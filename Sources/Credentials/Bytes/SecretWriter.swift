internal import Secrets

/// Puts a text together that holds secrets and whose length is not known before. When a buffer is full the text moves
/// into one of twice the size and the old one is wiped, so growing leaves nothing behind.
struct SecretWriter: ~Copyable {
  private var buffer: SecretBuffer
  private let limit: Int
  /// Whether something did not fit; the text is then of no use.
  private(set) var isOverfull = false

  /// - Parameter limit: the most bytes that the text may have.
  init(limit: Int = 16 * SecretBuffer.fileCapacity) {
    self.limit = limit
    buffer = SecretBuffer(capacity: min(limit, 4096))
  }

  var count: Int { buffer.count }

  mutating func append(_ byte: UInt8) {
    guard makeRoom(for: 1) else { return }
    buffer.append(byte)
  }

  mutating func append(_ bytes: RawSpan) {
    guard makeRoom(for: bytes.byteCount) else { return }
    buffer.append(bytes)
  }

  mutating func append(text: some StringProtocol) {
    guard makeRoom(for: text.utf8.count) else { return }
    for byte in text.utf8 { buffer.append(byte) }
  }

  borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withBytes(body)
  }

  /// The text; nil when it was longer than the limit.
  consuming func finish() -> SecretBuffer? {
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
