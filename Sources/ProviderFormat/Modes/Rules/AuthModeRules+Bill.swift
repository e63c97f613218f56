extension AuthModeRules {
  /// BILL: a session is opened with a user's password and a developer's key.
  static let bill = AuthModeRules(
    proof: .token(.session),
    baseCredentials: { _ in ["username", "password", "organization_id", "dev_key"] },
    entryKeys: tokenRequestKeys)
}
