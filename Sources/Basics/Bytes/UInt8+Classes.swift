/// What a byte is as a character of ASCII. None of these holds for a byte from 0x80 on.
extension UInt8 {
  /// `0` to `9`.
  @inlinable package var isDigit: Bool { (0x30...0x39).contains(self) }

  /// `A` to `Z` and `a` to `z`.
  @inlinable package var isLetter: Bool {
    (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }

  /// `A` to `Z`.
  @inlinable package var isUppercase: Bool { (0x41...0x5A).contains(self) }

  /// `a` to `z`.
  @inlinable package var isLowercase: Bool { (0x61...0x7A).contains(self) }

  /// Space, tab, line feed, carriage return, vertical tab, form feed.
  @inlinable package var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  /// Line feed or carriage return.
  @inlinable package var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  /// Space, tab, line feed, carriage return: what JSON and XML have between their marks.
  @inlinable package var isMarkupBlank: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D
  }

  /// Printable ASCII, the space left out.
  @inlinable package var isGraphic: Bool { (0x21...0x7E).contains(self) }

  /// The small letter of a capital one; any other byte as it is.
  @inlinable package var asciiLowercased: UInt8 { isUppercase ? self | 0x20 : self }

  /// The value of a hexadecimal digit.
  @inlinable package var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
