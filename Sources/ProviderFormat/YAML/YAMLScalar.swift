internal import Basics

/// What a scalar without quotes means, by the core schema of YAML 1.2 as js-yaml 4 reads it: underscores between
/// digits are allowed, `0o17` is octal, `017` is not, and `yes`, `no`, `on`, `off` are texts. Dates stay texts.
package enum YAMLScalar {
  /// Whether a word needs no quotes to be the text that it is. Asked of words of letters, digits, `-`, `_` and `.`.
  package static func isText(_ word: String) -> Bool { value(of: word) == .string(word) }

  static func value(of text: String) -> Value {
    guard let first = text.utf8.first else { return .null }
    if text.utf8.count <= 5 {
      switch text {
      case "~", "null", "Null", "NULL": return .null
      case "true", "True", "TRUE": return .bool(true)
      case "false", "False", "FALSE": return .bool(false)
      default: break
      }
    }
    let mayBeNumber =
      first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
      || first == UInt8(ascii: ".")
    guard mayBeNumber else { return .string(text) }
    if let number = integer(text) ?? float(text) { return number }
    return .string(text)
  }

  private static func integer(_ text: String) -> Value? {
    var digits = text[...]
    var sign = ""
    if let first = digits.first, first == "-" || first == "+" {
      sign = first == "-" ? "-" : ""
      digits.removeFirst()
    }
    var radix = 10
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      digits = digits.dropFirst(2)
      radix = base
    }
    guard let first = digits.first, first != "_" || radix != 10, digits.last != "_" else {
      return nil
    }
    let bare = digits.filter { $0 != "_" }
    guard !bare.isEmpty, bare.allSatisfy({ $0.isASCII && ($0.hexDigitValue ?? 99) < radix }) else {
      return nil
    }
    // A number that 64 bits cannot hold stays the text it was, so that no digit is lost.
    return Int(sign + bare, radix: radix).map(Value.int) ?? .string(text)
  }

  private static func float(_ text: String) -> Value? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
    case ".nan", ".NaN", ".NAN": return .double(.nan)
    default: break
    }
    guard isFloat(text), text.last != "_" else { return nil }
    return Double(text.filter { $0 != "_" }).map(Value.double)
  }

  /// `1.5`, `1.`, `.5`, `1e3`, `-1_000.5`: digits on at least one side of the point.
  private static func isFloat(_ text: String) -> Bool {
    var rest = text[...]
    let isSigned = rest.first == "-" || rest.first == "+"
    if isSigned { rest.removeFirst() }
    let whole = rest.prefix { $0.isASCIIDigit || $0 == "_" }
    guard whole.first != "_" else { return false }
    rest = rest.dropFirst(whole.count)
    var fraction = ""[...]
    if rest.first == "." {
      fraction = rest.dropFirst().prefix { $0.isASCIIDigit || $0 == "_" }
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard !whole.isEmpty || (!isSigned && fraction.contains(where: \.isASCIIDigit)) else {
      return false
    }
    guard let exponent = rest.first else { return true }
    guard exponent == "e" || exponent == "E" else { return false }
    rest = rest.dropFirst()
    if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy(\.isASCIIDigit)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
