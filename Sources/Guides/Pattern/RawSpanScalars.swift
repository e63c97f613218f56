extension RawSpan {
  /// The scalar that begins at `offset` and its length in bytes. A byte that does not belong to valid UTF-8 counts as
  /// one character U+FFFD.
  func scalar(at offset: Int) -> (value: UInt32, length: Int) {
    let first = byte(at: offset)
    if first < 0x80 { return (UInt32(first), 1) }
    let (length, smallest): (Int, UInt32) =
      switch first {
      case 0xC2...0xDF: (2, 0x80)
      case 0xE0...0xEF: (3, 0x800)
      case 0xF0...0xF4: (4, 0x10000)
      default: (1, 0)
      }
    guard length > 1, offset + length <= byteCount else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let next = byte(at: offset + index)
      guard next & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    guard value >= smallest, Unicode.Scalar(value) != nil else { return (0xFFFD, 1) }
    return (value, length)
  }

  /// The scalar that ends before `offset`, which must not be 0.
  func scalar(before offset: Int) -> (value: UInt32, length: Int) {
    for length in 1...4 where offset >= length {
      let found = scalar(at: offset - length)
      if found.length == length, length > 1 || found.value != 0xFFFD { return found }
    }
    return (0xFFFD, 1)
  }

  /// Between a word character (letter, digit, underscore of ASCII) and anything else.
  func isWordBoundary(_ offset: Int) -> Bool {
    let before = offset > 0 && PatternClass.word.contains(UInt32(byte(at: offset - 1)))
    let after = offset < byteCount && PatternClass.word.contains(UInt32(byte(at: offset)))
    return before != after
  }
}
