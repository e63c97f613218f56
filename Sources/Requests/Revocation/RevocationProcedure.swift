internal import ProviderFormat

/// By which requests the values of a provider's connection are taken back.
enum RevocationProcedure: Equatable {
  /// One request that the entry declares.
  case declared(UsherExtension.CheckStep)
  /// One for each of these tokens (RFC 7009), as the entry declares it.
  case tokens([RevokedToken], UsherExtension.Revocation)
  /// The same at a server that was found out about: its own words say where.
  case discovered([RevokedToken])

  /// Nil where none is known. For an account that a person has agreed to it takes its tokens.
  init?(_ provider: Provider, known: borrowing TokenSet?) {
    let declared = provider.usher.revocation
    guard provider.authMode.needsConsent else {
      guard let request = declared?.request else { return nil }
      self = .declared(request)
      return
    }
    let tokens = RevokedToken.all(in: known)
    guard !tokens.isEmpty else { return nil }
    if let declared, declared.tokenURL != nil {
      self = .tokens(tokens, declared)
    } else if let request = declared?.request {
      self = .declared(request)
    } else if provider.authMode == .mcpOAuth2Generic {
      self = .discovered(tokens)
    } else {
      return nil
    }
  }
}
