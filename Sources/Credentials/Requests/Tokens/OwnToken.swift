internal import Guides
internal import Secrets

/// Tokens that are made here instead of being fetched: the modes JWT and SIGNATURE. One token serves all requests of a
/// check.
extension RequestBuilder {
  /// Whether the entry says all that it takes to make the token of its mode; true for modes without one.
  static func canMakeToken(for provider: Provider) -> Bool {
    switch provider.authMode {
    case .jwt:
      TokenTemplate(token: provider.entry).map { template in
        let algorithm = template.header["alg"]?.text ?? TokenAlgorithm.rs256.rawValue
        return TokenAlgorithm(rawValue: algorithm) != nil
      } ?? false
    case .signature: provider.entry["signature"]?["protocol"]?.text?.uppercased() == "WSSE"
    default: true
    }
  }

  /// Makes the token, so that templates find it as `${accessToken}`. Nothing happens when there is one already, and for
  /// modes without one.
  func makeToken(in sources: inout TemplateSources) throws(RequestError) {
    if sources.fetched.contains(Self.tokenName) { return }
    switch provider.authMode {
    case .jwt:
      guard let template = TokenTemplate(token: provider.entry) else { return }
      try sources.divideKey(namedBy: template.key)
      let writer = TemplateWriter(names: .ownToken)
      let token = try template.signed(from: sources, secrets: writer)
      sources.fetched.set(Self.tokenName, to: token)
    case .signature:
      sources.fetched.set(Self.tokenName, to: try usernameToken(from: &sources))
    default: return
    }
  }

  /// What templates call the token.
  static let tokenName = "accessToken"

  private func usernameToken(
    from sources: inout TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    let nonce = sources.chance.hex(16)
    let user = try sources.credential("username", for: "the signature")
    let password = try sources.credential("password", for: "the signature")
    let token = user.withBytes { user in
      password.withBytes {
        UsernameToken.make(username: user, password: $0, nonce: nonce, now: sources.now)
      }
    }
    guard let token else { throw .tooLong }
    return token
  }
}

extension TemplateNames {
  /// In a token that is made here.
  fileprivate static let ownToken: TemplateNames = [.signed, .fetched]
}

extension TemplateSources {
  /// A copy of a credential that a signature cannot do without.
  borrowing func credential(
    _ name: String, for place: String
  ) throws(RequestError) -> SecretBuffer {
    let value = values.withBytes(of: Field.ID(.credentials, name)) { SecretBuffer(copying: $0) }
    guard !value.isEmpty else { throw .unfilled(name: "credentials.\(name)", place: place) }
    return value
  }

  /// Divides a credential at its first colon where the template of a key names its second half:
  /// `${credentials.privateKey.secret}` and, elsewhere in the token, `${credentials.privateKey.id}`.
  fileprivate mutating func divideKey(namedBy template: String) throws(RequestError) {
    for name in Template(template).names where name.hasSuffix(".secret") {
      let bare = name.hasPrefix("credentials.") ? name.dropFirst("credentials.".count) : name[...]
      let field = String(bare.dropLast(".secret".count))
      guard values.contains(Field.ID(.credentials, field)) else { continue }
      let whole = try credential(field, for: "the signed token")
      let colon = whole.withBytes { $0.firstOffset { $0 == UInt8(ascii: ":") } }
      guard let colon, colon > 0, colon + 1 < whole.count else { throw .badKey(.notPair) }
      for (half, range) in [("id", 0..<colon), ("secret", colon + 1..<whole.count)] {
        for prefix in ["", "credentials."] {
          fetched.set(
            "\(prefix)\(field).\(half)",
            to: whole.withBytes { SecretBuffer(copying: $0.extracting(range)) })
        }
      }
    }
  }
}
