/// What stands between square brackets.
extension PatternParser {
  mutating func characterClass() throws(PatternError) -> PatternClass {
    let start = offset - 1
    var result = PatternClass(isNegated: consume("^"))
    while true {
      guard peek() != nil else { throw PatternError(reason: .unclosedClass, offset: start) }
      if consume("]") { return result }
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
}
