internal import Basics

/// What looks like a secret wherever it stands: by a beginning that services give to their keys, or because it is long
/// and random.
package struct SecretShape: Equatable, Sendable {
  /// Whose key begins like this; nil when only its form speaks.
  package let service: String?

  /// Nil for what looks like none.
  package static func of(_ bytes: RawSpan) -> SecretShape? {
    let text = bytes.extracting(bytes.rangeWithoutOuterBlanks)
    if let known = KnownBeginnings.service(of: text) { return SecretShape(service: known) }
    if text.has("-----BEGIN ".utf8), text.firstOffset(of: "PRIVATE KEY-----".utf8) != nil {
      return SecretShape(service: nil)
    }
    return isToken(text) || isRandom(text) ? SecretShape(service: nil) : nil
  }

  /// The same for a text that was typed where no secret belongs.
  package static func of(_ text: String) -> SecretShape? { text.withBytes { of($0) } }

  /// A JSON Web Token: Base64 of `{"`, and two dots.
  private static func isToken(_ text: RawSpan) -> Bool {
    guard text.byteCount >= 40, text.has("eyJ".utf8),
      let first = text.firstOffset(where: { $0 == UInt8(ascii: ".") })
    else { return false }
    return text.firstOffset(from: first + 1, where: { $0 == UInt8(ascii: ".") }) != nil
      && !text.contains { !$0.isTokenCharacter && $0 != UInt8(ascii: ".") }
  }

  /// At least 24 letters and digits that change their kind often, as no word, host name or path does. A UUID is an
  /// identifier, and so is a number.
  private static func isRandom(_ text: RawSpan) -> Bool {
    guard text.byteCount >= 24, text.byteCount <= 4096, !text.isUUID else { return false }
    var (letters, digits, changes, run, longestRun) = (0, 0, 0, 0, 0)
    var (capitals, small) = (0, 0)
    var before: Int?
    for offset in 0..<text.byteCount {
      let byte = text[offset]
      guard byte.isTokenCharacter else { return false }
      if byte.isDigit { digits += 1 }
      if byte.isLetter { letters += 1 }
      if byte.isUppercase { capitals += 1 }
      if byte.isLowercase { small += 1 }
      let kind = byte.isDigit ? 0 : byte.isUppercase ? 1 : byte.isLowercase ? 2 : 3
      run = kind == before ? run + 1 : 1
      longestRun = kind == 3 ? longestRun : max(longestRun, run)
      if let before, kind != before, kind != 3, before != 3 { changes += 1 }
      before = kind
    }
    let isMixed = digits >= 3 && letters >= 3 || capitals >= 6 && small >= 6
    return isMixed && changes * 5 >= text.byteCount && longestRun <= 12
  }
}

extension UInt8 {
  /// What keys are made of: Base64 of both alphabets.
  fileprivate var isTokenCharacter: Bool { isLetter || isDigit || "-_+/=".utf8.contains(self) }
}
