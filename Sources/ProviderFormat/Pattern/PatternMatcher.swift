internal import Basics

/// Runs a program on bytes. Choices not taken yet, and the old contents of registers, are kept on a trail of its own
/// instead of the call stack, so that a long value cannot overflow it. Holds positions only, never bytes.
struct PatternMatcher {
  /// The search took too many steps or choices.
  struct GaveUp: Error {}

  private enum Trail {
    case choice(instruction: Int, position: Int)
    case undo(register: Int, value: Int)
  }

  /// Choices kept at once: a few megabytes.
  private static let trailLimit = 400_000

  private let program: PatternProgram
  private var registers: [Int]
  private var trail: [Trail] = []
  private var steps = 0

  init(_ program: PatternProgram) {
    self.program = program
    registers = Array(repeating: -1, count: program.registerCount)
  }

  /// Searches from every position, the leftmost first.
  mutating func search(_ bytes: RawSpan) throws(GaveUp) -> Bool {
    var position = 0
    while true {
      if try run(from: 0, at: position, isBackward: false, bytes) { return true }
      guard position < bytes.byteCount else { return false }
      position += bytes.scalar(at: position).length
    }
  }

  /// The bytes that a group captured in the last successful search.
  func capture(_ group: Int) -> Range<Int>? {
    let (start, end) = (registers[2 * group], registers[2 * group + 1])
    return start >= 0 && end >= start ? start..<end : nil
  }

  /// Runs up to the next `match`. On success the registers stand; on failure they are as before.
  private mutating func run(
    from start: Int, at startPosition: Int, isBackward: Bool, _ bytes: RawSpan
  ) throws(GaveUp) -> Bool {
    let base = trail.count
    var instruction = start
    var position = startPosition
    while true {
      steps += 1
      guard steps <= Pattern.stepLimit, trail.count <= Self.trailLimit else { throw GaveUp() }
      if case .match = program.instructions[instruction] {
        dropChoices(above: base)
        return true
      }
      let next = try step(instruction, &position, isBackward, bytes)
      if let next {
        instruction = next
      } else if let choice = backtrack(to: base) {
        (instruction, position) = choice
      } else {
        return false
      }
    }
  }

  /// Does one instruction and returns the next one, or nil when it does not match here.
  private mutating func step(
    _ index: Int, _ position: inout Int, _ isBackward: Bool, _ bytes: RawSpan
  ) throws(GaveUp) -> Int? {
    switch program.instructions[index] {
    case .scalar(let wanted):
      guard let scalar = consume(&position, isBackward, bytes), scalar == wanted else { return nil }
    case .characters(let set):
      guard let scalar = consume(&position, isBackward, bytes),
        program.classes[set].contains(scalar)
      else { return nil }
    case .start: guard position == 0 else { return nil }
    case .end: guard position == bytes.byteCount else { return nil }
    case .wordBoundary(let isNegated):
      guard bytes.isWordBoundary(position) != isNegated else { return nil }
    case .save(let register): set(register, to: position)
    case .backreference(let group):
      guard try matchAgain(group, &position, isBackward, bytes) else { return nil }
    case .fork(let otherwise): trail.append(.choice(instruction: otherwise, position: position))
    case .jump(let target): return target
    case .enter(let loop): set(program.loops[loop].counter, to: 0)
    case .turn(let loop, let exit): return turn(loop, at: index, exit: exit, position)
    case .beginTurn(let loop): beginTurn(loop, position)
    case .endTurn(let loop, let turn):
      return endTurn(loop, position) ? turn : nil
    case .look(let isBehind, let isNegated, let next):
      return try look(index + 1, isBehind, isNegated, position, bytes) ? next : nil
    case .match: break
    }
    return index + 1
  }

  // MARK: Loops

  /// Greedy loops go on and note the way out for later; lazy ones the other way round.
  private mutating func turn(_ index: Int, at instruction: Int, exit: Int, _ position: Int) -> Int {
    let quantifier = program.loops[index].quantifier
    let turns = registers[program.loops[index].counter]
    if turns < quantifier.minimum { return instruction + 1 }
    if let maximum = quantifier.maximum, turns >= maximum { return exit }
    let (now, later) = quantifier.isLazy ? (exit, instruction + 1) : (instruction + 1, exit)
    trail.append(.choice(instruction: later, position: position))
    return now
  }

  private mutating func beginTurn(_ index: Int, _ position: Int) {
    let loop = program.loops[index]
    set(loop.counter, to: registers[loop.counter] + 1)
    set(loop.position, to: position)
    for group in loop.quantifier.captures {
      set(2 * group, to: -1)
      set(2 * group + 1, to: -1)
    }
  }

  private mutating func endTurn(_ index: Int, _ position: Int) -> Bool {
    let loop = program.loops[index]
    return registers[loop.counter] <= loop.quantifier.minimum
      || registers[loop.position] != position
  }

  // MARK: Conditions

  private mutating func look(
    _ start: Int, _ isBehind: Bool, _ isNegated: Bool, _ position: Int, _ bytes: RawSpan
  ) throws(GaveUp) -> Bool {
    let base = trail.count
    let found = try run(from: start, at: position, isBackward: isBehind, bytes)
    if found && isNegated { _ = backtrack(to: base) }
    return found != isNegated
  }

  /// The text of a group once more; a group without a text matches the empty one. Every byte that is looked at counts as
  /// a step: a group can be as long as the value, and be compared at each of its places.
  private mutating func matchAgain(
    _ group: Int, _ position: inout Int, _ isBackward: Bool, _ bytes: RawSpan
  ) throws(GaveUp) -> Bool {
    guard let range = capture(group) else { return true }
    let start = isBackward ? position - range.count : position
    guard start >= 0, start + range.count <= bytes.byteCount else { return false }
    for index in 0..<range.count {
      steps += 1
      guard steps <= Pattern.stepLimit else { throw GaveUp() }
      if bytes[range.lowerBound + index] != bytes[start + index] { return false }
    }
    position = isBackward ? start : start + range.count
    return true
  }

  private func consume(_ position: inout Int, _ isBackward: Bool, _ bytes: RawSpan) -> UInt32? {
    guard isBackward ? position > 0 : position < bytes.byteCount else { return nil }
    let decoded = isBackward ? bytes.scalar(before: position) : bytes.scalar(at: position)
    position += isBackward ? -decoded.length : decoded.length
    return decoded.value
  }

  // MARK: Trail

  private mutating func set(_ register: Int, to value: Int) {
    guard registers[register] != value else { return }
    trail.append(.undo(register: register, value: registers[register]))
    registers[register] = value
  }

  /// Undoes up to the last choice above `base`, and takes it.
  private mutating func backtrack(to base: Int) -> (instruction: Int, position: Int)? {
    while trail.count > base {
      switch trail.removeLast() {
      case .choice(let instruction, let position): return (instruction, position)
      case .undo(let register, let value): registers[register] = value
      }
    }
    return nil
  }

  /// A condition that holds is not tried in another way; what it captured stays, and can still be undone.
  private mutating func dropChoices(above base: Int) {
    var kept = base
    for index in base..<trail.count {
      if case .undo = trail[index] {
        trail[kept] = trail[index]
        kept += 1
      }
    }
    trail.removeSubrange(kept...)
  }
}
