/// Where a match can stand behind a part of an expression, for each place at which it can stand before it.
struct PatternReach {
  /// Sets of places, one for each place before. The bits: 1 is the beginning of the value, 2 anywhere behind it; 4 and 8
  /// are the same where the end has been asserted, so that nothing more can be matched.
  private var places: SIMD4<UInt8>

  static let here = PatternReach(places: [1, 2, 4, 8])
  static let moved = PatternReach(places: [2, 2, 0, 0])
  static let atStart = PatternReach(places: [1, 0, 4, 0])
  static let atEnd = PatternReach(places: [4, 8, 4, 8])
  static let impossible = PatternReach(places: [0, 0, 0, 0])

  /// Whether a match that has not begun yet gets through.
  var canMatch: Bool { places[0] != 0 }

  /// Stays where it is, if it could go on from there.
  var condition: PatternReach {
    PatternReach(places: Self.here.places.replacing(with: 0, where: places .== 0))
  }

  static func | (a: PatternReach, b: PatternReach) -> PatternReach {
    PatternReach(places: a.places | b.places)
  }

  func then(_ next: PatternReach) -> PatternReach {
    var result = Self.impossible
    for before in 0..<4 {
      for between in 0..<4 where places[before] & (1 << between) != 0 {
        result.places[before] |= next.places[between]
      }
    }
    return result
  }

  /// There are four places, so four turns show all that more turns could.
  func repeated(_ quantifier: PatternNode.Quantifier) -> PatternReach {
    let least = min(quantifier.minimum, 4)
    let most = min(quantifier.maximum ?? 4, 4)
    var current = Self.here
    var result = least == 0 ? Self.here : Self.impossible
    for turn in 1..<most + 1 {
      current = current.then(self)
      if turn >= least { result = result | current }
    }
    return result
  }
}
