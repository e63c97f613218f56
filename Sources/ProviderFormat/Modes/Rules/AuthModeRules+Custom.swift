extension AuthModeRules {
  /// CUSTOM: an application is installed at the provider, and its user signs in as well.
  static let custom = AuthModeRules(
    inBrowserWithKeys: tokenRequestKeys.union(authorizationKeys),
    asking: { ConsentFields.client(of: $0) + ConsentFields.installed })
}
