import Basics
import Connections
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// The value by which a role's trust policy knows the connection.
@Suite struct ExternalIDs {
  private static let id = Field.ID(.connectionConfig, "external_id")

  @Test func `every draft has one of its own, to be seen and kept`() {
    let form = Fixture.form(AWSRoles.entry)
    let draft = DraftUnderTest(form: form)
    let text = draft.state(of: Self.id).text ?? ""
    #expect(
      text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
        != nil)
    #expect(DraftUnderTest(form: form).state(of: Self.id).text != text)
  }

  @Test func `one that is given takes its place, and goes with the values`() {
    let form = Fixture.form(AWSRoles.entry)
    let preset = Draft(form: form, presets: [Self.id: AWSRoles.externalID]).submission()
    let chosen = preset.values.fixtureText(Self.id)
    #expect(chosen == AWSRoles.externalID)
    let values = SecretValues(fixture: ["params.external_id": AWSRoles.externalID])
    let resumed = Draft(form: form, resuming: values).submission()
    let kept = resumed.values.fixtureText(Self.id)
    #expect(kept == AWSRoles.externalID)
  }

  @Test func `what is no UUID is refused`() {
    let draft = DraftUnderTest(
      form: Fixture.form(AWSRoles.entry), presets: [Self.id: "my-external-id"])
    #expect(draft.state(of: Self.id).isBlocked)
  }

  @Test func `a record tells it for a replacement, and nothing that is secret`() throws {
    let form = Fixture.form(AWSRoles.entry)
    let name = try #require(ConnectionName(provider: "acme"))
    let record = ConnectionRecord(
      name: name,
      submission: Submission(
        provider: form.provider, values: SecretValues(fixture: AWSRoles.builtin)),
      diagnosis: nil)
    let kept = record.keptValues(of: form)
    let id = kept.withBytes(of: Self.id) { $0.shownText }
    #expect(id == AWSRoles.externalID)
    let masked = form.fields.filter(\.isMasked).map(\.id)
    let keys = kept.keys
    #expect(!keys.contains { masked.contains($0) })
  }

  @Test func `only roles of AWS have one`() {
    let generated = Fixture.form(Fixture.acme).fields.filter(\.isGenerated)
    #expect(generated.isEmpty)
  }
}
