/// The one place where foreign text (a guide, a provider's answer, a host name, a label, a file name, the environment)
/// becomes text that may go to a terminal. Nothing is hidden: what must not be sent is shown as `^[`, `\x9B` or
/// `<U+202E>`, with these exceptions, which have no sight of their own or are measured differently by each terminal:
/// variation selectors, the joiners and skin tones inside an emoji, and marks beyond the second of one character.
///
/// Not normalized to NFC: terminals compose a base and its marks themselves, and a `Cell` keeps them together.
package enum Sanitizer {
  /// The most that is shown of one foreign text: enough for any error page, not enough to bury the screen.
  package static let lineLimit = 500
  /// In bytes; what is longer is cut before it is looked at.
  package static let byteLimit = 64 * 1024

  /// `text` without anything that could move a terminal's cursor, change its state or reorder the text around it.
  /// Cleaning twice changes nothing. A line break stays where it is allowed (CR LF becomes LF) and is `^J` elsewhere;
  /// a tab is four spaces.
  package static func clean(_ text: String, keepingLineBreaks: Bool = false) -> String {
    if isPlain(text) { return text }
    var cleaner = Cleaner(keepingLineBreaks: keepingLineBreaks)
    for scalar in text.unicodeScalars { cleaner.take(scalar) }
    return cleaner.finish()
  }

  /// Cleans bytes that claim to be UTF-8. A byte that is not is shown as `\xNN`.
  package static func clean(bytes: [UInt8], keepingLineBreaks: Bool = false) -> String {
    var cleaner = Cleaner(keepingLineBreaks: keepingLineBreaks)
    var rest = bytes[...]
    while let first = rest.first {
      if let (scalar, length) = scalar(of: rest) {
        cleaner.take(scalar)
        rest = rest.dropFirst(length)
      } else {
        cleaner.show("\\x" + hexadecimal(UInt32(first), digits: 2))
        rest = rest.dropFirst()
      }
    }
    return cleaner.finish()
  }

  /// Cleaned text of at most `lineLimit` lines and `byteLimit` bytes; a last line says that there was more.
  package static func excerpt(_ text: String) -> String {
    var lines = clean(String(text.prefixOfUTF8(byteLimit)), keepingLineBreaks: true)
      .split(separator: "\n", maxSplits: lineLimit, omittingEmptySubsequences: false)
    var isCut = text.utf8.count > byteLimit
    if lines.count > lineLimit {
      lines.removeLast()
      isCut = true
    }
    return lines.joined(separator: "\n") + (isCut ? "\n… (cut)" : "")
  }

  /// Whether a character goes to the terminal as it is.
  package static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x20 && scalar.value < 0x7F { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol, .spaceSeparator:
      return !scalar.properties.isDefaultIgnorableCodePoint
    @unknown default: return false
    }
  }

  /// Most text is: printable ASCII.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// The first character of UTF-8 bytes and its length; nil where they do not start with a well-formed one (overlong
  /// forms, surrogates and cut sequences included).
  private static func scalar(of bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
    guard let first = bytes.first else { return nil }
    let length =
      switch first {
      case 0x00...0x7F: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, let text = String(validating: bytes.prefix(length), as: UTF8.self) else {
      return nil
    }
    return text.unicodeScalars.first.map { ($0, length) }
  }

  static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension String {
  /// As much of the beginning as fits into a number of bytes without cutting a character.
  fileprivate func prefixOfUTF8(_ limit: Int) -> Substring {
    guard utf8.count > limit else { return self[...] }
    var end = utf8.index(startIndex, offsetBy: limit)
    while end > startIndex, UTF8.isContinuation(utf8[end]) { end = utf8.index(before: end) }
    return self[..<end]
  }
}
