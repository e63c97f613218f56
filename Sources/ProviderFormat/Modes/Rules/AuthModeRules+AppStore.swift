extension AuthModeRules {
  /// APP_STORE: a key of the account of an app store.
  static let appStore = AuthModeRules(
    inBrowserWithKeys: tokenRequestKeys)
}
