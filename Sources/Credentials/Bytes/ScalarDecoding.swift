/// A piece of UTF-8 text: one scalar, or one byte that is none.
struct DecodedScalar: Equatable {
  /// Nil for a byte that is not UTF-8.
  var scalar: Unicode.Scalar?
  /// How many bytes it takes: 1 to 4.
  var length: Int
}

extension RawSpan {
  /// Decodes the scalar that begins at an offset, strictly: no overlong forms, no surrogates.
  func scalar(at offset: Int) -> DecodedScalar {
    let first = self[offset]
    let length: Int
    switch first {
    case 0x00...0x7F: return DecodedScalar(scalar: Unicode.Scalar(first), length: 1)
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return DecodedScalar(scalar: nil, length: 1)
    }
    guard offset + length <= byteCount else { return DecodedScalar(scalar: nil, length: 1) }
    var bits = UInt32(first) & (0x7F >> UInt32(length))
    for next in offset + 1..<offset + length {
      guard self[next].isContinuation else { return DecodedScalar(scalar: nil, length: 1) }
      bits = bits << 6 | UInt32(self[next] & 0x3F)
    }
    let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    guard bits >= smallest[length], let scalar = Unicode.Scalar(bits) else {
      return DecodedScalar(scalar: nil, length: 1)
    }
    return DecodedScalar(scalar: scalar, length: length)
  }

  /// How many scalars (and stray bytes) the text holds.
  var scalarCount: Int { scalarCount(before: byteCount) }

  /// How many scalars begin before an offset.
  func scalarCount(before end: Int) -> Int {
    var (offset, count) = (0, 0)
    while offset < end {
      offset += scalar(at: offset).length
      count += 1
    }
    return count
  }

  /// Where the scalar before an offset begins.
  func offset(before end: Int) -> Int {
    // At most three bytes back: a scalar takes four. Stray bytes are scalars of their own.
    var start = end - 1
    while start > max(0, end - 4), self[start].isContinuation { start -= 1 }
    return start >= 0 && start + scalar(at: start).length == end ? start : max(0, end - 1)
  }

  /// Calls `body` with each scalar and its offset until it returns false.
  func forEachScalar(_ body: (DecodedScalar, Int) -> Bool) {
    var offset = 0
    while offset < byteCount {
      let decoded = scalar(at: offset)
      guard body(decoded, offset) else { return }
      offset += decoded.length
    }
  }
}
