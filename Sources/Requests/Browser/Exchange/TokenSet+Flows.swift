internal import Basics
internal import Secrets

extension TokenSet {
  /// The token of the person who signed in, where the access token is the application's own.
  package static let userTokenName = "userToken"
  /// What was granted, with commas between; there only where it is known.
  package static let scopesName = "grantedScopes"

  /// What was granted; empty where it is not known.
  package var grantedScopes: Scopes {
    Scopes(text: values.withBytes(of: Self.scopesName) { $0.shownText })
  }
}
