internal import Basics

/// Reads one element of DER (X.690) after the other: as much of it as is needed to find a key.
package struct DERReader {
  private(set) var offset: Int
  private let end: Int

  init(_ range: Range<Int>) {
    offset = range.lowerBound
    end = range.upperBound
  }

  /// The next element if it has the tag: its whole range and the range of its content.
  mutating func next(
    _ tag: UInt8, in der: RawSpan
  ) -> (whole: Range<Int>, content: Range<Int>)? {
    guard offset + 2 <= end, der[offset] == tag else { return nil }
    let start = offset
    var length = Int(der[offset + 1])
    var content = offset + 2
    if length >= 0x80 {
      let count = length & 0x7F
      // Four bytes of length are more than any key; DER forbids the indefinite form.
      guard (1...4).contains(count), content + count <= end else { return nil }
      length = 0
      for index in 0..<count { length = length << 8 | Int(der[content + index]) }
      content += count
    }
    guard length <= end - content else { return nil }
    offset = content + length
    return (start..<offset, content..<offset)
  }

  /// The tag of the next element; nil at the end.
  func nextTag(in der: RawSpan) -> UInt8? { offset < end ? der[offset] : nil }

  /// Whether the bytes are one sequence and nothing else.
  package static func isElement(_ der: RawSpan) -> Bool {
    var reader = DERReader(0..<der.byteCount)
    return reader.next(sequence, in: der) != nil && reader.offset == der.byteCount
  }

  /// The tags that the content of a sequence begins with: the first, and the second when the first is a number.
  package static func firstTags(_ der: RawSpan) -> [UInt8] {
    var outer = DERReader(0..<der.byteCount)
    guard let content = outer.next(sequence, in: der)?.content, !content.isEmpty else { return [] }
    var members = DERReader(content)
    guard members.next(integer, in: der) != nil, members.offset < content.upperBound else {
      return [der[content.lowerBound]]
    }
    return [integer, der[members.offset]]
  }

  /// INTEGER (X.690, 8.3).
  package static let integer: UInt8 = 0x02
  /// OCTET STRING (X.690, 8.7).
  package static let octets: UInt8 = 0x04
  static let identifier: UInt8 = 0x06
  /// SEQUENCE (X.690, 8.9).
  package static let sequence: UInt8 = 0x30
  static let bits: UInt8 = 0x03
  /// `[0]`, where SEC 1 names the curve.
  static let firstTagged: UInt8 = 0xA0
}
