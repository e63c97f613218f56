/// Reading bytes in place: comparing and searching without a copy in a `String` or an array. The bytes may be a secret.
extension RawSpan {
  /// The byte at an offset; traps outside the span.
  @inlinable
  package subscript(offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Whether the text stands at an offset.
  @inlinable
  package func has(_ text: some Collection<UInt8>, at offset: Int = 0) -> Bool {
    guard offset >= 0, text.count <= byteCount - offset else { return false }
    var position = offset
    for byte in text {
      if self[position] != byte { return false }
      position += 1
    }
    return true
  }

  /// Like `has`, without regard to the case of ASCII letters. `text` is given in lower case.
  @inlinable
  package func hasIgnoringCase(_ text: some Collection<UInt8>, at offset: Int = 0) -> Bool {
    guard offset >= 0, text.count <= byteCount - offset else { return false }
    var position = offset
    for byte in text {
      if self[position].asciiLowercased != byte { return false }
      position += 1
    }
    return true
  }

  /// Whether these are exactly the bytes of the text.
  @inlinable
  package func equals(_ text: some Collection<UInt8>) -> Bool {
    text.count == byteCount && has(text)
  }

  /// Whether both hold the same bytes. The time it takes tells where they differ: not for codes that prove something.
  package func equals(_ other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    for offset in 0..<byteCount where self[offset] != other[offset] { return false }
    return true
  }

  /// The first offset at or after `start` whose byte passes.
  @inlinable
  package func firstOffset(from start: Int = 0, where passes: (UInt8) -> Bool) -> Int? {
    var offset = start
    while offset < byteCount {
      if passes(self[offset]) { return offset }
      offset += 1
    }
    return nil
  }

  /// The first offset at or after `start` where the text stands.
  @inlinable
  package func firstOffset(of text: some Collection<UInt8>, from start: Int = 0) -> Int? {
    guard let first = text.first, byteCount >= text.count else { return nil }
    var offset = start
    while offset <= byteCount - text.count {
      if self[offset] == first, has(text, at: offset) { return offset }
      offset += 1
    }
    return nil
  }

  /// The first offset at or after `start` whose byte is no blank and no sign of ASCII; the end where there is none. Eight
  /// bytes at a time: files of a megabyte go through here.
  package func endOfPrintable(from start: Int) -> Int {
    var offset = start
    while offset + 8 <= byteCount {
      let word = unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // The highest bit of a byte is set where it was, or where it is below 0x20, or 0x7F. What a byte takes from the next
      // one or gives to it has set its own bit already.
      let odd = word | (word &- 0x2020_2020_2020_2020) | (word &+ 0x0101_0101_0101_0101)
      guard odd & 0x8080_8080_8080_8080 == 0 else { break }
      offset += 8
    }
    while offset < byteCount, (0x20...0x7E).contains(self[offset]) { offset += 1 }
    return offset
  }

  /// Whether any byte passes.
  @inlinable
  package func contains(where passes: (UInt8) -> Bool) -> Bool { firstOffset(where: passes) != nil }

  /// What is left of a range without the bytes at its ends that pass.
  @inlinable
  package func trimmed(_ range: Range<Int>, where passes: (UInt8) -> Bool) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, passes(self[start]) { start += 1 }
    while end > start, passes(self[end - 1]) { end -= 1 }
    return start..<end
  }

  /// The part between the blanks at both ends.
  package var rangeWithoutOuterBlanks: Range<Int> { trimmed(0..<byteCount, where: \.isBlank) }

  /// A part as a `String`, for what may be shown or is no secret. A `String` cannot be wiped.
  package func shownText(_ range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// All of it as a `String`, for what may be shown or is no secret.
  package var shownText: String { shownText(0..<byteCount) }

  /// A copy on the plain heap: for bytes that are no secret.
  package func copied() -> [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}

extension [UInt8] {
  /// Lends the bytes for the length of `body`.
  @inlinable
  package func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Safe: the array outlives the call, and its elements are plain bytes.
    try unsafe body(span.bytes)
  }
}

extension String {
  /// Whether a text stands in it, byte for byte. A text without bytes stands in none.
  ///
  /// `contains` compares letters, which may be written in several ways, and prepares for that with a table: ten times as
  /// much for a word, and a walk over every conformance in the program at its first call.
  package func holds(_ part: String) -> Bool {
    withBytes { $0.firstOffset(of: part.utf8) != nil }
  }

  /// Lends the UTF-8 for the length of `body`.
  ///
  /// Not by `utf8Span`: Swift 6.3.1 optimizes the place of a short text's bytes away before `body` has read them.
  @inlinable
  package func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var text = self
    var outcome: Swift.Result<Result, Failure>?
    text.withUTF8 { bytes in
      do throws(Failure) {
        outcome = .success(try unsafe body(UnsafeRawBufferPointer(bytes).bytes))
      } catch {
        outcome = .failure(error)
      }
    }
    guard let outcome = outcome.take() else { fatalError("every text has bytes") }
    return try outcome.get()
  }
}
