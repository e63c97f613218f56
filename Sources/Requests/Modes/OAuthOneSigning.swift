internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// Signs requests by OAuth 1.0a: the client's pair says who asks, the token's for whom.
struct OAuthOneSigning {
  /// The credentials in which a name and its secret stand.
  struct Fields {
    let name: String
    let secret: String
    /// What says that it needs them.
    var place = "the signature"
  }

  let method: OAuthOneHeader.Method
  let consumer: Fields
  let token: Fields

  /// Adds the Authorization header, unless the entry sets one of its own.
  /// - Parameter realm: where the account lives; makes the copy that the header needs.
  func sign(
    _ verb: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, from sources: inout TemplateContext, isRedacting: Bool,
    realm: (borrowing TemplateContext) -> SecretBuffer? = { _ in nil }
  ) throws(RequestError) {
    guard !headers.names.contains("authorization") else { return }
    let nonce = sources.nonce()
    let header = OAuthOneHeader(
      consumer: try pair(consumer, sources), token: try pair(token, sources),
      realm: realm(sources), method: method, nonce: nonce, now: sources.now)
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
            try header.value(verb: verb, url: url, form: form)
          }
        }
      case nil:
        try RequestError.ofSigning { () throws(SigningError) in
          try header.value(verb: verb, url: url)
        }
      }
    }
    headers.set("authorization", to: value)
  }

  private func pair(
    _ fields: Fields, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> OAuthOneHeader.Pair {
    .init(
      name: try sources.credential(fields.name, for: fields.place),
      secret: try sources.credential(fields.secret, for: fields.place))
  }
}
