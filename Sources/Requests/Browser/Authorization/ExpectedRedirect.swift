internal import ProviderFormat

/// What the address has to hold that the browser comes back with.
struct ExpectedRedirect: Sendable, Equatable {
  /// What the provider gives.
  enum Gift: Sendable, Equatable {
    /// A code, in this parameter.
    case code(String)
    /// The verifier of a temporary token (OAuth 1.0a), which the address names again.
    case verifier
    /// The number of an application's installation, perhaps with a code of whoever installed it.
    case installation
    /// Settings alone.
    case settings
  }

  let gift: Gift
  /// Parameters that become settings.
  let settings: [String]
  /// The server that has to say that it is the one (RFC 9207), where that is known.
  let issuer: String?
  /// Whether it says so always.
  let namesIssuer: Bool

  init(_ provider: Provider, server: AuthorizationServer?) {
    let rules = AuthorizationRules(provider)
    switch provider.authMode {
    case .app, .custom:
      gift = .installation
      settings = [GitHubApp.installationSetting] + rules.foundInRedirect
    case .installPlugin:
      gift = .settings
      settings = rules.foundInRedirect
    case .oauth1:
      gift = .verifier
      settings = rules.foundInRedirect
    default:
      gift = .code(rules.codeParameter)
      settings = rules.foundInRedirect
    }
    issuer = server?.issuer
    namesIssuer = server?.namesIssuer == true
  }

  /// Whether a code alone is enough, without the address around it.
  var allowsBareGift: Bool {
    guard settings.isEmpty, !namesIssuer else { return false }
    switch gift {
    case .code, .verifier: return true
    case .installation, .settings: return false
    }
  }
}
