package import Secrets

/// What a link in a browser gave: all that a connection is made of besides what was typed. Wiped with its owner.
package struct LinkedAccount: ~Copyable, Sendable {
  /// The tokens; nil where requests are signed with credentials, or carry them as they are.
  package var token: TokenSet?
  /// Credentials that the provider gave, by the names of their fields.
  package var credentials: SecretMap<String>
  /// Settings that were found and not typed, by their names. They belong to the connection like typed ones.
  package var settings: SecretMap<String>
  /// What was granted: what was asked for, where the provider does not say.
  package let scopes: Scopes
}
