import Basics
import TestSupport
import Testing

@Suite struct ScalarsOfBytes {
  /// The scalars of bytes, nil for a byte that is none, by the standard library.
  private static func expected(_ bytes: [UInt8]) -> [Unicode.Scalar?] {
    var (rest, scalars) = (bytes[...], [] as [Unicode.Scalar?])
    while !rest.isEmpty {
      let whole = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self) }
      let scalar = whole.first?.unicodeScalars.first
      scalars.append(scalar)
      rest = rest.dropFirst(scalar.map { UTF8.width($0) } ?? 1)
    }
    return scalars
  }

  @Test func `text and damaged text is taken apart as the standard library does it`() {
    var random = SeededRandom(seed: 8)
    let pieces: [[UInt8]] = [
      [0x41], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x97, 0x9D], [0x80], [0xBF], [0xC0],
      [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xE0, 0x9F, 0xBF], [0xEF, 0xBF, 0xBD], [0xFF], [0xF4, 0x8F, 0xBF, 0xBF],
    ]
    for _ in 0..<2000 {
      let bytes = (0..<random.below(6)).flatMap { _ in pieces[random.below(pieces.count)] }
      bytes.withBytes { span in
        var (found, starts) = ([] as [Unicode.Scalar?], [] as [Int])
        span.forEachScalar { decoded, offset in
          found.append(decoded.scalar)
          starts.append(offset)
          return true
        }
        #expect(found == Self.expected(bytes), "\(bytes)")
        let ends = starts.dropFirst() + [bytes.count]
        // Backwards the same pieces, but for a start of a character that goes on with nothing.
        for (start, end) in zip(starts, ends) {
          let (length, offset) = (span.scalar(before: end).length, span.offset(before: end))
          #expect(length == end - start, "\(bytes) before \(end)")
          #expect(offset == start, "\(bytes) before \(end)")
        }
        let count = span.scalarCount
        #expect(count == starts.count)
      }
    }
  }

  @Test func `an offset inside of a character sees a stray byte before it`() {
    let before = "€".withBytes { text in (1...3).map { text.scalar(before: $0) } }
    let stray = DecodedScalar(scalar: nil, length: 1)
    #expect(before == [stray, stray, DecodedScalar(scalar: "€", length: 3)])
    #expect("€".withBytes { $0.offset(before: 0) } == 0)
  }

  @Test func `texts are found and compared where they lie`() {
    let text = " Tally-KEY "
    #expect(text.withBytes { $0.has("Tally".utf8, at: 1) && !$0.has("Tally".utf8) })
    #expect(!text.withBytes { $0.has("KEY  ".utf8, at: 7) })
    #expect(text.withBytes { $0.hasIgnoringCase("tally-key".utf8, at: 1) })
    #expect(text.withBytes { $0.firstOffset(of: "-".utf8) } == 6)
    #expect(text.withBytes { $0.firstOffset(of: "x".utf8) } == nil)
    #expect(text.withBytes { $0.rangeWithoutOuterBlanks } == 1..<10)
    #expect(text.withBytes { $0.extracting(1..<6).equals("Tally".utf8) })
    #expect("  ".withBytes { $0.rangeWithoutOuterBlanks.isEmpty })
  }
}
