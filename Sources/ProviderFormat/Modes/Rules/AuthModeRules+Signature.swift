extension AuthModeRules {
  /// SIGNATURE: requests carry a token that is made of a user name, a password and the time.
  static let signature = AuthModeRules(
    proof: .endpoints, baseCredentials: { _ in ["username", "password"] },
    entryKeys: signedTokenKeys)
}
