import Catalogues
import ProviderFormat
import Testing

/// Which providers are offered in place of one that cannot be linked from here.
@Suite struct AlternativesTests {
  private func offered(for slug: String, among others: [String: String]) -> [String] {
    let browser = Provider(
      slug: slug, displayName: slug, authMode: .init(rawValue: "OAUTH2"), origin: .builtIn)
    let providers = others.map { slug, mode in
      Provider(slug: slug, displayName: slug, authMode: .init(rawValue: mode), origin: .builtIn)
    }
    return MergedProviders(providers).entries.alternatives(to: browser).map(\.slug)
  }

  @Test func `the same service with another way of signing in`() {
    let others = ["acme-api-key": "API_KEY", "acme-cc": "OAUTH2_CC", "acme": "BASIC"]
    #expect(offered(for: "acme-oauth", among: others) == ["acme", "acme-cc", "acme-api-key"])
  }

  @Test func `not another service of the same company`() {
    let others = ["acme-mail": "API_KEY", "acme-mail-pat": "API_KEY", "acmeify": "API_KEY"]
    #expect(offered(for: "acme", among: others) == [])
    #expect(offered(for: "acme-mail", among: ["acme-mail-pat": "BASIC"]) == ["acme-mail-pat"])
  }

  @Test func `also one that needs consent, and none that cannot be linked itself`() {
    let others = ["acme-mcp": "MCP_OAUTH2", "acme-key": "APP_STORE"]
    #expect(offered(for: "acme", among: others) == ["acme-mcp"])
  }

  @Test func `a service that is called like a way of signing in`() {
    #expect(offered(for: "api", among: ["token": "API_KEY", "api-key": "API_KEY"]) == ["api-key"])
  }
}
