internal import Basics

/// What an expression says of every value that it matches, read off its tree. Only a search decides about a value: these
/// are facts for a sentence that is more use than "does not match", and for finding mistakes in the expression.
package struct PatternAnalysis: Sendable {
  /// Whether there is a text that matches: there is none for `a^`, `$b` and `[]`.
  package let canMatch: Bool
  /// Whether one of the choices between bars at the top can match nothing.
  package let hasDeadBranch: Bool
  /// Whether a match begins with the value and ends with it, on every way through the expression.
  package let isAnchored: Bool
  /// Characters that stand in every match.
  package let requiredScalars: Set<UInt32>
  /// The fewest characters of a value that matches. At most a million: larger counts say nothing to a person.
  package let shortest: Int
  /// The most characters of a value that matches. Nil when nothing limits them, or only a number beyond a million.
  package let longest: Int?
  /// The constant text that every value begins with that matches, as far as it is known; empty when there is none.
  package let literalPrefix: String

  /// Looks at the expression alone, once.
  package init(_ pattern: Pattern) {
    let root = PatternPart(pattern.root)
    canMatch = root.reach.canMatch
    hasDeadBranch = root.hasDeadBranch
    isAnchored = root.isAtStart && root.isAtEnd
    requiredScalars = root.required
    shortest = canMatch ? root.lengths.least : 0
    longest = canMatch && isAnchored ? root.lengths.most : nil
    literalPrefix =
      canMatch && root.isAtStart ? String(root.prefix) : ""
  }
}

/// The same for a node of the tree. Every node is visited once: expressions come from files that anybody may write.
private struct PatternPart {
  /// A longer beginning is no help to anybody, and repetitions in repetitions could make it endless.
  private static let prefixLimit = 256

  var reach = PatternReach.here
  var hasDeadBranch = false
  /// Whether every match of it stands at the beginning of the value.
  var isAtStart = false
  var isAtEnd = false
  var required: Set<UInt32> = []
  var lengths = PatternLengths.none
  /// What every match of it begins with.
  var prefix: [Unicode.Scalar] = []
  /// Whether it matches the prefix and nothing else.
  private var isConstant = true
  /// What has to follow it.
  private var condition: [Unicode.Scalar] = []

  init(_ node: PatternNode) {
    switch node {
    case .scalar(let scalar):
      reach = .moved
      lengths = .one
      required = [scalar]
      prefix = Unicode.Scalar(scalar).map { [$0] } ?? []
      isConstant = !prefix.isEmpty
    case .characters(let characters):
      reach = characters.isEmpty ? .impossible : .moved
      lengths = .one
      isConstant = false
    case .start:
      reach = .atStart
      isAtStart = true
    case .end:
      reach = .atEnd
      isAtEnd = true
    case .wordBoundary: break
    // A group may have captured nothing.
    case .backreference, .namedBackreference:
      reach = .here | .moved
      lengths = .any
      isConstant = false
    case .look(let body, let isBehind, let isNegated):
      // What stands behind, and what must not follow, says nothing about where the match is.
      guard !isBehind, !isNegated else { break }
      let part = PatternPart(body)
      reach = part.reach.condition
      condition = part.prefix
    case .group(let body, _): self = PatternPart(body)
    case .sequence(let nodes): append(nodes)
    case .alternation(let branches): choose(between: branches.map { PatternPart($0) })
    case .repetition(let body, let quantifier): self.repeat(PatternPart(body), quantifier)
    }
  }

  private mutating func append(_ nodes: [PatternNode]) {
    var isBehindLooks = false
    var conditions: [(offset: Int, prefix: [Unicode.Scalar])] = []
    for node in nodes {
      let part = PatternPart(node)
      reach = reach.then(part.reach)
      lengths = lengths + part.lengths
      required.formUnion(part.required)
      if isConstant {
        conditions.append((prefix.count, part.condition))
        prefix += part.prefix
        isConstant = part.isConstant
      }
      if !isBehindLooks, !node.isLook {
        isBehindLooks = true
        isAtStart = part.isAtStart
      }
      isAtEnd = part.isAtEnd
    }
    let contradicts = conditions.contains { condition in
      zip(prefix.dropFirst(condition.offset), condition.prefix).contains { $0 != $1 }
    }
    if contradicts { reach = .impossible }
  }

  private mutating func choose(between branches: [PatternPart]) {
    guard let first = branches.first else { return }
    self = first
    condition = []
    for branch in branches.dropFirst() {
      reach = reach | branch.reach
      lengths = lengths | branch.lengths
      required.formIntersection(branch.required)
      isAtStart = isAtStart && branch.isAtStart
      isAtEnd = isAtEnd && branch.isAtEnd
      isConstant = isConstant && branch.isConstant && prefix == branch.prefix
      prefix = zip(prefix, branch.prefix).prefix { $0 == $1 }.map(\.0)
    }
    hasDeadBranch = branches.contains { $0.hasDeadBranch || !$0.reach.canMatch }
  }

  private mutating func `repeat`(_ body: PatternPart, _ quantifier: PatternNode.Quantifier) {
    reach = body.reach.repeated(quantifier)
    lengths = body.lengths.times(quantifier)
    required = quantifier.minimum > 0 ? body.required : []
    isConstant = body.isConstant && quantifier.minimum == quantifier.maximum
    guard !body.prefix.isEmpty else { return }
    let turns = body.isConstant ? quantifier.minimum : min(1, quantifier.minimum)
    for _ in 0..<turns {
      guard prefix.count < Self.prefixLimit else {
        isConstant = false
        return
      }
      prefix += body.prefix
    }
  }
}

extension PatternNode {
  fileprivate var isLook: Bool { if case .look = self { true } else { false } }
}
