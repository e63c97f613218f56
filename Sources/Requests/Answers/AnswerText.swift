internal import Basics
internal import Secrets

/// An answer's bytes as the UTF-8 that everything here reads, as a browser's reader would make it of them: without a byte
/// order mark, and with letters in place of what is in another encoding.
enum AnswerText {
  /// Nil when the bytes are UTF-8 without a mark, as nearly all are.
  /// - Parameter isCut: whether more would have followed.
  static func utf8(_ body: RawSpan, isCut: Bool) -> SecretBuffer? {
    if body.has([0xEF, 0xBB, 0xBF]) {
      return SecretBuffer(copying: body.extracting(3..<body.byteCount))
    }
    if body.has([0xFF, 0xFE]) { return utf16(body, isBigEndian: false) }
    if body.has([0xFE, 0xFF]) { return utf16(body, isBigEndian: true) }
    return isUTF8(body, isCut) ? nil : latin(body)
  }

  private static func isUTF8(_ body: RawSpan, _ isCut: Bool) -> Bool {
    var isGood = true
    body.forEachScalar { scalar, offset in
      // The last character of what was cut off may lack its end.
      isGood = scalar.scalar != nil || isCut && offset > body.byteCount - 4
      return isGood
    }
    return isGood
  }

  /// What is no UTF-8 is nearly always Windows-1252, of which Latin 1 is a part: each byte is one letter.
  private static func latin(_ body: RawSpan) -> SecretBuffer {
    var text = SecretWriter()
    for offset in 0..<body.byteCount {
      let byte = body[offset]
      let value = (0x80...0x9F).contains(byte) ? windows[Int(byte) - 0x80] : UInt32(byte)
      append(Unicode.Scalar(value) ?? "\u{FFFD}", to: &text)
    }
    return text.finish() ?? SecretBuffer(capacity: 1)
  }

  private static func utf16(_ body: RawSpan, isBigEndian: Bool) -> SecretBuffer {
    var text = SecretWriter()
    body.forEachUTF16Scalar(from: 2, isBigEndian: isBigEndian) { scalar in
      append(scalar ?? "\u{FFFD}", to: &text)
      return true
    }
    return text.finish() ?? SecretBuffer(capacity: 1)
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout SecretWriter) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { text.append(byte) }
  }

  /// What Windows-1252 has where Latin 1 has control characters (WHATWG Encoding, index windows-1252).
  private static let windows: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
