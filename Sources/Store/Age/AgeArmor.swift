internal import Basics

/// The ASCII form of an age file: strict PEM (RFC 7468) with the label `AGE ENCRYPTED FILE`.
package enum AgeArmor {
  static let begin = Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8)
  static let end = Array("-----END AGE ENCRYPTED FILE-----".utf8)
  static let columns = 64
  /// How many bytes the characters of a line stand for.
  static let lineBytes = columns / 4 * 3
  static let lineFeed = UInt8(ascii: "\n")

  /// Whether a text is meant to be armored: it begins with the first line, blanks left aside.
  package static func isArmored(_ text: [UInt8]) -> Bool {
    text.drop(while: \.isMarkupBlank).starts(with: begin)
  }

  /// The file as text: Base64 in lines of 64 characters between the two marks.
  package static func encode(_ file: [UInt8]) -> [UInt8] {
    var encoder = AgeArmorEncoder()
    return encoder.encode(file) + encoder.finish()
  }

  /// The file in the armor. Blanks around it and lines ended by CR LF are allowed, nothing else is: every file has
  /// one armored text.
  package static func decode(_ text: [UInt8]) throws(AgeError) -> [UInt8] {
    var decoder = AgeArmorDecoder()
    return try decoder.decode(text) + decoder.finish()
  }
}
