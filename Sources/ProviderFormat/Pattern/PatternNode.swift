/// A parsed expression.
indirect enum PatternNode: Sendable {
  case scalar(UInt32)
  case characters(PatternClass)
  case start
  case end
  case wordBoundary(isNegated: Bool)
  /// Nil: a group that captures nothing.
  case group(PatternNode, capture: Int?)
  case backreference(Int)
  case namedBackreference(String, offset: Int)
  case look(PatternNode, isBehind: Bool, isNegated: Bool)
  case sequence([PatternNode])
  case alternation([PatternNode])
  case repetition(PatternNode, Quantifier)

  struct Quantifier: Sendable {
    var minimum: Int
    /// Nil: as often as possible.
    var maximum: Int?
    var isLazy = false
    /// The groups inside, which every turn starts without.
    var captures: Range<Int> = 0..<0
  }
}

/// A set of scalars: `[a-z]`, `\d`, `.`.
package struct PatternClass: Sendable {
  private(set) var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false

  init(_ ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  var isEmpty: Bool { ranges.isEmpty && !isNegated }

  /// Whether a scalar belongs to the class.
  package func contains(_ scalar: UInt32) -> Bool {
    ranges.contains { $0.contains(scalar) } != isNegated
  }

  mutating func add(_ range: ClosedRange<UInt32>) { ranges.append(range) }

  mutating func add(_ other: PatternClass) {
    ranges += other.isNegated ? Self.complement(of: other.ranges) : other.ranges
  }

  private static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    gaps.append(next...0x10_FFFF)
    return gaps
  }

  static let digit = PatternClass([0x30...0x39])
  static let word = PatternClass([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  /// What ECMAScript calls white space or a line terminator.
  package static let blank = PatternClass([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
  /// The dot: anything but a line terminator.
  static let anyButLineEnd = PatternClass(
    [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true)

  var negated: PatternClass { PatternClass(ranges, isNegated: !isNegated) }
}
