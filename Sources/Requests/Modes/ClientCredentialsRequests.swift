internal import ProviderFormat

/// The mode OAUTH2_CC: the client gets a token, which requests carry.
struct ClientCredentialsRequests: RequestRules {
  func tokenProcedure(for provider: Provider) -> (any CheckStrategy)? {
    ClientCredentialsCheck(TokenRules(provider))
  }

  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    bearer(hasToken: hasToken)
  }
}
