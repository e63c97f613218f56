internal import Basics

/// Looking at names and words where they lie: what is read here may turn out to be a secret, of which no text must be
/// made.
extension RawSpan {
  /// Whether the text may become a name that is kept as a text: short, with few digits, and like no secret.
  var isPlausibleName: Bool {
    guard byteCount > 0, byteCount <= 64, digits(in: 0..<byteCount) <= 4 else { return false }
    return SecretShape.of(self) == nil
  }

  /// The runs of letters and digits.
  var wordRanges: [Range<Int>] {
    var (ranges, start) = ([] as [Range<Int>], nil as Int?)
    for offset in 0...byteCount {
      let isPart = offset < byteCount && (self[offset].isLetter || self[offset].isDigit)
      if isPart, start == nil { start = offset }
      if !isPart, let begun = start {
        ranges.append(begun..<offset)
        start = nil
      }
    }
    return ranges
  }

  /// Whether one of the words stands in a range, without regard to case. The words are given in lower case.
  func isOneOf(_ words: [String], in range: Range<Int>) -> Bool {
    words.contains {
      range.count == $0.utf8.count && hasIgnoringCase($0.utf8, at: range.lowerBound)
    }
  }

  func digits(in range: Range<Int>) -> Int {
    var count = 0
    for offset in range where self[offset].isDigit { count += 1 }
    return count
  }

  /// Whether the last word speaks of a secret: `API_TOKEN`, `dbPassword`.
  var endsTelling: Bool {
    guard let last = wordRanges.last else { return false }
    let endings = [
      "key", "keys", "token", "tokens", "secret", "secrets", "password", "passwd", "passphrase",
      "pwd",
      "pass", "pat", "credential", "credentials", "auth", "authorization", "bearer", "jwt",
      "apikey",
    ]
    return endings.contains { ending in
      let start = last.upperBound - ending.utf8.count
      return start >= last.lowerBound && hasIgnoringCase(ending.utf8, at: start)
    }
  }
}
