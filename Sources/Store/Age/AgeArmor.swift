internal import Basics

/// The ASCII form of an age file: strict PEM (RFC 7468) with the label `AGE ENCRYPTED FILE`.
package enum AgeArmor {
  private static let begin = Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8)
  private static let end = Array("-----END AGE ENCRYPTED FILE-----".utf8)
  private static let columns = 64
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Whether a text is meant to be armored: it begins with the first line, blanks left aside.
  package static func isArmored(_ text: [UInt8]) -> Bool {
    text.drop(while: \.isMarkupBlank).starts(with: begin)
  }

  /// The file as text: Base64 in lines of 64 characters between the two marks.
  package static func encode(_ file: [UInt8]) -> [UInt8] {
    var text = begin + [lineFeed]
    var rest = Base64.padded.encode(file)[...]
    while !rest.isEmpty {
      text += rest.prefix(columns)
      text.append(lineFeed)
      rest = rest.dropFirst(columns)
    }
    return text + end + [lineFeed]
  }

  /// The file in the armor. Blanks around it and lines ended by CR LF are allowed, nothing else is: every file has
  /// one armored text.
  package static func decode(_ text: [UInt8]) throws(AgeError) -> [UInt8] {
    let armor = text.withBytes { $0.trimmed(0..<$0.byteCount, where: \.isMarkupBlank) }
    var lines = text[armor].split(separator: lineFeed, omittingEmptySubsequences: false)
      .map { $0.last == carriageReturn ? $0.dropLast() : $0 }
    guard lines.count >= 2, lines.removeFirst().elementsEqual(begin) else {
      throw .armor("it does not begin with the line of an armored age file")
    }
    guard lines.removeLast().elementsEqual(end) else {
      throw .armor("it does not end with the line of an armored age file")
    }
    // Every line is full but the last one, which holds at least one character.
    guard lines.dropLast().allSatisfy({ $0.count == columns }),
      lines.last.map({ (1...columns).contains($0.count) }) ?? true
    else { throw .armor("a line of the armor has the wrong length") }
    guard let file = Base64.padded.decode(Array(lines.joined())) else {
      throw .armor("the armor is not canonical base64")
    }
    return file
  }
}
