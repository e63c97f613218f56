internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The mode TBA: nothing is fetched, and every request is signed by OAuth 1.0a with the client's pair and the token's.
struct TokenBasedRequests: RequestRules {
  let isSigned = true

  /// Adds the Authorization header, unless the entry sets one of its own.
  func sign(
    _ method: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, from sources: inout TemplateContext, isRedacting: Bool
  ) throws(RequestError) {
    guard !headers.names.contains("authorization") else { return }
    let header = try oauthOneHeader(from: &sources)
    if isRedacting {
      headers.set("authorization", to: SecretBuffer(text: "OAuth \(Redactor.mark)", capacity: 1))
      return
    }
    let value = try url.withBytes { url throws(RequestError) in
      switch body {
      case .some(let body):
        try body.withBytes { content throws(RequestError) in
          let form = body.format == .form ? content : RawSpan()
          return try RequestError.ofSigning { () throws(SigningError) in
            try header.value(verb: method, url: url, form: form)
          }
        }
      case nil:
        try RequestError.ofSigning { () throws(SigningError) in
          try header.value(verb: method, url: url)
        }
      }
    }
    headers.set("authorization", to: value)
  }

  /// Who asks, and for whom. There is no client of an integration to fall back on: the form's own is the only one.
  private func oauthOneHeader(
    from sources: inout TemplateContext
  ) throws(RequestError) -> OAuthOneHeader {
    let nonce = sources.chance.hex(16)
    let consumer = try pair(
      "oauth_client_id_override", "oauth_client_secret_override",
      for: "the signature, for want of another client,", sources)
    let token = try pair("token_id", "token_secret", for: "the signature", sources)
    return OAuthOneHeader(
      consumer: consumer, token: token, realm: realm(sources), method: .hmacSHA256, nonce: nonce,
      now: sources.now)
  }

  private func pair(
    _ name: String, _ secret: String, for place: String, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> OAuthOneHeader.Pair {
    .init(
      name: try sources.credential(name, for: place),
      secret: try sources.credential(secret, for: place))
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
