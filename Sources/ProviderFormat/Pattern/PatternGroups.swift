/// Groups by their numbers and names.
extension PatternParser {
  /// Replaces references by name with references by number.
  func resolveNames(in node: PatternNode) throws(PatternError) -> PatternNode {
    guard hasNames else { return node }
    switch node {
    case .namedBackreference(let name, let offset):
      guard let number = groupNames[name] else {
        throw PatternError(reason: .unknownReference, offset: offset)
      }
      return .backreference(number)
    case .group(let body, let capture):
      return .group(try resolveNames(in: body), capture: capture)
    case .look(let body, let isBehind, let isNegated):
      return .look(try resolveNames(in: body), isBehind: isBehind, isNegated: isNegated)
    case .repetition(let body, let quantifier):
      return .repetition(try resolveNames(in: body), quantifier)
    case .sequence(let nodes): return .sequence(try resolveNames(in: nodes))
    case .alternation(let nodes): return .alternation(try resolveNames(in: nodes))
    case .scalar, .characters, .start, .end, .wordBoundary, .backreference: return node
    }
  }

  private func resolveNames(in nodes: [PatternNode]) throws(PatternError) -> [PatternNode] {
    var resolved: [PatternNode] = []
    for node in nodes { resolved.append(try resolveNames(in: node)) }
    return resolved
  }

  /// Counts the capturing groups ahead of parsing: a `(` outside of a class, not escaped and not followed by a `?`
  /// other than a name's.
  static func countGroups(_ input: [Unicode.Scalar]) -> (count: Int, hasNames: Bool) {
    var (count, hasNames, isInClass) = (0, false, false)
    var offset = 0
    while offset < input.count {
      switch input[offset] {
      case "\\": offset += 1
      case "[": isInClass = true
      case "]": isInClass = false
      case "(" where !isInClass:
        let rest = input[(offset + 1)...].prefix(3)
        if rest.first != "?" {
          count += 1
        } else if rest.count == 3, rest[offset + 2] == "<",
          !"=!".unicodeScalars.contains(rest[offset + 3])
        {
          count += 1
          hasNames = true
        }
      default: break
      }
      offset += 1
    }
    return (count, hasNames)
  }
}
