/// Finds expressions that no text can match, by following what they allow: `a^`, `$b`, `[]`.
enum PatternReach {
  /// How far a match has come.
  private struct State: Hashable {
    /// Something has been matched, so this is no longer the beginning.
    var hasMoved = false
    /// The end has been asserted, so nothing more can be matched.
    var isAtEnd = false
  }

  static func canMatch(_ pattern: Pattern) -> Bool {
    !follow(pattern.root, [State()]).isEmpty
  }

  /// Whether one of the choices between bars at the top can match nothing while another one can.
  static func hasDeadBranch(_ pattern: Pattern) -> Bool {
    branches(of: pattern.root).contains { follow($0, [State()]).isEmpty }
  }

  /// Whether a match begins with the value and ends with it, on every way through the expression.
  static func isAnchored(_ pattern: Pattern) -> Bool {
    branches(of: pattern.root).allSatisfy { branch in
      let (first, last) = ends(of: branch)
      return first && last
    }
  }

  private static func branches(of node: PatternNode) -> [PatternNode] {
    switch node {
    case .alternation(let branches): branches.flatMap(self.branches)
    case .group(let body, _): branches(of: body)
    case .sequence(let nodes) where nodes.count == 1: branches(of: nodes[0])
    case .scalar, .characters, .start, .end, .wordBoundary, .backreference, .namedBackreference,
      .look, .sequence, .repetition:
      [node]
    }
  }

  /// Whether a node begins with `^` and whether it ends with `$`.
  private static func ends(of node: PatternNode) -> (first: Bool, last: Bool) {
    switch node {
    case .start: (true, false)
    case .end: (false, true)
    case .group(let body, _): ends(of: body)
    case .sequence(let nodes):
      (
        nodes.first { !$0.isLook }.map { ends(of: $0).first } ?? false,
        nodes.last.map { ends(of: $0).last } ?? false
      )
    case .alternation(let branches):
      (branches.allSatisfy { ends(of: $0).first }, branches.allSatisfy { ends(of: $0).last })
    case .scalar, .characters, .wordBoundary, .backreference, .namedBackreference, .look,
      .repetition:
      (false, false)
    }
  }

  private static func follow(_ node: PatternNode, _ states: Set<State>) -> Set<State> {
    switch node {
    case .scalar: return moved(states)
    case .characters(let characters): return characters.isEmpty ? [] : moved(states)
    case .start: return states.filter { !$0.hasMoved }
    case .end: return Set(states.map { State(hasMoved: $0.hasMoved, isAtEnd: true) })
    case .wordBoundary: return states
    case .group(let body, _): return follow(body, states)
    // A group may have captured nothing.
    case .backreference, .namedBackreference: return states.union(moved(states))
    case .look(let body, let isBehind, let isNegated):
      // What stands behind, and what must not follow, says nothing about where the match is.
      if isBehind || isNegated { return states }
      return states.filter { !follow(body, [$0]).isEmpty }
    case .sequence(let nodes): return nodes.reduce(states) { follow($1, $0) }
    case .alternation(let branches):
      return branches.reduce(into: []) { $0.formUnion(follow($1, states)) }
    case .repetition(let body, let quantifier): return follow(body, repeated: quantifier, states)
    }
  }

  /// There are four states, so four turns show all that more turns could.
  private static func follow(
    _ body: PatternNode, repeated quantifier: PatternNode.Quantifier, _ states: Set<State>
  ) -> Set<State> {
    guard quantifier.maximum != 0 else { return states }
    var current = states
    var reached = quantifier.minimum == 0 ? states : []
    for turn in 1...max(4, min(quantifier.minimum, 4)) {
      if let maximum = quantifier.maximum, turn > maximum { break }
      current = follow(body, current)
      if turn >= min(quantifier.minimum, 4) { reached.formUnion(current) }
    }
    return reached
  }

  private static func moved(_ states: Set<State>) -> Set<State> {
    Set(states.filter { !$0.isAtEnd }.map { _ in State(hasMoved: true) })
  }
}

extension PatternNode {
  fileprivate var isLook: Bool { if case .look = self { true } else { false } }
}
