extension AuthModeRules {
  /// APP: an application is installed at the provider, and gets a token for its installation.
  static let app = AuthModeRules(
    inBrowserWithKeys: tokenRequestKeys.union(authorizationKeys),
    asking: { _ in ConsentFields.installed })
}
