/// Reading bytes of a secret in place: comparing and searching without a copy in a `String` or an array.
extension RawSpan {
  /// The byte at an offset; traps outside the span.
  subscript(offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// Whether the text stands at an offset.
  func has(_ text: some Collection<UInt8>, at offset: Int = 0) -> Bool {
    guard offset >= 0, text.count <= byteCount - offset else { return false }
    var position = offset
    for byte in text {
      if self[position] != byte { return false }
      position += 1
    }
    return true
  }

  /// Like `has`, without regard to the case of ASCII letters. `text` is given in lower case.
  func hasIgnoringCase(_ text: some Collection<UInt8>, at offset: Int = 0) -> Bool {
    guard offset >= 0, text.count <= byteCount - offset else { return false }
    var position = offset
    for byte in text {
      if self[position].asciiLowercased != byte { return false }
      position += 1
    }
    return true
  }

  func equals(_ text: some Collection<UInt8>) -> Bool {
    text.count == byteCount && has(text)
  }

  func equals(_ other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    for offset in 0..<byteCount where self[offset] != other[offset] { return false }
    return true
  }

  /// The first offset at or after `start` whose byte passes.
  func firstOffset(from start: Int = 0, where passes: (UInt8) -> Bool) -> Int? {
    var offset = start
    while offset < byteCount {
      if passes(self[offset]) { return offset }
      offset += 1
    }
    return nil
  }

  /// The first offset at or after `start` where the text stands.
  func firstOffset(of text: some Collection<UInt8>, from start: Int = 0) -> Int? {
    guard let first = text.first, byteCount >= text.count else { return nil }
    var offset = start
    while offset <= byteCount - text.count {
      if self[offset] == first, has(text, at: offset) { return offset }
      offset += 1
    }
    return nil
  }

  /// The part between the blanks at both ends.
  var rangeWithoutOuterBlanks: Range<Int> {
    var (start, end) = (0, byteCount)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// A part as a `String`, for what may be shown or is no secret. A `String` cannot be wiped.
  func shownText(_ range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  var shownText: String { shownText(0..<byteCount) }

  func contains(where passes: (UInt8) -> Bool) -> Bool { firstOffset(where: passes) != nil }
}

extension UInt8 {
  var isContinuation: Bool { self & 0xC0 == 0x80 }

  var isDigit: Bool { (0x30...0x39).contains(self) }

  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

  var isUppercase: Bool { (0x41...0x5A).contains(self) }

  /// Space, tab, line feed, carriage return, vertical tab, form feed.
  var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  /// Printable ASCII, the space left out.
  var isGraphic: Bool { (0x21...0x7E).contains(self) }

  var asciiLowercased: UInt8 { isUppercase ? self | 0x20 : self }

  /// The value of a hexadecimal digit.
  var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
