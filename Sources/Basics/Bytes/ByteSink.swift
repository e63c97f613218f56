/// Where an encoder puts its bytes: an array for what is no secret, memory that is locked and wiped for what is one.
@usableFromInline
package protocol ByteSink: ~Copyable {
  /// Adds one byte.
  mutating func append(_ byte: UInt8)
  /// Adds bytes.
  mutating func append(_ bytes: RawSpan)
  /// Adds the UTF-8 of a text that is no secret.
  mutating func append(text: some StringProtocol)
}

extension [UInt8]: ByteSink {
  /// Adds bytes that are no secret.
  @inlinable
  package mutating func append(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Adds the UTF-8 of a text.
  @inlinable
  package mutating func append(text: some StringProtocol) { append(contentsOf: text.utf8) }
}
