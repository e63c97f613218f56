/// How many characters a part of an expression matches.
struct PatternLengths: Equatable {
  var least: Int
  var most: Int?

  /// Larger counts say nothing to a person and could overflow.
  private static let limit = 1 << 20

  static let none = PatternLengths(least: 0, most: 0)
  static let one = PatternLengths(least: 1, most: 1)

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

  func times(_ count: PatternLengths) -> PatternLengths {
    var product = PatternLengths(least: Self.product(least, count.least) ?? Self.limit, most: nil)
    if most == 0 || count.most == 0 {
      product.most = 0
    } else if let x = most, let y = count.most {
      product.most = Self.product(x, y)
    }
    return product
  }

  private static func product(_ a: Int, _ b: Int) -> Int? {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow || product > limit ? nil : product
  }
}
