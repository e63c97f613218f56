extension AuthModeRules {
  /// OAUTH1: signing in at the provider, by OAuth 1.0a.
  static let oauth1 = AuthModeRules(
    inBrowserWithKeys: tokenRequestKeys.union(authorizationKeys).union([
      "request_url", "signature_method",
    ]), asking: ConsentFields.client(of:))
}
