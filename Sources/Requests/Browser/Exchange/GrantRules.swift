internal import Basics
internal import ProviderFormat

/// Where in an answer a token and what comes with it stand.
struct GrantRules {
  /// A member that has to have a value for the answer to be a good one, whatever its status says: `ok` and `true`.
  struct Mark {
    let path: String
    let value: String
    /// Whether it has to be there; else it counts only where it is.
    var isRequired = false
  }

  var token = ["access_token"]
  var refreshToken = ["refresh_token"]
  var scope = ["scope"]
  /// The first that can be read counts.
  var expiry: [(path: String, strategy: TokenResponseRules.Strategy)] = [
    ("expires_at", .expiresAt), ("expires_in", .expiresIn),
  ]
  /// In seconds: how long a token lives, whatever the answer says of it.
  var life: Int64?
  var mark: Mark?
  /// A member in which another token stands with all that belongs to it, or which is one itself. It is the token where
  /// there is no other.
  var alternate: String?
  /// Whether the refresh token that there is stays, also where the answer has another one.
  var keepsRefreshToken = false
  /// Whether the access token that there is stays, and only lives longer.
  var keepsToken = false

  /// The same, with what an entry says of it.
  func declared(by provider: Provider) -> GrantRules {
    var rules = self
    rules.alternate = provider.entry["alternate_access_token_response_path"]?.text
    return rules
  }

  /// The same for an answer in which all stands below a member.
  func below(_ name: String) -> GrantRules {
    var rules = self
    rules.token = token.map { "\(name).\($0)" }
    rules.refreshToken = refreshToken.map { "\(name).\($0)" }
    rules.scope = scope.map { "\(name).\($0)" }
    rules.expiry = expiry.map { ("\(name).\($0.path)", $0.strategy) }
    return rules
  }

  /// The same for a token of which it is known how long it lives.
  func living(_ seconds: Int64) -> GrantRules {
    var rules = self
    rules.life = seconds
    return rules
  }

  /// The same where the refresh token never changes.
  var keepingRefreshToken: GrantRules {
    var rules = self
    rules.keepsRefreshToken = true
    return rules
  }
}

extension TokenResponseRules {
  /// What `GrantRules` say of the end of a token.
  init(expiry: [(path: String, strategy: Strategy)]) {
    token = []
    self.expiry = expiry
    isInMilliseconds = false
    fixedLife = nil
    metadata = []
    refreshToken = nil
    members = []
  }
}
