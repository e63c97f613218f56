/// What a question to a provider stands on, where it has to be asked of the provider first. Wiped with its owner.
package struct LinkGround: ~Copyable, Sendable {
  /// What was found out about a server of which no entry tells.
  package var server: AuthorizationServer?
  /// The client that registered itself.
  package var client: OAuthClient?
  /// The temporary token of OAuth 1.0a.
  package var token: RequestToken?

  /// Nothing had to be asked, unless something is given.
  package init(
    server: AuthorizationServer? = nil, client: consuming OAuthClient? = nil,
    token: consuming RequestToken? = nil
  ) {
    self.server = server
    self.client = client
    self.token = token
  }
}
