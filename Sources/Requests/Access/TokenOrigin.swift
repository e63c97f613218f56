package import ProviderFormat

/// Where the access token of a provider's connections comes from.
package enum TokenOrigin: Equatable, Sendable {
  /// It is asked for, and kept until it ends.
  case fetched
  /// It is signed here, anew each time: nobody is asked.
  case made
  /// There is none: requests carry what was typed, or are signed with it one by one.
  case none

  package init(_ provider: Provider) {
    let rules = provider.authMode.requestRules
    if rules.tokenProcedure(for: provider) != nil {
      self = .fetched
    } else {
      self = rules.makesToken && rules.canMakeToken(for: provider) ? .made : .none
    }
  }
}
