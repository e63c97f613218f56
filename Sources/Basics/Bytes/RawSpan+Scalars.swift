/// A piece of UTF-8 text: one scalar, or one byte that is none.
@usableFromInline
package struct DecodedScalar: Equatable, Sendable {
  /// Nil for a byte that is not UTF-8.
  @usableFromInline package var scalar: Unicode.Scalar?
  /// How many bytes it takes: 1 to 4.
  @usableFromInline package var length: Int

  /// A scalar with its length, or a stray byte.
  @inlinable
  package init(scalar: Unicode.Scalar?, length: Int) {
    self.scalar = scalar
    self.length = length
  }

  /// A byte that is not UTF-8.
  @inlinable package static var stray: DecodedScalar { DecodedScalar(scalar: nil, length: 1) }

  /// The value, a stray byte counting as U+FFFD.
  @inlinable package var value: UInt32 { scalar?.value ?? 0xFFFD }
}

extension RawSpan {
  /// Decodes the scalar that begins at an offset, strictly: no overlong forms, no surrogates.
  @inlinable
  package func scalar(at offset: Int) -> DecodedScalar {
    let first = self[offset]
    if first < 0x80 { return DecodedScalar(scalar: Unicode.Scalar(first), length: 1) }
    guard let length = UTF8Form.length(ofFirst: first), offset + length <= byteCount else {
      return .stray
    }
    var bits = UTF8Form.bits(ofFirst: first, length: length)
    for next in offset + 1..<offset + length {
      guard let more = UTF8Form.adding(self[next], to: bits) else { return .stray }
      bits = more
    }
    guard let scalar = UTF8Form.scalar(bits, length: length) else { return .stray }
    return DecodedScalar(scalar: scalar, length: length)
  }

  /// The scalar (or stray byte) that ends before an offset, which must not be 0.
  @inlinable
  package func scalar(before end: Int) -> DecodedScalar {
    // At most three bytes back: a scalar takes four. Stray bytes are scalars of their own.
    var start = end - 1
    while start > max(0, end - 4), self[start] & 0xC0 == 0x80 { start -= 1 }
    let found = scalar(at: start)
    return start + found.length == end ? found : .stray
  }

  /// Where the scalar before an offset begins; 0 in front of everything.
  package func offset(before end: Int) -> Int { end > 0 ? end - scalar(before: end).length : 0 }

  /// How many scalars (and stray bytes) the text holds.
  package var scalarCount: Int { scalarCount(before: byteCount) }

  /// How many scalars begin before an offset.
  package func scalarCount(before end: Int) -> Int {
    var (offset, count) = (0, 0)
    while offset < end {
      offset += scalar(at: offset).length
      count += 1
    }
    return count
  }

  /// Calls `body` with each scalar and its offset until it returns false.
  @inlinable
  package func forEachScalar(_ body: (DecodedScalar, Int) -> Bool) {
    var offset = 0
    while offset < byteCount {
      let decoded = scalar(at: offset)
      guard body(decoded, offset) else { return }
      offset += decoded.length
    }
  }
}
