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
    let mode = provider.authMode
    switch mode.rules.proof {
    case .token: self = .fetched
    case .endpoints, .nothing:
      let isMade = mode == .jwt || mode == .signature
      self = isMade && mode.requestRules.canMakeToken(for: provider) ? .made : .none
    }
  }
}
