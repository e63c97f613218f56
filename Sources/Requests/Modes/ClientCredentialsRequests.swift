internal import ProviderFormat

/// The mode OAUTH2_CC: the client gets a token, which requests carry.
struct ClientCredentialsRequests: RequestRules {
  func check(for provider: Provider) -> CheckMode {
    .by(ClientCredentialsCheck(TokenRules(provider)))
  }

  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    bearer(hasToken: hasToken)
  }
}
