/// How many characters a part of an expression matches.
struct PatternLengths {
  var least: Int
  /// Nil: without a limit.
  var most: Int?

  /// Larger counts say nothing to a person and could overflow.
  private static let limit = 1 << 20

  static let none = PatternLengths(least: 0, most: 0)
  static let one = PatternLengths(least: 1, most: 1)
  static let any = PatternLengths(least: 0, most: nil)

  static func + (a: PatternLengths, b: PatternLengths) -> PatternLengths {
    var sum = PatternLengths(least: min(a.least + b.least, limit), most: nil)
    if let x = a.most, let y = b.most, x + y <= limit { sum.most = x + y }
    return sum
  }

  static func | (a: PatternLengths, b: PatternLengths) -> PatternLengths {
    var union = PatternLengths(least: min(a.least, b.least), most: nil)
    if let x = a.most, let y = b.most { union.most = max(x, y) }
    return union
  }

  func times(_ quantifier: PatternNode.Quantifier) -> PatternLengths {
    let least = Self.product(least, quantifier.minimum) ?? Self.limit
    if most == 0 { return PatternLengths(least: least, most: 0) }
    guard let most, let maximum = quantifier.maximum else {
      return PatternLengths(least: least, most: quantifier.maximum == 0 ? 0 : nil)
    }
    return PatternLengths(least: least, most: Self.product(most, maximum))
  }

  private static func product(_ a: Int, _ b: Int) -> Int? {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow || product > limit ? nil : product
  }
}
