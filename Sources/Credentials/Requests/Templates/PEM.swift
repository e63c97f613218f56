internal import Secrets

/// Key files in PEM (RFC 7468).
enum PEM {
  /// The bytes between the first BEGIN and END lines; nil when there are none. Line ends may be written as the two
  /// characters `\n`, as in values copied out of JSON.
  static func decode(_ text: RawSpan) -> SecretBuffer? {
    guard let begin = text.firstOffset(of: "-----BEGIN ".utf8),
      let labelEnd = text.firstOffset(of: "-----".utf8, from: begin + 11),
      let end = text.firstOffset(of: "-----END ".utf8, from: labelEnd + 5)
    else { return nil }
    var body = SecretBuffer(capacity: max(1, end - labelEnd))
    var offset = labelEnd + 5
    while offset < end {
      if text.has("\\n".utf8, at: offset) || text.has("\\r".utf8, at: offset) {
        offset += 2
      } else {
        body.append(text[offset])
        offset += 1
      }
    }
    return body.withBytes { SecretBuffer(base64: $0) }
  }
}
