/// What every value has in common that an expression matches.
enum PatternNeeds {
  /// Characters that stand in every match.
  static func scalars(of node: PatternNode) -> Set<UInt32> {
    switch node {
    case .scalar(let scalar): [scalar]
    case .group(let body, _): scalars(of: body)
    case .sequence(let nodes): nodes.reduce(into: []) { $0.formUnion(scalars(of: $1)) }
    case .alternation(let branches):
      branches.dropFirst().reduce(branches.first.map(scalars) ?? []) {
        $0.intersection(scalars(of: $1))
      }
    case .repetition(let body, let quantifier):
      quantifier.minimum > 0 ? scalars(of: body) : []
    case .characters, .start, .end, .wordBoundary, .backreference, .namedBackreference, .look: []
    }
  }

  /// The most characters that a value may have; nil when nothing limits them.
  static func longest(_ pattern: Pattern) -> Int? {
    PatternReach.isAnchored(pattern) ? longest(pattern.root) : nil
  }

  private static func longest(_ node: PatternNode) -> Int? {
    switch node {
    case .scalar, .characters: return 1
    case .start, .end, .wordBoundary, .look: return 0
    case .backreference, .namedBackreference: return nil
    case .group(let body, _): return longest(body)
    case .sequence(let nodes):
      return nodes.reduce(0) { sum, node in
        sum.flatMap { sum in longest(node).map { sum.addingReportingOverflow($0).partialValue } }
      }
    case .alternation(let branches):
      let lengths = branches.map(longest)
      return lengths.contains(nil) ? nil : lengths.compactMap { $0 }.max()
    case .repetition(let body, let quantifier):
      guard let length = longest(body) else { return nil }
      if length == 0 { return 0 }
      guard let most = quantifier.maximum else { return nil }
      let (product, isTooLarge) = length.multipliedReportingOverflow(by: most)
      return isTooLarge ? nil : product
    }
  }
}
