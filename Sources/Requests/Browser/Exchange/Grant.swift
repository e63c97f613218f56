internal import Basics
internal import Secrets

/// What the answers on the way to a token have given so far. Wiped with its owner.
struct Grant: ~Copyable {
  /// By the names under which templates find them, as `TokenSet` keeps them.
  var values = SecretMap<String>()
  /// When the first of its tokens ends; nil where no end is known.
  var expires: Timestamp?
  /// Settings that answers brought, by name.
  var settings = SecretMap<String>()
  /// Credentials that requests are signed with from now on, by name.
  var credentials = SecretMap<String>()
  /// What was granted; nil where no answer says so.
  var scopes: Scopes?

  /// Whose the account is, as far as its tokens say so.
  var account: String?
  /// Why there is no token for another resource, where there should be one.
  var shortfall: Diagnosis?

  /// The earlier end of two tokens counts, where there are two.
  mutating func end(by moment: Timestamp?) {
    guard let moment else { return }
    expires = expires.map { min($0, moment) } ?? moment
  }
}
