internal import Basics

extension SecretBuffer {
  /// A buffer with a copy of the bytes and, unless `capacity` says otherwise, no room for more.
  package init(copying bytes: RawSpan, capacity: Int? = nil) {
    self.init(capacity: max(1, capacity ?? bytes.byteCount))
    append(bytes)
  }

  /// A buffer with a text that is not secret.
  package init(text: String, capacity: Int = SecretBuffer.lineCapacity) {
    self.init(capacity: max(capacity, text.utf8.count))
    append(text: text)
  }

  /// A buffer that holds `count` random bytes.
  package init(random count: Int) {
    self.init(capacity: count)
    _ = unsafe appendInPlace(atMost: count) { room in
      unsafe SystemRandom.fill(room)
      return count
    }
  }

  /// Adds a text that is not secret; false, and nothing added, when it does not fit.
  @discardableResult
  package mutating func append(text: String) -> Bool { text.withBytes { append($0) } }

  /// Takes line ends off the end: a file has one, and a paste may bring one along.
  package mutating func dropLineEnd() {
    let end = withBytes { bytes -> Int in
      var end = bytes.byteCount
      while end > 0, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") {
        end -= 1
      }
      return end
    }
    remove(end..<count)
  }

  /// Adds bytes that are no secret; false, and nothing added, when they do not fit.
  @discardableResult
  package mutating func append(text: some Collection<UInt8>) -> Bool {
    guard text.count <= capacity - count else { return false }
    for byte in text { append(byte) }
    return true
  }

  /// Adds a range of another text; false, and nothing added, when it does not fit.
  @discardableResult
  package mutating func append(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    append(bytes.extracting(range))
  }
}

extension SecretBuffer {
  /// The bytes that hexadecimal digits stand for, blanks at the ends left aside; nil when there are others, or half a
  /// byte.
  package init?(hex text: RawSpan) {
    let digits = text.extracting(text.rangeWithoutOuterBlanks)
    self.init(capacity: max(1, digits.byteCount / 2))
    guard Hexadecimal.decode(digits, { append($0) }) else { return nil }
  }

  /// The bytes that a Base64 text stands for, of either alphabet, blanks skipped; nil when it is none.
  package init?(base64 text: RawSpan) {
    self.init(capacity: max(1, text.byteCount))
    guard Base64.decodeLeniently(text, { append($0) }) else { return nil }
  }

  /// What a name or value of `application/x-www-form-urlencoded` stands for; a `%` that begins no code is kept.
  package init(formDecoding text: RawSpan) {
    self.init(capacity: max(1, text.byteCount))
    PercentEncoding.decodeForm(text) { append($0) }
  }
}
