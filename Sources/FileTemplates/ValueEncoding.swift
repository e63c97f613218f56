internal import Basics
internal import Secrets

/// How a value is written in its place.
enum ValueEncoding: Equatable, Sendable {
  /// Inside of a string of JSON, or of a basic string of TOML, which knows the same escapes.
  case json
  /// - `isLong`: whether three quotes are around it, between which there may be line ends; the first of all is left out.
  case tomlLiteral(isLong: Bool, isFirst: Bool)
  /// - `isAlone`: whether it is all that stands on a line of the author's text.
  /// - `isAtMargin`: whether it could make a line `---` or `...`, which ends a document even in quotes.
  case yamlDouble(isAlone: Bool, isAtMargin: Bool)
  /// - `isFolded`: whether the author's text has several lines, at whose ends blanks are left out.
  case yamlSingle(isFolded: Bool, isAlone: Bool, isAtMargin: Bool)
  /// - `indentation`: what goes in front of each further line; nil where there can be none.
  /// - `isFirst`: whether it begins a line, whose blanks are taken for indentation.
  case yamlBlock(indentation: Int?, isFirst: Bool, isAlone: Bool)
  case shellSingle
  case shellDouble
  case envSingle
  case envDouble
  /// As it is, on a line with others or on lines of its own.
  case rawLine
  case rawLines
  /// As it is, of signs that nobody gives a meaning to.
  case harmless(TemplateFormat)

  /// Writes a value against which nothing stands.
  func write(_ value: RawSpan, to writer: inout SecretWriter) {
    switch self {
    case .json: writer.append(jsonEscaped: value, .controls)
    case .yamlDouble(_, let isAtMargin):
      writer.append(yamlEscaped: value, escapesMarker: isAtMargin)
    case .yamlSingle: writer.append(value, replacing: UInt8(ascii: "'"), by: "''")
    case .yamlBlock(let indentation, _, _):
      writer.append(value, indentedBy: indentation ?? 0)
    case .shellSingle: writer.append(value, replacing: UInt8(ascii: "'"), by: #"'\''"#)
    case .shellDouble: writer.append(shellEscaped: value)
    case .tomlLiteral, .envSingle, .envDouble, .rawLine, .rawLines, .harmless:
      writer.append(value)
    }
  }
}

extension SecretWriter {
  fileprivate mutating func append(_ value: RawSpan, replacing byte: UInt8, by text: String) {
    for offset in 0..<value.byteCount {
      if value[offset] == byte { append(text: text) } else { append(value[offset]) }
    }
  }

  /// A backslash goes in front of what means something between double quotes.
  fileprivate mutating func append(shellEscaped value: RawSpan) {
    for offset in 0..<value.byteCount {
      if "\\\"$`".utf8.contains(value[offset]) { append(UInt8(ascii: "\\")) }
      append(value[offset])
    }
  }

  fileprivate mutating func append(_ value: RawSpan, indentedBy count: Int) {
    for offset in 0..<value.byteCount {
      append(value[offset])
      guard value[offset] == UInt8(ascii: "\n"), offset + 1 < value.byteCount,
        value[offset + 1] != UInt8(ascii: "\n")
      else { continue }
      for _ in 0..<count { append(UInt8(ascii: " ")) }
    }
  }

  /// As the inside of a double-quoted scalar. Blanks at the ends are escaped as well: they might stand at the end of a
  /// line of the author's.
  /// - Parameter escapesMarker: whether a sign that may begin a document marker is escaped in front.
  fileprivate mutating func append(yamlEscaped value: RawSpan, escapesMarker: Bool) {
    value.forEachScalar { decoded, offset in
      let isEdge = offset == 0 || offset + decoded.length == value.byteCount
      switch decoded.value {
      case 0x22, 0x5C:
        append(UInt8(ascii: "\\"))
        append(value[offset])
      case 0x0A: append(text: #"\n"#)
      case 0x20 where isEdge: append(text: #"\x20"#)
      case 0x2D where escapesMarker && offset == 0: append(text: #"\x2d"#)
      case 0x2E where escapesMarker && offset == 0: append(text: #"\x2e"#)
      case let scalar where !scalar.isPlainInYAML: append(yamlEscape: scalar)
      default: append(value.extracting(offset..<offset + decoded.length))
      }
      return true
    }
  }

  private mutating func append(yamlEscape scalar: UInt32) {
    append(text: scalar > 0xFFFF ? #"\U"# : #"\u"#)
    if scalar > 0xFFFF {
      append(hex: UInt8(truncatingIfNeeded: scalar >> 24))
      append(hex: UInt8(truncatingIfNeeded: scalar >> 16))
    }
    append(hex: UInt8(truncatingIfNeeded: scalar >> 8))
    append(hex: UInt8(truncatingIfNeeded: scalar))
  }
}

extension UInt32 {
  /// Whether a character may stand in YAML by itself, in every version and on any line.
  var isPlainInYAML: Bool {
    switch self {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x1_0000...0x10_FFFF:
      true
    default: false
    }
  }
}
