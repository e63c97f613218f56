package import ProviderFormat
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
  /// What the provider says of the account when it is asked with the new token: above all, whose it is. Nil where it was
  /// not asked, or does not say.
  package var diagnosis: Diagnosis?
}

extension LinkedAccount {
  /// The settings that a link leaves for its renewals and for the next link, and that say nothing to anybody else.
  package static let bookkeeping: Set<Field.ID> = [
    Scopes.setting, AuthorizationServer.setting, KeptRegistration.setting, Callback.setting,
    Field.ID(.connectionConfig, Renewal.keptTokenSetting),
  ]
}
