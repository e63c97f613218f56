extension AuthModeRules {
  /// OAUTH2: signing in at the provider, with an application that the operator registered there.
  static let oauth2 = AuthModeRules(
    inBrowserWithKeys: tokenRequestKeys.union(authorizationKeys).union(["installation"]),
    asking: ConsentFields.client(of:))
}
