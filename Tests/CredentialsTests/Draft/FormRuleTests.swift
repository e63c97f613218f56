import Basics
import Drafts
import ProviderFormat
import Secrets
import Testing

/// What the entry says of the form of a value, and what it says about itself.
@Suite("The form of a value")
struct FormRuleTests {
  private static let key = Fixture.apiKey

  private func draft(_ field: String, slug: String = "acme") -> DraftUnderTest {
    let json =
      #"{"display_name":"Acme","auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"API key"\#(field)}}}"#
    return DraftUnderTest(form: Form(provider: Fixture.provider(json, slug: slug), guide: nil))
  }

  private func finding(_ value: String, _ field: String = "", slug: String = "acme") -> Finding? {
    let draft = draft(field, slug: slug)
    draft.set(value, for: Self.key)
    return draft.state(of: Self.key).findings.first
  }

  @Test func `a pattern that refuses the entry's own example only warns`() {
    let field = #","example":"-99","pattern":"^[0-9]+$""#
    #expect(finding("-98", field)?.severity == .warning)
    #expect(finding("-98", field)?.sentence.contains("own example") == true)
    #expect(finding("x1", #","default_value":"v1","pattern":"^[0-9]+$""#)?.severity == .warning)
    // Stars stand for what is left out.
    #expect(finding("x", #","example":"ab****","pattern":"^[a-z]{9}$""#)?.severity == .overridable)
    #expect(finding("x", #","example":"12","format":"uuid""#)?.severity == .warning)
  }

  @Test func `a UUID of no known version is told as what it is, and can be used`() {
    let draft = draft(#","format":"uuid""#)
    draft.set("00000003-0000-0000-c000-000000000000", for: Self.key)
    let found = draft.state(of: Self.key).findings.first
    #expect(found?.sentence.contains("32 hexadecimal digits") == false)
    #expect(found?.sentence.contains("version") == true)
    #expect(found?.severity == .overridable)
    #expect(
      finding("12345", #","format":"uuid""#)?.sentence.contains("32 hexadecimal digits") == true)
  }

  @Test(arguments: [
    "{6d6f4999-0000-4000-8000-4e4ed450df0f}", "(6d6f4999-0000-4000-8000-4e4ed450df0f)",
    "urn:uuid:6d6f4999-0000-4000-8000-4e4ed450df0f",
  ])
  func `braces around a UUID are taken off`(_ text: String) {
    for field in [#","format":"uuid""#, #","pattern":"^[0-9a-f-]{36}$""#] {
      let draft = draft(field)
      _ = draft.paste(text, into: Self.key)
      #expect(draft.value(of: Self.key) == "6d6f4999-0000-4000-8000-4e4ed450df0f")
      #expect(draft.state(of: Self.key).repairs == [.braces])
    }
  }

  @Test func `a default with a pattern cannot be emptied, and is offered again`() {
    let json = #"""
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key"}},
       "connection_config":{"company":{"type":"string","title":"Company","default_value":"0",
         "pattern":"^[0-9]+$"},
        "note":{"type":"string","title":"Note","default_value":"","pattern":"^[0-9]*$"}}}
      """#
    let company = Field.ID(.connectionConfig, "company")
    let draft = DraftUnderTest(form: Fixture.form(json))
    #expect(draft.state(of: company).findings.isEmpty)
    draft.set("", for: company)
    #expect(draft.state(of: company).findings.first?.kind == .missing)
    #expect(
      draft.state(of: company).findings.first?.sentence == "Company is needed; it is usually 0.")
    #expect(draft.offers(for: company).map(\.text) == ["0"])
    #expect(draft.state(of: .init(.connectionConfig, "note")).findings.isEmpty)
  }

  /// The beginning that GitHub gives to its tokens, in two pieces.
  private static let foreign = "gh" + "p_" + "Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2"

  @Test func `a key of another service is told, and can be used`() {
    let found = finding(Self.foreign)
    #expect(found?.kind == .otherService)
    #expect(found?.severity == .overridable)
    #expect(found?.sentence == "This begins like a key of GitHub; API key is one of Acme.")
    #expect(finding(Self.foreign, slug: "github-pat") == nil)
    #expect(finding(Self.foreign, slug: "private-api-generic") == nil)
    #expect(finding(Self.foreign, #","pattern":"^[A-Za-z0-9_]+$""#) == nil)
  }

  @Test(arguments: [
    ("https://app.acme.example/settings/keys", "a web address"),
    ("me@acme.example", "an e-mail address"),
    ("/home/me/acme.key", "the path of a file"),
  ])
  func `what is no key at all is told, and can be used`(_ value: String, _ what: String) {
    let found = finding(value)
    #expect(found?.kind == .address)
    #expect(found?.severity == .overridable)
    #expect(found?.sentence == "This is \(what), not API key.")
  }

  @Test func `an address may be the secret where the words say so`() {
    let url = "https://hooks.acme.example/T0/B0"
    #expect(finding(url, #","description":"The URL of the web hook.""#) == nil)
    #expect(finding(url, #","example":"https://hooks.acme.example/…""#) == nil)
  }
}
