internal import Basics
internal import Secrets

/// `Basic dXNlcjpwYXNz`: the user and the password that the header is made of (RFC 7617).
enum BasicHeader {
  /// With or without `Authorization:` in front. Nil when it is none, or holds no pair.
  static func read(_ text: RawSpan) -> Snippet? {
    var start = 0
    if text.hasIgnoringCase("authorization:".utf8) {
      start = Blanks.trimmed(text, 14..<text.byteCount).lowerBound
    }
    guard text.hasIgnoringCase("basic ".utf8, at: start) else { return nil }
    let code = text.extracting(Blanks.trimmed(text, start + 6..<text.byteCount))
    guard !code.isEmpty, !code.contains(where: \.isBlank), let pair = SecretBuffer(base64: code)
    else { return nil }
    return pair.withBytes { bytes -> Snippet? in
      var isText = !bytes.isEmpty
      bytes.forEachScalar { decoded, _ in
        isText = isText && (decoded.scalar.map { $0.value >= 0x20 && $0.value != 0x7F } ?? false)
        return isText
      }
      guard isText, let colon = bytes.firstOffset(where: { $0 == UInt8(ascii: ":") }) else {
        return nil
      }
      var snippet = Snippet(.basicHeader)
      let hasPassword = colon + 1 < bytes.byteCount
      snippet.add(
        Snippet.Item("user", hasPassword ? .user : .loneUser), bytes, 0..<colon)
      snippet.add(Snippet.Item("password", .password), bytes, colon + 1..<bytes.byteCount)
      return snippet
    }
  }
}
