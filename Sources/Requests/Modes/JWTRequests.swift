internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The mode JWT: requests carry a token that is signed here, as the entry describes it.
struct JWTRequests: RequestRules {
  let isSigned = true
  let makesToken = true

  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    bearer(hasToken: hasToken)
  }

  func canMakeToken(for provider: Provider) -> Bool {
    guard let template = TokenTemplate(token: provider.entry) else { return false }
    let algorithm = template.header["alg"]?.text ?? TokenAlgorithm.rs256.rawValue
    return TokenAlgorithm(rawValue: algorithm) != nil
  }

  func makeToken(
    for provider: Provider, from sources: inout TemplateContext
  ) throws(RequestError) -> MadeToken? {
    guard let template = try Self.template(for: provider, from: &sources) else { return nil }
    let token = try template.signed(from: sources, secrets: TemplateWriter(names: .signed))
    // An end that the entry writes itself is what counts.
    let said = token.withBytes { JWTClaims.expiry(of: $0) }
    return MadeToken(text: token, expires: said ?? template.end(from: sources))
  }
}

extension JWTRequests {
  /// What the entry says of the token, with all that it names in its place; nil when it says nothing.
  static func template(
    for provider: Provider, from sources: inout TemplateContext
  ) throws(RequestError) -> TokenTemplate? {
    guard let template = TokenTemplate(token: provider.entry) else { return nil }
    try sources.divideCredentials()
    return template
  }
}

extension TemplateContext {
  /// Divides the credentials whose halves the token names at their first colon: `${credentials.privateKey.secret}` is
  /// what stands behind it, `${credentials.privateKey.id}` what stands before it.
  fileprivate mutating func divideCredentials() throws(RequestError) {
    for name in provider.dividedCredentials where values.contains(Field.ID(.credentials, name)) {
      let whole = try credential(name, for: "the signed token")
      let colon = whole.withBytes { $0.firstOffset { $0 == UInt8(ascii: ":") } }
      guard let colon, colon > 0, colon + 1 < whole.count else { throw .badKey(.notPair) }
      for (half, range) in zip(Provider.halves(of: name), [0..<colon, colon + 1..<whole.count]) {
        for prefix in ["", "credentials."] {
          fetched.set(
            prefix + half, to: whole.withBytes { SecretBuffer(copying: $0.extracting(range)) })
        }
      }
    }
  }
}
