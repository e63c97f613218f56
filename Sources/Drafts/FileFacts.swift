internal import Basics
internal import Signing

/// What may be said of a key file without showing any of it: its kind, and how many lines it has.
package struct FileFacts: Equatable, Sendable {
  /// `PEM, RSA private key`, `JSON`; nil when it is none of the known kinds.
  package var kind: String?
  /// A line end behind the last line begins no further one.
  package var lines: Int

  package init(kind: String?, lines: Int) {
    self.kind = kind
    self.lines = lines
  }

  /// `PEM, RSA private key, 28 lines`
  package var sentence: String {
    let count = "\(lines) line\(lines == 1 ? "" : "s")"
    return kind.map { "\($0), \(count)" } ?? count
  }

  /// Nil for a value of one line and no known kind, of which there is nothing to say.
  init?(_ bytes: RawSpan) {
    kind = FileFacts.kind(of: bytes)
    lines = FileFacts.lines(of: bytes)
    if kind == nil, lines < 2 { return nil }
  }

  /// A line end behind the last line begins no further one.
  private static func lines(of bytes: RawSpan) -> Int {
    var lines = bytes.isEmpty ? 0 : 1
    for offset in 0..<bytes.byteCount where bytes[offset] == 0x0A && offset + 1 < bytes.byteCount {
      lines += 1
    }
    return lines
  }

  private static func kind(of bytes: RawSpan) -> String? {
    if let marks = PEMMarks(of: bytes) { return "PEM, \(words(marks.label))" }
    guard bytes.has("{".utf8), let last = lastGraphic(of: bytes), bytes[last] == 0x7D else {
      return nil
    }
    // RFC 7517: a key in JSON names its type.
    return bytes.firstOffset(of: "\"kty\"".utf8) == nil ? "JSON" : "JWK"
  }

  private static func lastGraphic(of bytes: RawSpan) -> Int? {
    (0..<bytes.byteCount).reversed().first { bytes[$0].isGraphic }
  }

  /// A label of capitals in the words of a sentence.
  private static func words(_ label: String) -> String {
    let words = label.split(separator: " ").map { word in
      names.contains(String(word)) ? String(word) : word.lowercased()
    }
    return words.joined(separator: " ")
  }

  /// Words of labels that are names.
  private static let names: Set = [
    "RSA", "EC", "DSA", "DH", "X509", "PKCS7", "CMS", "OPENSSH", "PGP",
  ]
}
