/// Reads as much of an ECMAScript expression as is needed for its lengths. Gives up (nil) on what it does not know:
/// look-around, back-references, classes of Unicode properties.
struct PatternShapeReader {
  private let pattern: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  /// Still true while only constant text has been read.
  private var isInPrefix = true
  private(set) var prefix = ""
  private(set) var isTiedToStart = false
  private(set) var isTiedToEnd = false

  init(_ pattern: [Unicode.Scalar]) { self.pattern = pattern }

  private var current: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

  mutating func readAll() -> PatternLengths? {
    if current == "^" {
      isTiedToStart = true
      position += 1
    }
    guard let lengths = readAlternatives(), position == pattern.count else { return nil }
    return lengths
  }

  private mutating func readAlternatives() -> PatternLengths? {
    // Deeper nesting is no pattern of a key; the limit keeps hostile files from exhausting the stack.
    guard depth < 32 else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard var lengths = readSequence() else { return nil }
    while current == "|" {
      position += 1
      if depth == 1 { isTiedToStart = false }
      isInPrefix = false
      prefix = depth == 1 ? "" : prefix
      guard let other = readSequence() else { return nil }
      lengths = lengths | other
    }
    return lengths
  }

  private mutating func readSequence() -> PatternLengths? {
    var lengths = PatternLengths.none
    while let scalar = current, scalar != "|", scalar != ")" {
      if scalar == "$", depth == 1, position == pattern.count - 1 {
        isTiedToEnd = true
        position += 1
        return lengths
      }
      guard let atom = readAtom() else { return nil }
      guard let count = readQuantifier() else { return nil }
      keepPrefix(atom.literal, count)
      lengths = lengths + atom.lengths.times(count)
    }
    return lengths
  }

  /// A constant that may be missing or repeated ends the constant beginning.
  private mutating func keepPrefix(_ literal: Unicode.Scalar?, _ count: PatternLengths) {
    guard isInPrefix, depth == 1, let literal, count == .one else {
      isInPrefix = false
      return
    }
    prefix.unicodeScalars.append(literal)
  }

  private typealias Atom = (lengths: PatternLengths, literal: Unicode.Scalar?)

  private mutating func readAtom() -> Atom? {
    guard let scalar = current else { return nil }
    position += 1
    switch scalar {
    case "(": return readGroup()
    case "[": return readClass()
    case "\\": return readEscape()
    case ".": return (.one, nil)
    case "^", "$", "*", "+", "?", "{", "}", "]": return nil
    default: return (.one, scalar)
    }
  }

  private mutating func readGroup() -> Atom? {
    isInPrefix = false
    if current == "?" {
      guard position + 1 < pattern.count, pattern[position + 1] == ":" else { return nil }
      position += 2
    }
    guard let lengths = readAlternatives(), current == ")" else { return nil }
    position += 1
    return (lengths, nil)
  }

  private mutating func readClass() -> Atom? {
    while let scalar = current, scalar != "]" { position += scalar == "\\" ? 2 : 1 }
    guard current == "]" else { return nil }
    position += 1
    return (.one, nil)
  }

  private mutating func readEscape() -> Atom? {
    guard let scalar = current else { return nil }
    position += 1
    if "dDwWsS".unicodeScalars.contains(scalar) { return (.one, nil) }
    guard scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
      return nil
    }
    return (.one, scalar)
  }

  private mutating func readQuantifier() -> PatternLengths? {
    let count: PatternLengths
    switch current {
    case "*": count = PatternLengths(least: 0, most: nil)
    case "+": count = PatternLengths(least: 1, most: nil)
    case "?": count = PatternLengths(least: 0, most: 1)
    case "{":
      guard let braces = readBraces() else { return nil }
      count = braces
    default: return .one
    }
    position += 1
    if current == "?" { position += 1 }
    return count
  }

  /// `{n}`, `{n,}` or `{n,m}`; leaves the position on the closing brace.
  private mutating func readBraces() -> PatternLengths? {
    guard let end = pattern[position...].firstIndex(of: "}") else { return nil }
    let inner = String(String.UnicodeScalarView(pattern[position + 1..<end]))
    position = end
    let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
    guard let least = parts.first.flatMap({ Int($0) }), least >= 0 else { return nil }
    switch parts.count {
    case 1: return PatternLengths(least: least, most: least)
    case 2 where parts[1].isEmpty: return PatternLengths(least: least, most: nil)
    case 2: return Int(parts[1]).map { PatternLengths(least: least, most: $0) }
    default: return nil
    }
  }
}
