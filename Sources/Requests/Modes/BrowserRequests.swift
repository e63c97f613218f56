internal import ProviderFormat

/// The modes whose access token is got in a browser, and those that are not known. What was entered for them is no proof
/// by itself, so that no request is made to check it.
struct BrowserRequests: RequestRules {
  /// Not known of modes that are not.
  var tokenNeedsConsent = true

  func check(for provider: Provider) -> CheckMode { .unchecked(.browser) }

  /// Beside a header of the entry's own in which the token goes as well.
  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    bearer(hasToken: hasToken)
  }
}
