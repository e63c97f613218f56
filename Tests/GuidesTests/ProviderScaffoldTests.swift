import Catalogues
import GuideText
import GuideTools
import ProviderFormat
import TestSupport
import Testing

@Suite("The template for a guide of one's own")
struct GuideTemplateTests {
  private func form(_ template: ProviderScaffold) throws -> Form {
    let directory = TemporaryDirectory()
    try directory.write(template.provider, to: "\(template.slug)/provider.yaml")
    try directory.write(template.guide, to: "\(template.slug)/guide.md")
    #expect(GuideLint.findings(at: directory.path) == [])
    return try #require(Catalogue(sources: [.folder(directory.path)]).form(template.slug))
  }

  @Test(arguments: [
    (AuthMode.apiKey, ["params.workspace", "credentials.apiKey"]),
    (.basic, ["credentials.username", "credentials.password"]),
    (.oauth2ClientCredentials, ["credentials.client_id", "credentials.client_secret"]),
    (.twoStep, ["credentials.username", "credentials.password"]),
    (.jwt, ["credentials.keyId", "credentials.privateKey"]),
    (.unauthenticated, []),
  ])
  func `what is written has no findings and asks what its mode needs`(
    _ mode: AuthMode, _ fields: [String]
  ) throws {
    let form = try form(ProviderScaffold(slug: "green-tea", mode: mode))
    #expect(form.provider.authMode == mode)
    #expect(form.provider.displayName == "Green Tea")
    #expect(form.fields.map(\.id.description) == fields)
    #expect(form.guide?.title == "Link Green Tea")
    #expect(form.fields.allSatisfy { $0.step != nil })
  }

  @Test func `every mode is tried`() { #expect(ProviderScaffold.modes.count == 6) }

  @Test(arguments: ["Ann's \"Tea\" & SLUG: #1", "- {a}", "<Note> *x* `y`", "Tee–Haus ☕"])
  func `a name with any characters is kept`(_ name: String) throws {
    let form = try form(ProviderScaffold(slug: "tea", displayName: name, mode: .apiKey))
    #expect(form.provider.displayName == name)
    #expect(form.guide?.sidebarTitle == name)
  }

  @Test(arguments: [
    ("tea-2", true), ("", false), ("Tea", false), ("../tea", false), ("tea house", false),
    ("teé", false),
  ])
  func `a slug is told from other texts`(_ text: String, _ isSlug: Bool) {
    #expect(Provider.isSlug(text) == isSlug)
  }
}
