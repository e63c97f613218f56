internal import Basics

/// Where something stands in a file that a person wrote.
package struct TextPlace: Hashable, Sendable, Comparable {
  /// From 1.
  package let line: Int
  /// In characters, from 1.
  package let column: Int

  /// - Parameter line: from 1, as `column`.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The one that comes first in the file.
  package static func < (a: TextPlace, b: TextPlace) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// Counts lines and columns on a way through a text that only leads forward.
struct PlaceCounter {
  private var offset = 0
  private var line = 1
  private var column = 1

  /// - Parameter end: not before the offset of the last call.
  mutating func place(at end: Int, in text: RawSpan) -> TextPlace {
    while offset < end {
      let byte = text[offset]
      if byte == UInt8(ascii: "\n") {
        (line, column) = (line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
    return TextPlace(line: line, column: column)
  }
}
