internal import ProviderFormat

/// The modes that are linked in a browser, and those that are not known: no request is made for them.
struct BrowserRequests: RequestRules {
  func check(for provider: Provider) -> CheckMode { .unchecked(.browser) }
}
