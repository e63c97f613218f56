internal import Basics

/// Keys and values, each of which stands on one line.
extension PlainYAML {
  static let blank = UInt8(ascii: " ")

  mutating func readScalar(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    switch text[range.lowerBound] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return readQuoted(range, of: text)
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"),
      UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"):
      return false
    default: return readPlain(range, of: text)
    }
  }

  /// Up to the end of the line, or to a comment. A colon that would make a key of it is a mistake here.
  private mutating func readPlain(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    var end = range.lowerBound
    var position = range.lowerBound
    scan: while position < range.upperBound {
      switch text[position] {
      case UInt8(ascii: ":"):
        guard position + 1 < range.upperBound, text[position + 1] != PlainYAML.blank else {
          return false
        }
        end = position + 1
      case UInt8(ascii: "#") where text[position - 1] == PlainYAML.blank: break scan
      case PlainYAML.blank: break
      default: end = position + 1
      }
      position += 1
    }
    add(.plain, range.lowerBound..<end)
    return true
  }

  /// Without the quote itself and without a backslash in it, which have to be written in a special way.
  private mutating func readQuoted(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    let quote = text[range.lowerBound]
    let start = range.lowerBound + 1
    var end = start
    while end < range.upperBound, text[end] != quote {
      if quote == UInt8(ascii: "\""), text[end] == UInt8(ascii: "\\") { return false }
      end += 1
    }
    guard end < range.upperBound else { return false }
    let rest = PlainYAML.skipBlanks(end + 1..<range.upperBound, of: text)
    let isComment =
      rest < range.upperBound && text[rest] == UInt8(ascii: "#") && rest > end + 1
    guard rest == range.upperBound || isComment else { return false }
    add(.quoted, start..<end)
    return true
  }

  /// Where the colon behind a key stands; nil where there is no key, or one in quotes.
  static func colon(behindKey range: Range<Int>, of text: Span<UInt8>) -> Int? {
    let first = text[range.lowerBound]
    guard first.isLetter || first.isDigit || first == UInt8(ascii: "_") else { return nil }
    var position = range.lowerBound + 1
    let limit = min(range.upperBound, range.lowerBound + keyLimit)
    while position < limit, text[position].isInKey { position += 1 }
    guard position < limit, text[position] == UInt8(ascii: ":"),
      position + 1 == range.upperBound || text[position + 1] == PlainYAML.blank
    else { return nil }
    return position
  }

  /// Longer keys are left to libyaml, which has a limit of its own.
  private static let keyLimit = 256

  static func skipBlanks(_ range: Range<Int>, of text: Span<UInt8>) -> Int {
    var position = range.lowerBound
    while position < range.upperBound, text[position] == PlainYAML.blank { position += 1 }
    return position
  }
}

extension UInt8 {
  fileprivate var isInKey: Bool {
    isLetter || isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
      || self == UInt8(ascii: ".") || self == UInt8(ascii: "/")
  }
}
