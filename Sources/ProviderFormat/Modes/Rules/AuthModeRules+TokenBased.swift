extension AuthModeRules {
  /// TBA: every request is signed by OAuth 1.0a, with the pair of a client and that of a token.
  static let tokenBased = AuthModeRules(
    proof: .endpoints,
    baseCredentials: { _ in
      ["oauth_client_id_override", "oauth_client_secret_override", "token_id", "token_secret"]
    })
}
