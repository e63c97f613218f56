internal import ProviderFormat

/// The modes whose access token is got in a browser, and those that are not known. No request is made to check them.
struct BrowserRequests: RequestRules {
  func check(for provider: Provider) -> CheckMode { .unchecked(.browser) }

  /// Beside a header of the entry's own in which the token goes as well.
  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    bearer(hasToken: hasToken)
  }
}
