internal import Basics

/// Why a value cannot be written in its place. Of the value it says no more than has to be known to choose another.
enum ValueObjection: Equatable {
  case noText
  case zero
  case lineEnd
  case control
  /// A sign that would mean something there.
  case sign(String)
  case outerBlank
  case empty
  /// Something else than letters, digits and a few signs.
  case unusual

  /// What is said of it.
  /// - Parameter value: of which the advice depends.
  func fault(
    at place: FillPlan.Place, in encoding: ValueEncoding, of value: RawSpan
  ) -> TemplateFault {
    TemplateFault(
      place.place, "the value of \(place.name) \(reason)",
      advice: encoding.advice(against: self, for: value))
  }

  private var reason: String {
    switch self {
    case .noText: "is no text in UTF-8, and the file is one"
    case .zero: "has a zero byte, which cannot be written there"
    case .lineEnd: "has a line end, which cannot be written there"
    case .control: "has a control character, which cannot be written there"
    case .sign(let sign): "has a \(sign), which cannot be written there"
    case .outerBlank: "begins or ends with a blank, which would be lost there"
    case .empty: "is empty, and its line would mean something else"
    case .unusual: "has signs that could mean something there"
    }
  }
}

extension ValueEncoding {
  /// What stands against a value; nil when nothing does.
  func objection(to value: RawSpan) -> ValueObjection? {
    switch self {
    case .json: value.isText ? nil : .noText
    case .yamlDouble(let isAlone, _):
      isAlone && value.byteCount == 0 ? .empty : value.isText ? nil : .noText
    case .tomlLiteral(let isLong, let isFirst):
      value.isText
        ? value.objection(signs: "'", allowsLineEnds: isLong, startsWithLineEnd: isFirst) : .noText
    case .yamlSingle(let isFolded, let isAlone, let isAtMargin):
      isAlone && value.byteCount == 0
        ? .empty
        : value.objectionInYAML(allowsLineEnds: false) ?? (isFolded ? value.outerBlank : nil)
          ?? (isAtMargin ? value.markerSign : nil)
    case .yamlBlock(let indentation, let isFirst, let isAlone):
      value.objectionInYAML(allowsLineEnds: indentation != nil)
        ?? (isFirst ? value.objectionAtFront(isAlone: isAlone) : nil)
    case .shellSingle, .shellDouble: value.contains { $0 == 0 } ? .zero : nil
    case .envSingle: value.objection(signs: "'") ?? value.backslashBeforeQuote
    case .envDouble: value.objection(signs: "\"\\$`")
    case .rawLine: value.objection(signs: "")
    case .rawLines: value.contains { $0 == 0 } ? .zero : nil
    case .harmless: value.contains { !$0.isHarmless } ? .unusual : nil
    }
  }

  /// What to do about it; nil where nothing helps.
  fileprivate func advice(against objection: ValueObjection, for value: RawSpan) -> String? {
    // What is no text is none in other quotes either.
    if objection == .noText { return nil }
    return switch self {
    case .json: nil
    case .yamlDouble: "put it on a line with other text"
    case .tomlLiteral, .yamlSingle: "put it in double quotes"
    case .yamlBlock: "put it in double quotes, without the block"
    case .shellSingle, .shellDouble: nil
    case .envSingle, .envDouble, .harmless(.env): Self.adviceForVariables(value)
    case .rawLine:
      objection == .lineEnd
        ? "give it a line of its own, or say what the file is with --format" : nil
    case .rawLines: nil
    case .harmless:
      "say what the file is: --format json, yaml, toml, shell or env, or raw to put it in as it is"
    }
  }
}

extension ValueEncoding {
  /// The quotes in which all readers find this value; where there are none, another way.
  private static func adviceForVariables(_ value: RawSpan) -> String {
    let quotes =
      envSingle.objection(to: value) == nil
      ? "put it in single quotes"
      : envDouble.objection(to: value) == nil ? "put it in double quotes" : nil
    if let quotes {
      return quotes + "; for docker run --env-file, which knows none, say --format raw"
    }
    return value.objection(signs: "") == nil
      ? "no quotes hold it for all readers: hand it over with usher run; for docker run --env-file "
        + "say --format raw"
      : "no variable file can hold it: hand it over as a file, with usher run --file"
  }
}

extension RawSpan {
  fileprivate var isText: Bool {
    var isText = true
    forEachScalar { decoded, _ in
      isText = decoded.scalar != nil
      return isText
    }
    return isText
  }

  /// Nothing but tabs is allowed of what is no sign, and line ends where they are.
  fileprivate func objection(
    signs: String, allowsLineEnds: Bool = false, startsWithLineEnd: Bool = false
  ) -> ValueObjection? {
    for offset in 0..<byteCount {
      let byte = self[offset]
      if byte == 0 { return .zero }
      if byte.isLineEnd {
        let isAllowed =
          allowsLineEnds && byte == UInt8(ascii: "\n") && !(startsWithLineEnd && offset == 0)
        if !isAllowed { return .lineEnd }
      } else if byte == 0x7F || (byte < 0x20 && byte != UInt8(ascii: "\t")) {
        return .control
      } else if signs.utf8.contains(byte) {
        return .sign(String(UnicodeScalar(byte)))
      }
    }
    return nil
  }

  fileprivate func objectionInYAML(allowsLineEnds: Bool) -> ValueObjection? {
    var found: ValueObjection?
    forEachScalar { decoded, _ in
      switch decoded.scalar?.value {
      case nil: found = .noText
      case 0x0A?: found = allowsLineEnds ? nil : .lineEnd
      case 0x0D?, 0x85?, 0x2028?, 0x2029?: found = .lineEnd
      case 0x09?: break
      case let scalar?: found = scalar.isPlainInYAML ? nil : .control
      }
      return found == nil
    }
    return found
  }

  fileprivate var outerBlank: ValueObjection? {
    guard byteCount > 0 else { return nil }
    return self[0].isBlank || self[byteCount - 1].isBlank ? .outerBlank : nil
  }

  /// The sign with which it may begin a document marker.
  fileprivate var markerSign: ValueObjection? {
    guard byteCount > 0, "-.".utf8.contains(self[0]) else { return nil }
    return .sign(String(UnicodeScalar(self[0])))
  }

  fileprivate func objectionAtFront(isAlone: Bool) -> ValueObjection? {
    guard byteCount > 0 else { return isAlone ? nil : .empty }
    return self[0].isBlank ? .outerBlank : nil
  }

  /// Some readers take a backslash in front of another one, or of the quote behind the value, for an escape.
  fileprivate var backslashBeforeQuote: ValueObjection? {
    for offset in 0..<byteCount where self[offset] == UInt8(ascii: "\\") {
      if offset + 1 == byteCount || self[offset + 1] == UInt8(ascii: "\\") { return .sign("\\") }
    }
    return nil
  }
}

extension UInt8 {
  /// What no format, no reader of `.env` files and no shell gives a meaning to inside of a word.
  fileprivate var isHarmless: Bool {
    isLetter || isDigit || "-._+/=:@%,".utf8.contains(self)
  }
}
