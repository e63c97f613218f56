package import Basics

/// Why a file cannot be read as a text. Nothing of it is told.
package enum TextFormFault: Error, Equatable, Sendable {
  /// UTF-16 with half a character in it, or cut in the middle of one.
  case damagedUTF16
  case utf32
}

extension TextFormFault: Explained {
  /// Speaks of the text alone; who has read the file names it.
  package var explanation: Explanation {
    switch self {
    case .damagedUTF16:
      Explanation(
        what: "the text is written in the encoding UTF-16, and damaged",
        why: "a character of it is cut in half",
        advice: "save it once more, as UTF-8")
    case .utf32:
      Explanation(
        what: "the text is written in the encoding UTF-32", why: "only UTF-8 and UTF-16 are read",
        advice: "save it once more, as UTF-8")
    }
  }
}

extension SecretBuffer {
  /// The text as UTF-8 without a byte order mark, whatever wrote it: Windows PowerShell puts a mark in front of UTF-8 and
  /// writes UTF-16 where it redirects.
  ///
  /// UTF-16 is known by its mark or, as nothing here begins with a zero byte or has one second, by its zeros. Bytes that
  /// are no text in any of these forms come back as they are.
  package consuming func asUTF8() throws(TextFormFault) -> SecretBuffer {
    let form = withBytes { TextForm($0) }
    switch form {
    case .utf8(let mark):
      remove(0..<mark)
      return self
    case .utf32: throw .utf32
    case .utf16(let isBigEndian, let mark):
      let decoded = withBytes { $0.decodingUTF16(from: mark, isBigEndian: isBigEndian) }
      guard let decoded else { throw .damagedUTF16 }
      return decoded
    }
  }
}

/// How a text is written down, by its first bytes.
private enum TextForm {
  case utf8(mark: Int)
  case utf16(isBigEndian: Bool, mark: Int)
  case utf32

  init(_ bytes: RawSpan) {
    if bytes.has([0xEF, 0xBB, 0xBF]) {
      self = .utf8(mark: 3)
    } else if bytes.has([0xFF, 0xFE, 0, 0]) || bytes.has([0, 0, 0xFE, 0xFF]) {
      self = .utf32
    } else if bytes.has([0xFF, 0xFE]) {
      self = .utf16(isBigEndian: false, mark: 2)
    } else if bytes.has([0xFE, 0xFF]) {
      self = .utf16(isBigEndian: true, mark: 2)
    } else if bytes.byteCount >= 4, bytes[0] != 0, bytes[1] == 0, bytes[2] != 0, bytes[3] == 0 {
      self = .utf16(isBigEndian: false, mark: 0)
    } else if bytes.byteCount >= 4, bytes[0] == 0, bytes[1] != 0, bytes[2] == 0, bytes[3] != 0 {
      self = .utf16(isBigEndian: true, mark: 0)
    } else {
      self = .utf8(mark: 0)
    }
  }
}

extension RawSpan {
  /// Nil at half a surrogate pair, and when a byte is missing at the end.
  fileprivate func decodingUTF16(from start: Int, isBigEndian: Bool) -> SecretBuffer? {
    guard (byteCount - start).isMultiple(of: 2) else { return nil }
    // Two bytes become at most three.
    var text = SecretBuffer(capacity: Swift.max(1, (byteCount - start) / 2 * 3))
    var isWhole = true
    forEachUTF16Scalar(from: start, isBigEndian: isBigEndian) { scalar in
      guard let scalar else {
        isWhole = false
        return false
      }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { text.append(byte) }
      return true
    }
    guard isWhole else { return nil }
    return text
  }
}
