/// One request on the way to a token, and what becomes of its answer.
struct GrantStep {
  enum Role {
    /// It gives the token, and what renews it.
    case main
    /// It gives another token for the one that there is. Where it is refused, that one stays for so many seconds; nil:
    /// it is of no use by itself.
    case replacement(keepsFor: Int64?)
    /// It gives the token of the person who signed in, beside the application's own.
    /// - Parameter isNeeded: whether all fails where it is refused.
    case user(isNeeded: Bool)
    /// It gives a token for another resource (`SecondToken`), without which the account is good all the same.
    case second
    /// It gives the token and its secret that sign requests (OAuth 1.0a).
    case signing
  }

  var call: TokenCall
  var rules = GrantRules()
  var role = Role.main
  /// Values without which it is left out.
  var needs: [FlowValue] = []
  /// A setting without which it is left out.
  var needsSetting: String?
  /// Settings that its answer brings, by their paths.
  var settings: [String] = []
}
