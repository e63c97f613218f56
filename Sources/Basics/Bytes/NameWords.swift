/// Splits names into words: at whatever is no letter or digit, and where a capital letter begins one (`apiKey`).
///
/// What the words are for decides what may end one before a capital letter.
package enum NameWords {
  /// What a capital letter has to follow to begin a word.
  package enum Boundary: Sendable {
    /// A small letter only: `ES256Key` stays one word. For words that are looked for in sentences, where the digits
    /// belong to what they stand before.
    case smallLetter
    /// Anything but a capital letter: `key2Name` is `key2` and `Name`. For names of fields, where every capital letter
    /// was meant.
    case anythingButCapital
  }

  /// The words as they are written, in order. With `isASCII`, letters beyond ASCII part words as marks do: for names that
  /// must not have any.
  package static func split(
    _ text: String, after boundary: Boundary, isASCII: Bool = false
  ) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var mayEnd = false
    for scalar in text.unicodeScalars {
      let isPart =
        (scalar.isLetter || ("0"..."9").contains(scalar)) && (scalar.isASCII || !isASCII)
      let beginsWord = scalar.isCapitalLetter && mayEnd
      if !word.isEmpty, !isPart || beginsWord {
        words.append(String(word))
        word.removeAll()
      }
      if isPart { word.append(scalar) }
      mayEnd =
        switch boundary {
        case .smallLetter: scalar.isSmallLetter
        case .anythingButCapital: isPart && !scalar.isCapitalLetter
        }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }
}
