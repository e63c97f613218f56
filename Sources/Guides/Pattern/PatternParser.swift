/// Reads ECMAScript's grammar without the `u` and `v` flags, with the tolerances that the standard's annex for web
/// browsers adds: a lone `]`, `{` or `}` and an escaped ordinary letter stand for themselves.
struct PatternParser {
  /// Deeper nesting is refused: the parser and the compiler call themselves for every level.
  private static let depthLimit = 100
  private static let lengthLimit = 20_000

  private let input: [Unicode.Scalar]
  private var offset = 0
  private var depth = 0
  private(set) var groupCount = 0
  private var groupNames: [String: Int] = [:]
  /// How many groups the whole expression has: `\3` is a reference only where there are three.
  private let totalGroups: Int
  private let hasNames: Bool

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
    while take("|") { branches.append(try sequence()) }
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
    if take("?") {
      if take(":") {
        // Captures nothing.
      } else if take("=") {
        look = (false, false)
      } else if take("!") {
        look = (false, true)
      } else if take("<") {
        if take("=") {
          look = (true, false)
        } else if take("!") {
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
    guard take(")") else { throw PatternError(reason: .unclosedGroup, offset: start) }
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
  private mutating func groupName() throws(PatternError) -> String {
    var name = ""
    while let scalar = peek(), scalar != ">" {
      let isLetter = scalar.properties.isXIDStart || scalar == "_" || scalar == "$"
      guard isLetter || (!name.isEmpty && scalar.properties.isXIDContinue) else {
        throw error(.badGroupName)
      }
      name.unicodeScalars.append(next())
    }
    guard !name.isEmpty, take(">") else { throw error(.badGroupName) }
    return name
  }

  // MARK: Quantifiers

  private mutating func quantifier() throws(PatternError) -> PatternNode.Quantifier? {
    var quantifier: PatternNode.Quantifier
    if take("*") {
      quantifier = .init(minimum: 0, maximum: nil)
    } else if take("+") {
      quantifier = .init(minimum: 1, maximum: nil)
    } else if take("?") {
      quantifier = .init(minimum: 0, maximum: 1)
    } else if let counted = try countedQuantifier() {
      quantifier = counted
    } else {
      return nil
    }
    quantifier.isLazy = take("?")
    return quantifier
  }

  /// `{2}`, `{2,}`, `{2,4}`; anything else after a `{` is text.
  private mutating func countedQuantifier() throws(PatternError) -> PatternNode.Quantifier? {
    let start = offset
    guard take("{"), let minimum = number() else {
      offset = start
      return nil
    }
    var maximum: Int? = minimum
    if take(",") { maximum = number() }
    guard take("}") else {
      offset = start
      return nil
    }
    if let maximum, maximum < minimum {
      throw PatternError(reason: .reversedQuantifier, offset: start)
    }
    return .init(minimum: minimum, maximum: maximum)
  }

  /// Digits as a number; beyond a billion it makes no difference how many.
  private mutating func number() -> Int? {
    var value: Int?
    while let digit = peek()?.decimalDigit {
      value = min((value ?? 0) * 10 + digit, 1_000_000_000)
      offset += 1
    }
    return value
  }

  // MARK: Escapes

  private mutating func escape() throws(PatternError) -> (PatternNode, Bool) {
    guard let scalar = peek() else { throw error(.endsInBackslash, back: 1) }
    switch scalar {
    case "b", "B":
      offset += 1
      return (.wordBoundary(isNegated: scalar == "B"), false)
    case "k" where hasNames:
      offset += 1
      let start = offset
      guard take("<") else { throw error(.badGroupName) }
      return (.namedBackreference(try groupName(), offset: start), true)
    case "1"..."9":
      let start = offset
      if let reference = number(), reference <= totalGroups {
        return (.backreference(reference), true)
      }
      offset = start
    default: break
    }
    if let characters = classEscape() { return (.characters(characters), true) }
    return (.scalar(characterEscape()), true)
  }

  /// `\d`, `\W` and their like.
  private mutating func classEscape() -> PatternClass? {
    let found: PatternClass
    switch peek() {
    case "d": found = .digit
    case "D": found = PatternClass.digit.negated
    case "w": found = .word
    case "W": found = PatternClass.word.negated
    case "s": found = .blank
    case "S": found = PatternClass.blank.negated
    case nil: return nil
    default: return nil
    }
    offset += 1
    return found
  }

  /// The character behind a backslash, which stands for itself unless it is one of the known letters.
  private mutating func characterEscape() -> UInt32 {
    let scalar = next()
    switch scalar {
    case "t": return 0x09
    case "n": return 0x0A
    case "v": return 0x0B
    case "f": return 0x0C
    case "r": return 0x0D
    case "0"..."7": return octal(first: scalar)
    case "x": return hexDigits(2) ?? scalar.value
    case "u": return unicodeEscape() ?? scalar.value
    case "c":
      if let letter = peek(), letter.isASCII, letter.properties.isAlphabetic {
        offset += 1
        return letter.value % 32
      }
      // A control escape without a letter is a backslash, and the `c` is read again.
      offset -= 1
      return 0x5C
    default: return scalar.value
    }
  }

  /// The old octal form, up to `\377`.
  private mutating func octal(first: Unicode.Scalar) -> UInt32 {
    var value = first.value - 0x30
    while let digit = peek()?.decimalDigit, digit < 8, value * 8 + UInt32(digit) <= 0o377 {
      value = value * 8 + UInt32(digit)
      offset += 1
    }
    return value
  }

  /// Four digits; two halves of a surrogate pair make one character, since values are matched by characters.
  private mutating func unicodeEscape() -> UInt32? {
    guard let first = hexDigits(4) else { return nil }
    guard (0xD800...0xDBFF).contains(first) else { return first }
    let start = offset
    if take("\\"), take("u"), let second = hexDigits(4), (0xDC00...0xDFFF).contains(second) {
      return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
    }
    offset = start
    return first
  }

  private mutating func hexDigits(_ count: Int) -> UInt32? {
    guard offset + count <= input.count else { return nil }
    let digits = input[offset..<offset + count].map { Character($0).hexDigitValue }
    guard digits.allSatisfy({ $0 != nil }) else { return nil }
    offset += count
    return digits.reduce(0) { $0 * 16 + UInt32($1 ?? 0) }
  }

  // MARK: Classes

  private mutating func characterClass() throws(PatternError) -> PatternClass {
    let start = offset - 1
    var result = PatternClass(isNegated: take("^"))
    while true {
      guard peek() != nil else { throw PatternError(reason: .unclosedClass, offset: start) }
      if take("]") { return result }
      let itemStart = offset
      let low = try classItem()
      guard peek() == "-", offset + 1 < input.count, input[offset + 1] != "]" else {
        low.add(to: &result)
        continue
      }
      offset += 1
      let high = try classItem()
      guard case .scalar(let from) = low, case .scalar(let to) = high else {
        // `[\w-.]`: the hyphen stands for itself.
        low.add(to: &result)
        high.add(to: &result)
        result.add(0x2D...0x2D)
        continue
      }
      guard from <= to else { throw PatternError(reason: .reversedRange, offset: itemStart) }
      result.add(from...to)
    }
  }

  private enum ClassItem {
    case scalar(UInt32)
    case characters(PatternClass)

    func add(to result: inout PatternClass) {
      switch self {
      case .scalar(let scalar): result.add(scalar...scalar)
      case .characters(let characters): result.add(characters)
      }
    }
  }

  private mutating func classItem() throws(PatternError) -> ClassItem {
    let scalar = next()
    guard scalar == "\\" else { return .scalar(scalar.value) }
    guard let escaped = peek() else { throw error(.endsInBackslash, back: 1) }
    if escaped == "b" {
      offset += 1
      return .scalar(0x08)
    }
    if let characters = classEscape() { return .characters(characters) }
    return .scalar(characterEscape())
  }

  // MARK: Names

  /// Replaces references by name with references by number.
  private func resolveNames(in node: PatternNode) throws(PatternError) -> PatternNode {
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
  private static func countGroups(_ input: [Unicode.Scalar]) -> (count: Int, hasNames: Bool) {
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

  // MARK: Input

  private func peek() -> Unicode.Scalar? { offset < input.count ? input[offset] : nil }

  private mutating func next() -> Unicode.Scalar {
    defer { offset += 1 }
    return input[offset]
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    offset += 1
    return true
  }

  private func error(_ reason: PatternError.Reason, back: Int = 0) -> PatternError {
    PatternError(reason: reason, offset: offset - back)
  }
}

extension Unicode.Scalar {
  fileprivate var decimalDigit: Int? {
    (0x30...0x39).contains(value) ? Int(value) - 0x30 : nil
  }
}
