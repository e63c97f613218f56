/// What stands behind a backslash.
extension PatternParser {
  mutating func escape() throws(PatternError) -> (PatternNode, Bool) {
    guard let scalar = peek() else { throw error(.endsInBackslash, back: 1) }
    switch scalar {
    case "b", "B":
      offset += 1
      return (.wordBoundary(isNegated: scalar == "B"), false)
    case "k" where hasNames:
      offset += 1
      let start = offset
      guard consume("<") else { throw error(.badGroupName) }
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
  mutating func classEscape() -> PatternClass? {
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
  mutating func characterEscape() -> UInt32 {
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
    if consume("\\"), consume("u"), let second = hexDigits(4), (0xDC00...0xDFFF).contains(second) {
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
}
