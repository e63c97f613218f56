extension AuthModeRules {
  /// MCP_OAUTH2_GENERIC: the same at any server, whose address is asked.
  static let mcpOAuth2Generic = AuthModeRules(
    inBrowserWithKeys: tokenRequestKeys.union(authorizationKeys).union(registrationKeys),
    asking: { _ in ConsentFields.clientIfAny })
}
