/// A compiled expression: instructions for the matcher.
struct PatternProgram: Sendable {
  enum Instruction: Sendable {
    case scalar(UInt32)
    /// One character of the class with this index.
    case characters(Int)
    case start
    case end
    case wordBoundary(isNegated: Bool)
    /// Notes the position in a register.
    case save(Int)
    case backreference(Int)
    /// Goes on behind this instruction, and on failure at the given one.
    case fork(otherwise: Int)
    case jump(Int)
    /// Sets a loop's counter to zero.
    case enter(Int)
    /// Decides about one more turn of the loop with this index, which begins behind this instruction; `exit` is
    /// where the loop ends.
    case turn(Int, exit: Int)
    /// Begins a turn.
    case beginTurn(Int)
    /// Ends a turn, which must not have been an empty one beyond the required number; back to `turn`.
    case endTurn(Int, turn: Int)
    /// Runs the instructions that follow, up to their own `match`, as a condition; goes on at `next`.
    case look(isBehind: Bool, isNegated: Bool, next: Int)
    case match
  }

  struct Loop: Sendable {
    let quantifier: PatternNode.Quantifier
    /// Registers for the number of turns and for where the current one began.
    let counter: Int
    let position: Int
  }

  /// Instructions of the largest expression accepted. The largest of the known provider files needs about 120.
  private static let sizeLimit = 50_000

  private(set) var instructions: [Instruction] = []
  private(set) var classes: [PatternClass] = []
  private(set) var loops: [Loop] = []
  let groupCount: Int
  /// Two for each group (the whole match is group 0), then two for each loop.
  private(set) var registerCount: Int

  init(_ root: PatternNode, groups: Int) throws(PatternError) {
    groupCount = groups
    registerCount = 2 * (groups + 1)
    instructions.append(.save(0))
    try emit(root, isBackward: false)
    instructions += [.save(1), .match]
  }

  /// Inside a look-behind everything is matched from right to left: sequences are emitted in reverse, and a group
  /// meets its end first.
  private mutating func emit(_ node: PatternNode, isBackward: Bool) throws(PatternError) {
    guard instructions.count < Self.sizeLimit else {
      throw PatternError(reason: .tooLarge, offset: 0)
    }
    switch node {
    case .scalar(let scalar): instructions.append(.scalar(scalar))
    case .characters(let characters):
      instructions.append(.characters(classes.count))
      classes.append(characters)
    case .start: instructions.append(.start)
    case .end: instructions.append(.end)
    case .wordBoundary(let isNegated): instructions.append(.wordBoundary(isNegated: isNegated))
    case .backreference(let group): instructions.append(.backreference(group))
    case .namedBackreference: break  // replaced by the parser
    case .group(let body, let capture?):
      instructions.append(.save(2 * capture + (isBackward ? 1 : 0)))
      try emit(body, isBackward: isBackward)
      instructions.append(.save(2 * capture + (isBackward ? 0 : 1)))
    case .group(let body, nil): try emit(body, isBackward: isBackward)
    case .sequence(let nodes):
      for node in isBackward ? nodes.reversed() : nodes { try emit(node, isBackward: isBackward) }
    case .alternation(let branches): try emit(branches, isBackward: isBackward)
    case .repetition(let body, let quantifier):
      try emit(body, repeated: quantifier, isBackward: isBackward)
    case .look(let body, let isBehind, let isNegated):
      let start = reserve()
      try emit(body, isBackward: isBehind)
      instructions.append(.match)
      instructions[start] = .look(
        isBehind: isBehind, isNegated: isNegated, next: instructions.count)
    }
  }

  private mutating func emit(_ branches: [PatternNode], isBackward: Bool) throws(PatternError) {
    var ends: [Int] = []
    for branch in branches.dropLast() {
      let fork = reserve()
      try emit(branch, isBackward: isBackward)
      ends.append(reserve())
      instructions[fork] = .fork(otherwise: instructions.count)
    }
    if let last = branches.last { try emit(last, isBackward: isBackward) }
    for end in ends { instructions[end] = .jump(instructions.count) }
  }

  private mutating func emit(
    _ body: PatternNode, repeated quantifier: PatternNode.Quantifier, isBackward: Bool
  ) throws(PatternError) {
    let loop = loops.count
    loops.append(
      Loop(quantifier: quantifier, counter: registerCount, position: registerCount + 1))
    registerCount += 2
    instructions.append(.enter(loop))
    let turn = reserve()
    instructions.append(.beginTurn(loop))
    try emit(body, isBackward: isBackward)
    instructions.append(.endTurn(loop, turn: turn))
    instructions[turn] = .turn(loop, exit: instructions.count)
  }

  /// Leaves room for an instruction whose target is not known yet.
  private mutating func reserve() -> Int {
    instructions.append(.match)
    return instructions.count - 1
  }
}
