/// What a letter is, as Unicode has it. Of ASCII it is known without a look into its tables, which takes 300 instructions
/// for each question.
extension Unicode.Scalar {
  /// A letter of any script.
  package var isLetter: Bool {
    isASCII ? UInt8(truncatingIfNeeded: value).isLetter : properties.isAlphabetic
  }

  /// A capital letter of any script.
  package var isCapitalLetter: Bool {
    isASCII ? UInt8(truncatingIfNeeded: value).isUppercase : properties.isUppercase
  }

  /// A small letter of any script.
  package var isSmallLetter: Bool {
    isASCII ? UInt8(truncatingIfNeeded: value).isLowercase : properties.isLowercase
  }

  /// A blank or the end of a line.
  package var isBlank: Bool {
    isASCII ? UInt8(truncatingIfNeeded: value).isBlank : properties.isWhitespace
  }
}
