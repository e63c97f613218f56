internal import Basics
internal import Secrets

/// What a JSON Web Token says of itself. Its signature is for others to verify: nothing here is acted on.
enum JWTClaims {
  /// The end of its validity, `exp`; nil when the text is no such token, or has none.
  static func expiry(of token: RawSpan) -> Timestamp? {
    payload(token)?.withBytes { payload in
      guard let range = JSONPath("exp").find(in: payload), range.count <= 32,
        let seconds = Double(payload.shownText(range)), (0...253_402_300_799).contains(seconds)
      else { return nil }
      return Timestamp(secondsSinceEpoch: Int64(seconds))
    } ?? nil
  }

  /// All that it says, which should be JSON; nil when the text is no such token.
  static func payload(_ token: RawSpan) -> SecretBuffer? {
    guard let first = token.firstOffset(where: { $0 == UInt8(ascii: ".") }),
      let second = token.firstOffset(from: first + 1, where: { $0 == UInt8(ascii: ".") })
    else { return nil }
    return SecretBuffer(base64: token.extracting(first + 1..<second))
  }
}
