internal import Basics

/// The parts of a provider file that hold one entry each, found by its lines without reading what they say. So one entry
/// can be read out of a megabyte, and one with a mistake does not hide the others.
///
/// A file qualifies when every line at the margin begins an entry (`slug:`), is empty or a comment; a `---` may stand on
/// top. What is written otherwise (in braces, with quoted slugs, in several documents) is read whole, and so is a file
/// of which a part does not make sense alone, because it uses an anchor of another for instance.
package struct ProviderFileParts {
  /// Larger files are refused, in bytes. Each part is bounded by `YAMLReader.sizeLimit` besides.
  package static let sizeLimit = 256 * 1024 * 1024

  /// The bytes of one entry.
  package struct Part {
    /// The entry's name.
    package let slug: String
    /// Bytes of the file, from the slug to the next one.
    package let range: Range<Int>
    /// One-based.
    package let line: Int

    /// - Parameters:
    ///   - range: where its bytes lie in the file.
    ///   - line: of its slug, from 1.
    package init(slug: String, range: Range<Int>, line: Int) {
      self.slug = slug
      self.range = range
      self.line = line
    }
  }

  /// In written order.
  package private(set) var parts: [Part] = []

  /// Nil when the file is written in another way.
  package init?(_ bytes: [UInt8]) {
    var lines = Lines(bytes)
    var open: (slug: String, start: Int, line: Int)?
    while let line = lines.next() {
      switch ProviderFileParts.kind(of: line.range, in: bytes) {
      case .entry(let slug):
        if let open { close(open, at: line.range.lowerBound) }
        open = (slug, line.range.lowerBound, line.number)
      case .inner:
        guard open != nil else { return nil }
      case .start:
        guard open == nil, line.number == 1 else { return nil }
      case .nothing: break
      case .other: return nil
      }
    }
    guard !lines.hasOddBreak else { return nil }
    if let open { close(open, at: bytes.count) }
  }

  private mutating func close(_ open: (slug: String, start: Int, line: Int), at end: Int) {
    parts.append(Part(slug: open.slug, range: open.start..<end, line: open.line))
  }

  private enum LineKind {
    case entry(String)
    /// Indented: belongs to the entry above.
    case inner
    /// `---`
    case start
    case nothing
    case other
  }

  private static func kind(of line: Range<Int>, in bytes: [UInt8]) -> LineKind {
    guard let first = bytes[line].first, first != UInt8(ascii: "\r") else { return .nothing }
    switch first {
    case UInt8(ascii: " "): return .inner
    case UInt8(ascii: "#"): return .nothing
    case UInt8(ascii: "-"):
      let text = bytes[line].last == UInt8(ascii: "\r") ? bytes[line].dropLast() : bytes[line]
      return text.elementsEqual("---".utf8) ? .start : .other
    default: return entry(line, in: bytes)
    }
  }

  private static func entry(_ line: Range<Int>, in bytes: [UInt8]) -> LineKind {
    guard bytes[line.lowerBound].isSlugByte else { return .other }
    var end = line.lowerBound
    while end < line.upperBound,
      bytes[end].isSlugByte || bytes[end] == UInt8(ascii: "-")
        || bytes[end] == UInt8(ascii: ".")
    {
      end += 1
    }
    guard end < line.upperBound, bytes[end] == UInt8(ascii: ":") else { return .other }
    let after = end + 1 < line.upperBound ? bytes[end + 1] : UInt8(ascii: " ")
    guard after == UInt8(ascii: " ") || after == UInt8(ascii: "\r") else { return .other }
    return .entry(String(decoding: bytes[line.lowerBound..<end], as: UTF8.self))
  }

  /// Lines that end in a line feed, a carriage return before it or not.
  private struct Lines {
    private let bytes: [UInt8]
    private var start: Int
    private var number = 0
    /// Whether the file breaks lines with something else, which YAML knows and counts as well.
    private(set) var hasOddBreak = false

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func next() -> (range: Range<Int>, number: Int)? {
      let first = start
      guard first < bytes.count else { return nil }
      let (end, isOdd) = Lines.end(from: first, in: bytes)
      if isOdd { hasOddBreak = true }
      start = end + 1
      number += 1
      return (first..<end, number)
    }

    private static func end(from start: Int, in bytes: [UInt8]) -> (end: Int, isOdd: Bool) {
      let span = bytes.span
      var isOdd = false
      // Nearly all bytes: letters, digits and signs.
      var end = unsafe span.bytes.endOfPrintable(from: start)
      while end < span.count, span[end] != 0x0A {
        switch span[end] {
        case 0x0D where end + 1 == span.count || span[end + 1] != 0x0A: isOdd = true
        case 0x85 where end > 0 && span[end - 1] == 0xC2: isOdd = true
        case 0xA8 where end > 1 && span[end - 1] == 0x80 && span[end - 2] == 0xE2: isOdd = true
        case 0xA9 where end > 1 && span[end - 1] == 0x80 && span[end - 2] == 0xE2: isOdd = true
        default: break
        }
        end = unsafe span.bytes.endOfPrintable(from: end + 1)
      }
      return (end, isOdd)
    }
  }
}

extension UInt8 {
  /// Slugs are `[a-z0-9-]+`; capitals and underscores are read too.
  fileprivate var isSlugByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
