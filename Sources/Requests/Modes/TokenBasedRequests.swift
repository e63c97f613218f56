internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The mode TBA: nothing is fetched, and every request is signed by OAuth 1.0a with the client's pair and the token's.
struct TokenBasedRequests: RequestRules {
  let isSigned = true
  let signsRequests = true

  /// Of bodies only forms are (RFC 5849, section 3.4.1.3.1).
  func signsBody(ofType type: String) -> Bool { type.isOfForm }

  func sign(
    _ method: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, from sources: inout TemplateContext, isRedacting: Bool
  ) throws(RequestError) {
    let client = AuthModeRules.clientFields
    let signing = OAuthOneSigning(
      method: .hmacSHA256,
      // There is no client of an integration to fall back on: the form's own is the only one.
      consumer: .init(
        name: client.id, secret: client.secret,
        place: "the signature, for want of another client,"),
      token: .init(name: "token_id", secret: "token_secret"))
    try signing.sign(
      method, url, body, headers: &headers, from: &sources, isRedacting: isRedacting,
      realm: realm)
  }

  /// The account in capitals, with `_` for its first hyphen: `1234567-sb1` is `1234567_SB1`.
  private func realm(_ sources: borrowing TemplateContext) -> SecretBuffer? {
    let account = Field.ID(.connectionConfig, "accountId")
    return sources.values.withBytes(of: account) { account in
      if account.isEmpty { return nil }
      let hyphen = account.firstOffset { $0 == UInt8(ascii: "-") }
      var realm = SecretBuffer(capacity: account.byteCount)
      for offset in 0..<account.byteCount {
        let byte = account[offset]
        let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        realm.append(offset == hyphen ? UInt8(ascii: "_") : isSmall ? byte - 32 : byte)
      }
      return realm
    }
  }
}
