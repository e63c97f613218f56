internal import Basics

/// Reads what SSH writes one after the other (RFC 4251, section 5): numbers of four bytes, and texts behind their length.
package struct SSHReader {
  /// Where the next one begins.
  package private(set) var offset: Int
  private let end: Int

  /// - Parameter range: where they stand in the bytes that each call is given.
  package init(_ range: Range<Int>) {
    offset = range.lowerBound
    end = range.upperBound
  }

  /// Whether nothing is left.
  package var isAtEnd: Bool { offset == end }

  /// The next number; nil, and nothing read, when the bytes end before that.
  package mutating func number(in bytes: RawSpan) -> UInt32? {
    guard end - offset >= 4 else { return nil }
    var number: UInt32 = 0
    for index in offset..<offset + 4 { number = number << 8 | UInt32(bytes[index]) }
    offset += 4
    return number
  }

  /// Where the next text stands; nil when the bytes end before it does.
  package mutating func text(in bytes: RawSpan) -> Range<Int>? {
    guard let length = number(in: bytes).map(Int.init), length <= end - offset else { return nil }
    let start = offset
    offset += length
    return start..<offset
  }
}
