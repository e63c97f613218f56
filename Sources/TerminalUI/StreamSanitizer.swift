internal import Basics

/// Cleans a text that comes in pieces, such as an answer's body on its way to a terminal: what `Sanitizer.clean` makes of
/// the whole, wherever it was cut. Line breaks stay, and a byte that is not UTF-8 is shown as U+FFFD.
package struct StreamSanitizer: Sendable {
  private var cleaner = Cleaner(keepingLineBreaks: true)
  /// The beginning of a character whose end has not come: at most three bytes.
  private var begun: [UInt8] = []

  /// One for a text of which nothing has come.
  package init() {}

  /// The next piece, cleaned. What only a later piece can tell is held back: half a character, a carriage return.
  package mutating func clean(_ piece: some Sequence<UInt8>) -> String {
    let bytes = begun + piece
    begun = []
    bytes.withBytes { bytes in
      var offset = 0
      while offset < bytes.byteCount, !bytes.breaksOff(at: offset) {
        let decoded = bytes.scalar(at: offset)
        cleaner.append(decoded.scalar ?? "\u{FFFD}")
        offset += decoded.length
      }
      begun = (offset..<bytes.byteCount).map { bytes[$0] }
    }
    return cleaner.take()
  }

  /// What was held back. Nothing may come after it.
  package mutating func finish() -> String {
    for _ in begun { cleaner.append("\u{FFFD}") }
    begun = []
    return cleaner.finish()
  }
}

extension RawSpan {
  /// Whether the bytes from here to the end are the beginning of a character, and not all of it.
  fileprivate func breaksOff(at offset: Int) -> Bool {
    guard let length = UTF8Form.length(ofFirst: self[offset]), offset + length > byteCount else {
      return false
    }
    return (offset + 1..<byteCount).allSatisfy { self[$0] & 0xC0 == 0x80 }
  }
}
