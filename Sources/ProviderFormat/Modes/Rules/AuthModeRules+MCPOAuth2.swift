extension AuthModeRules {
  /// MCP_OAUTH2: signing in at a server of the Model Context Protocol.
  static let mcpOAuth2 = AuthModeRules(
    inBrowserWithKeys: tokenRequestKeys.union(authorizationKeys).union(registrationKeys),
    asking: ConsentFields.client(registeredFor:))
}
