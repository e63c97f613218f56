internal import Drafts
internal import ProviderFormat
internal import Secrets

/// How a provider's tokens are got with what a browser brought, and renewed.
struct TokenProcedure {
  /// What a renewal takes.
  enum Means: Equatable {
    case refreshToken
    /// The access token itself, while it lives.
    /// - Parameter age: in seconds, how old it has to be.
    case accessToken(age: Int64)
    /// What the connection has anyway.
    case client
    /// There is none: the token has no end, or a person has to agree again.
    case none
  }

  /// What is known of the client when the requests are written.
  struct Client {
    /// False for a public client.
    var hasSecret: Bool
    /// Whether requests to servers that were found out about are written as the reference client does. Servers want
    /// more.
    var isAsDeclared = false
  }

  /// The steps that redeem what the browser brought.
  var exchange: [GrantStep]
  /// The steps that renew; empty where nothing can be.
  var renewal: [GrantStep] = []
  var means = Means.refreshToken
  /// Whether a refresh token that somebody brought, instead of agreeing in a browser, is never replaced.
  var keepsGivenToken = false

  /// Nil for providers whose tokens cannot be got here.
  init?(_ provider: Provider, client: Client, server: AuthorizationServer?) {
    switch provider.authMode {
    case .oauth2, .mcpOAuth2:
      if HandWrittenProcedures.isUnknown(provider.slug) { return nil }
      self =
        HandWrittenProcedures.procedure(for: provider)
        ?? GeneralProcedure(provider, client).procedure
    case .mcpOAuth2Generic:
      guard let server else { return nil }
      self = DiscoveredProcedure(server, client).procedure
    case .oauth1: self = OAuthOneSignature.procedure(for: provider)
    case .app: self = GitHubApp.procedure(user: nil)
    case .custom: self = GitHubApp.procedure(user: GeneralProcedure(provider, client).procedure)
    case .installPlugin:
      // Its credentials were typed: there is no token.
      exchange = []
      means = .none
    default: return nil
    }
  }

  /// Steps that are the same but for the grant.
  init(exchange: GrantStep, renewal: GrantStep?, means: Means = .refreshToken) {
    self.exchange = [exchange]
    self.renewal = renewal.map { [$0] } ?? []
    self.means = renewal == nil ? .none : means
  }
}

extension TokenProcedure.Client {
  /// What the values of a connection say.
  init(_ values: borrowing SecretValues, isAsDeclared: Bool = false) {
    hasSecret = values.withBytes(of: OAuthClient.secretField) { !$0.isEmpty }
    self.isAsDeclared = isAsDeclared
  }
}
