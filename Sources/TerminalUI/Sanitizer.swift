/// The one place where foreign text (a guide, a provider's answer, a host name, a label, a file name, the environment)
/// becomes text that may go to a terminal. Nothing is hidden: what must not be sent is shown as `^[` or `<U+202E>`, with
/// these exceptions, which have no sight of their own or are measured differently by each terminal: variation selectors,
/// the joiners and skin tones inside an emoji, and marks beyond the second of one character.
///
/// Not normalized to NFC: terminals compose a base and its marks themselves, and a `Cell` keeps them together.
package enum Sanitizer {
  /// `text` without anything that could move a terminal's cursor, change its state or reorder the text around it.
  /// Cleaning twice changes nothing. A line break stays where it is allowed (CR LF becomes LF) and is `^J` elsewhere;
  /// a tab is four spaces.
  package static func clean(_ text: String, keepingLineBreaks: Bool = false) -> String {
    if isPlain(text) { return text }
    var cleaner = Cleaner(keepingLineBreaks: keepingLineBreaks)
    for scalar in text.unicodeScalars { cleaner.append(scalar) }
    return cleaner.finish()
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

  /// Most text is: printable ASCII. All of it is looked at, in steps of many bytes: every page is, at every key.
  static func isPlain(_ text: String) -> Bool {
    let span = text.utf8.span
    var others: UInt8 = 0
    for index in span.indices { others |= span[index] &- 0x20 < 0x5F ? 0 : 1 }
    return others == 0
  }
}
