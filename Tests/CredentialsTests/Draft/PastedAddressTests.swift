import Basics
import Drafts
import ProviderFormat
import Secrets
import TestSupport
import Testing

@Suite("Addresses pasted for a host")
struct PastedAddressTests {
  private static let site = Field.ID(.connectionConfig, "site")

  /// An entry whose address has the field in it.
  private func draft(_ base: String, _ field: String = "") -> DraftUnderTest {
    DraftUnderTest(
      form: Fixture.form(
        """
        {"auth_mode":"API_KEY","proxy":{"base_url":"\(base)"},
         "credentials":{"apiKey":{"type":"string","title":"Key"}},
         "connection_config":{"site":{"type":"string","title":"Site","description":""\(field)}}}
        """))
  }

  private func pasted(_ text: String, _ base: String, _ field: String = "") -> String? {
    let draft = draft(base, field)
    _ = draft.paste(text, into: Self.site)
    return draft.value(of: Self.site)
  }

  @Test(arguments: [
    "https://acme.desk.example/agent/tickets?tab=1#x", "HTTPS://ACME.desk.example",
    "acme.desk.example", "www.acme.desk.example/", "https://me:pw@acme.desk.example:443/",
    "https://https://acme.desk.example", "acme.desk.example:8443/x", "https://acme.desk.example.",
    "acme",
  ])
  func `of an address a sub-domain is kept`(_ text: String) {
    #expect(pasted(text, "https://${connectionConfig.site}.desk.example/api") == "acme")
  }

  @Test func `what stands before a sub-domain in the template is taken off too`() {
    let base = "https://api-${connectionConfig.site}.desk.example"
    #expect(pasted("https://api-acme.desk.example/x", base) == "acme")
    #expect(pasted("api-acme", base) == "api-acme")
    let two = "https://${connectionConfig.site}.${connectionConfig.zone}/v1"
    #expect(pasted("https://www.acme.eu.example/x", two) == "acme")
  }

  @Test(arguments: [
    ("https://https://Git.acme.example/", "git.acme.example"),
    ("https://git.acme.example/dashboard?x=1", "git.acme.example"),
    ("https://git.acme.example:8443/a", "git.acme.example:8443"),
    ("git.acme.example/", "git.acme.example"), ("git.acme.example", "git.acme.example"),
    ("ACME-1", "ACME-1"),
  ])
  func `of an address the host is kept`(_ text: String, _ host: String) {
    #expect(pasted(text, "https://${connectionConfig.site}/api") == host)
  }

  @Test func `a path stays where the example has one`() {
    let field = #","example":"api.acme.example/scim/v2""#
    #expect(
      pasted("https://api.acme.example/scim/v2/team/", "https://${connectionConfig.site}", field)
        == "api.acme.example/scim/v2/team")
  }

  @Test func `a base address loses what it has twice, and its end`() {
    let base = "${connectionConfig.site}/api"
    let field = #","format":"uri","pattern":"^https?://[^\\s]+[^/\\s]$""#
    #expect(pasted("https://https://acme.example/", base, field) == "https://acme.example")
    #expect(pasted("https://acme.example/base", base, field) == "https://acme.example/base")
  }

  @Test func `what the form shows behind a base address does not take its scheme off`() {
    let base = "${connectionConfig.site}/api"
    let field = #","format":"uri","suffix":"/api""#
    #expect(pasted("https://https://acme.example/", base, field) == "https://acme.example")
    #expect(pasted("https://acme.example/api", base, field) == "https://acme.example")
  }

  @Test func `capitals go where the pattern refuses them, and stay where nothing does`() {
    let base = "https://${connectionConfig.site}.desk.example"
    #expect(pasted("ACME", base, #","pattern":"^[a-z0-9-]+$""#) == "acme")
    #expect(pasted("ACME", base) == "ACME")
  }

  @Test func `what was typed is offered instead, and the notice says what is kept`() {
    let draft = draft("https://${connectionConfig.site}.desk.example/api")
    draft.set("https://acme.desk.example/agent", for: Self.site)
    #expect(
      draft.state(of: Self.site).findings.first?.sentence == "Site is only acme of this address.")
    #expect(draft.offers(for: Self.site).map(\.text) == ["acme"])
    #expect(draft.state(of: Self.site).isBlocked)
    _ = draft.replace(with: "https://acme.desk.example/agent", in: Self.site)
    #expect(draft.state(of: Self.site).repairs.contains(.address("acme")))
  }

  @Test(arguments: [
    ("https://${connectionConfig.site}.desk.example/api", "a b"),
    ("https://${connectionConfig.site}/api", "a b"),
    ("https://${connectionConfig.site}/api", "a..b"),
    ("https://${connectionConfig.site}/api", "me@acme.example"),
    ("https://${connectionConfig.site}/api", "acme.example:99999"),
    ("${connectionConfig.site}/api", "acme"), ("${connectionConfig.site}/api", "https://"),
  ])
  func `what cannot stand in an address is refused, and can be used`(_ base: String, _ text: String)
  {
    let draft = draft(base)
    _ = draft.paste(text, into: Self.site)
    #expect(draft.state(of: Self.site).findings.first?.kind == .address)
    #expect(draft.state(of: Self.site).findings.first?.severity == .overridable)
  }

  @Test func `of a base address without its scheme the whole one is offered`() {
    let draft = draft("${connectionConfig.site}/api")
    draft.set("acme.example", for: Self.site)
    #expect(draft.offers(for: Self.site).map(\.text) == ["https://acme.example"])
  }

  @Test func `what is no base address is not asked to be one`() {
    let json = #"""
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://api.acme.example",
        "verification":{"endpoints":["${connectionConfig.site}/me"]}},
       "credentials":{"apiKey":{"type":"string","title":"Key"}},
       "connection_config":{"site":{"type":"string","title":"Site"}}}
      """#
    let draft = DraftUnderTest(form: Fixture.form(json))
    draft.set("acme", for: Self.site)
    #expect(draft.state(of: Self.site).findings.isEmpty)
  }

  @Test func `an address of another service is told from the own one`() {
    let draft = draft("https://${connectionConfig.site}.desk.example/api")
    _ = draft.paste("https://acme.other.example/agent", into: Self.site)
    #expect(
      draft.state(of: Self.site).findings.first?.sentence.contains("before .desk.example") == true)
  }
}
