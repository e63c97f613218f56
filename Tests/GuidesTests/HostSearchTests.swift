import Catalogues
import ProviderFormat
import Testing

/// Searching by address, and what comes first.
@Suite struct HostSearchTests {
  private static let listed = MergedProviders([
    provider("tally", "Tally", domain: "tally.so"),
    provider("acme", "Acme", base: "https://api.acme.example/v1"),
    provider("shop", "Shop", base: "https://${connectionConfig.subdomain}.shop.co.uk/api"),
    provider("github", "GitHub", mode: "OAUTH2"),
    provider("github-pat", "GitHub (personal access token)"),
    provider("hub-of-git", "Hub of Git", mode: "APP_STORE"),
    provider("github-store", "GitHub", mode: "APP_STORE"),
  ])

  private static func provider(
    _ slug: String, _ name: String, mode: String = "API_KEY", domain: String? = nil,
    base: String? = nil
  ) -> Provider {
    var provider = Provider(
      slug: slug, displayName: name, authMode: AuthMode(rawValue: mode), origin: .builtIn)
    provider.usher.domain = domain
    provider.proxy.baseURL = base
    return provider
  }

  private func search(_ text: String) -> [String] { Self.listed.search(text).map(\.slug) }

  @Test(arguments: [
    ("tally.so", "tally"), ("https://tally.so/forms/1?x=2#y", "tally"), ("www.TALLY.so", "tally"),
    ("app.tally.so", "tally"), ("tally.s", "tally"), (" tally.so ", "tally"),
    ("acme.example", "acme"), ("app.acme.example", "acme"), ("api.acme.example:8443", "acme"),
    ("my-shop.shop.co.uk", "shop"), ("shop.co.uk", "shop"),
  ])
  func `an address finds whose it is`(typed: String, slug: String) {
    #expect(search(typed).first == slug)
  }

  @Test func `what registries share is nobody's domain`() {
    #expect(!search("other.co.uk").contains("shop"))
    #expect(!search("other.example.so").contains("tally"))
  }

  @Test func `what can be linked here comes before what cannot`() {
    #expect(Array(search("github").prefix(3)) == ["github", "github-pat", "github-store"])
    #expect(search("").suffix(2) == ["github-store", "hub-of-git"])
  }
}
