extension AuthModeRules {
  /// INSTALL_PLUGIN: a plugin is installed at the provider, which hands out a user name and a password.
  static let installPlugin = AuthModeRules(
    inBrowserWithKeys: authorizationKeys.union(["auth_type"]), proof: .endpoints,
    asking: ConsentFields.plugin)
}
