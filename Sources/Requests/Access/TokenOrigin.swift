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
    if provider.authMode.needsConsent || rules.tokenProcedure(for: provider) != nil {
      self = .fetched
    } else {
      self = rules.makesToken && rules.canMakeToken(for: provider) ? .made : .none
    }
  }
}

extension AuthMode {
  /// Whether its access token comes of a person's consent: kept credentials renew it, and get no first one.
  package var needsConsent: Bool {
    switch self {
    case .oauth2, .mcpOAuth2, .mcpOAuth2Generic, .app, .custom: true
    case .apiKey, .basic, .oauth2ClientCredentials, .twoStep, .jwt, .bill, .tokenBased, .signature,
      .awsSigV4, .unauthenticated, .oauth1, .appStore, .installPlugin, .other:
      false
    }
  }
}
