/// Reads ECMAScript's grammar without the `u` and `v` flags, with the tolerances that the standard's annex for web
/// browsers adds: a lone `]`, `{` or `}` and an escaped ordinary letter stand for themselves.
struct PatternParser {
  /// Deeper nesting is refused: the parser and the compiler call themselves for every level.
  private static let depthLimit = 100
  private static let lengthLimit = 20_000

  let input: [Unicode.Scalar]
  var offset = 0
  private var depth = 0
  private(set) var groupCount = 0
  private(set) var groupNames: [String: Int] = [:]
  /// How many groups the whole expression has: `\3` is a reference only where there are three.
  let totalGroups: Int
  let hasNames: Bool

  init(_ source: String) {
    input = Array(source.unicodeScalars)
    (totalGroups, hasNames) = Self.countGroups(input)
  }

  mutating func parse() throws(PatternError) -> PatternNode {
    guard input.count <= Self.lengthLimit else { throw error(.tooLarge) }
    let node = try alternation()
    if offset < input.count { throw error(.unopenedGroup) }
    return try resolveNames(in: node)
  }

  // MARK: Structure

  private mutating func alternation() throws(PatternError) -> PatternNode {
    guard depth < Self.depthLimit else { throw error(.tooLarge) }
    depth += 1
    defer { depth -= 1 }
    var branches = [try sequence()]
    while consume("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var terms: [PatternNode] = []
    while let scalar = peek(), scalar != "|", scalar != ")" {
      let groupsBefore = groupCount
      let start = offset
      let (term, canRepeat) = try self.term()
      guard var quantifier = try self.quantifier() else {
        terms.append(term)
        continue
      }
      guard canRepeat else { throw PatternError(reason: .nothingToRepeat, offset: start) }
      quantifier.captures = groupsBefore + 1..<groupCount + 1
      terms.append(.repetition(term, quantifier))
    }
    return terms.count == 1 ? terms[0] : .sequence(terms)
  }

  /// One term, and whether a quantifier may follow it.
  private mutating func term() throws(PatternError) -> (PatternNode, Bool) {
    let scalar = next()
    switch scalar {
    case "^": return (.start, false)
    case "$": return (.end, false)
    case ".": return (.characters(.anyButLineEnd), true)
    case "[": return (.characters(try characterClass()), true)
    case "(": return try group()
    case "\\": return try escape()
    case "*", "+", "?": throw error(.nothingToRepeat, back: 1)
    case "{":
      offset -= 1
      if try quantifier() != nil { throw error(.nothingToRepeat) }
      offset += 1
      return (.scalar(scalar.value), true)
    default: return (.scalar(scalar.value), true)
    }
  }

  private mutating func group() throws(PatternError) -> (PatternNode, Bool) {
    let start = offset - 1
    var capture: Int?
    var look: (isBehind: Bool, isNegated: Bool)?
    if consume("?") {
      if consume(":") {
        // Captures nothing.
      } else if consume("=") {
        look = (false, false)
      } else if consume("!") {
        look = (false, true)
      } else if consume("<") {
        if consume("=") {
          look = (true, false)
        } else if consume("!") {
          look = (true, true)
        } else {
          capture = try namedGroup()
        }
      } else {
        throw error(.unknownGroup)
      }
    } else {
      groupCount += 1
      capture = groupCount
    }
    let body = try alternation()
    guard consume(")") else { throw PatternError(reason: .unclosedGroup, offset: start) }
    if let look {
      let node = PatternNode.look(body, isBehind: look.isBehind, isNegated: look.isNegated)
      return (node, !look.isBehind)
    }
    return (.group(body, capture: capture), true)
  }

  private mutating func namedGroup() throws(PatternError) -> Int {
    let name = try groupName()
    guard groupNames[name] == nil else { throw error(.duplicateGroupName) }
    groupCount += 1
    groupNames[name] = groupCount
    return groupCount
  }

  /// An identifier up to the closing `>`.
  mutating func groupName() throws(PatternError) -> String {
    var name = ""
    while let scalar = peek(), scalar != ">" {
      let isLetter = scalar.properties.isXIDStart || scalar == "_" || scalar == "$"
      guard isLetter || (!name.isEmpty && scalar.properties.isXIDContinue) else {
        throw error(.badGroupName)
      }
      name.unicodeScalars.append(next())
    }
    guard !name.isEmpty, consume(">") else { throw error(.badGroupName) }
    return name
  }

  // MARK: Quantifiers

  private mutating func quantifier() throws(PatternError) -> PatternNode.Quantifier? {
    var quantifier: PatternNode.Quantifier
    if consume("*") {
      quantifier = .init(minimum: 0, maximum: nil)
    } else if consume("+") {
      quantifier = .init(minimum: 1, maximum: nil)
    } else if consume("?") {
      quantifier = .init(minimum: 0, maximum: 1)
    } else if let counted = try countedQuantifier() {
      quantifier = counted
    } else {
      return nil
    }
    quantifier.isLazy = consume("?")
    return quantifier
  }

  /// `{2}`, `{2,}`, `{2,4}`; anything else after a `{` is text.
  private mutating func countedQuantifier() throws(PatternError) -> PatternNode.Quantifier? {
    let start = offset
    guard consume("{"), let minimum = number() else {
      offset = start
      return nil
    }
    var maximum: Int? = minimum
    if consume(",") { maximum = number() }
    guard consume("}") else {
      offset = start
      return nil
    }
    if let maximum, maximum < minimum {
      throw PatternError(reason: .reversedQuantifier, offset: start)
    }
    return .init(minimum: minimum, maximum: maximum)
  }

  /// Digits as a number; beyond a billion it makes no difference how many.
  mutating func number() -> Int? {
    var value: Int?
    while let digit = peek()?.decimalDigit {
      value = min((value ?? 0) * 10 + digit, 1_000_000_000)
      offset += 1
    }
    return value
  }

  // MARK: Input

  func peek() -> Unicode.Scalar? { offset < input.count ? input[offset] : nil }

  mutating func next() -> Unicode.Scalar {
    defer { offset += 1 }
    return input[offset]
  }

  mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    offset += 1
    return true
  }

  func error(_ reason: PatternError.Reason, back: Int = 0) -> PatternError {
    PatternError(reason: reason, offset: offset - back)
  }
}

extension Unicode.Scalar {
  var decimalDigit: Int? {
    (0x30...0x39).contains(value) ? Int(value) - 0x30 : nil
  }
}
