import Basics
import Connections
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// Whether values belong to the account of those that they are to take the place of.
@Suite("same account") struct AccountComparisonTests {
  private static func traits(
    _ account: String? = nil, _ organization: String? = nil, _ subdomain: String? = nil
  ) -> AccountTraits {
    var diagnosis = Diagnosis(kind: .accepted, sentence: "")
    diagnosis.account = account
    diagnosis.organization = organization
    var traits = AccountTraits(diagnosis)
    if let subdomain { traits.settings[Field.ID(.connectionConfig, "subdomain")] = subdomain }
    return traits
  }

  @Test(arguments: [
    (traits("jane"), traits("jane"), AccountComparison.same),
    (traits("jane"), traits("bob"), .other(was: "jane", is: "bob")),
    // As the provider writes it.
    (traits("Jane"), traits("jane"), .other(was: "Jane", is: "jane")),
    (traits("jane", "north"), traits("jane", "south"), .same),
    (traits(nil, "north"), traits(nil, "north"), .same),
    (traits(nil, "north"), traits("jane", "south"), .other(was: "north", is: "south")),
    (traits(), traits(), .unknown),
    (traits("jane"), traits(), .unknown),
    (traits(nil, nil, "acme"), traits(nil, nil, "acme"), .unknown),
    (
      traits(nil, nil, "acme"), traits(nil, nil, "north"),
      .other(was: "subdomain acme", is: "subdomain north")
    ),
    (
      traits("jane", nil, "acme"), traits("jane", nil, "north"),
      .same
    ),
  ])
  func `the account decides, then the organization, then the settings`(
    former: AccountTraits, new: AccountTraits, expected: AccountComparison
  ) {
    #expect(AccountComparison(former, new) == expected)
  }

  private func record(
    _ entry: String, _ values: KeyValuePairs<String, String>, account: String? = nil
  ) throws -> ConnectionRecord {
    let map = try #require(try Value(json: entry).map)
    var diagnosis = Diagnosis(kind: .accepted, sentence: "")
    diagnosis.account = account
    return ConnectionRecord(
      name: try #require(ConnectionName(provider: "acme")),
      submission: Submission(
        provider: Provider(slug: "acme", entry: map, origin: .record),
        values: SecretValues(fixture: values)),
      diagnosis: diagnosis)
  }

  private static let entry = """
    {"auth_mode": "API_KEY", "proxy": {"base_url": "https://acme.example"},
     "credentials": {"apiKey": {"title": "API key", "secret": true}},
     "connection_config": {"subdomain": {"title": "Subdomain"}, "pin": {"title": "PIN", "secret": true}}}
    """

  @Test func `settings that may be shown say which account is meant, and no secret does`() throws {
    let record = try record(
      Self.entry,
      ["credentials.apiKey": "k-EXAMPLE", "params.subdomain": "acme", "params.pin": "1-EXAMPLE"])
    let traits = record.accountTraits()
    #expect(traits.settings == [Field.ID(.connectionConfig, "subdomain"): "acme"])
  }

  @Test func `what a key is called is nobody's account`() throws {
    let entry = """
      {"auth_mode": "API_KEY", "proxy": {"base_url": "https://acme.example"},
       "credentials": {"apiKey": {"secret": true}},
       "usher": {"check": [{"url": "/key", "answers": [{"status": 200, "means": "accepted",
         "read": {"description": "label"}}]}]}}
      """
    let record = try record(entry, ["credentials.apiKey": "k-EXAMPLE"], account: "ci 2026")
    let traits = record.accountTraits()
    #expect(traits.account == nil)
  }

  @Test func `a replacement keeps settings, and nothing that is secret`() throws {
    let record = try record(
      Self.entry,
      ["credentials.apiKey": "k-EXAMPLE", "params.subdomain": "acme", "params.pin": "1-EXAMPLE"])
    let form = Form(provider: record.provider, guide: nil)
    let kept = record.keptValues(of: form).keys
    #expect(kept.map(\.description) == ["params.subdomain"])
  }

  @Test func `the same secret on both sides is seen`() throws {
    let old = try record(
      Self.entry, ["credentials.apiKey": "k-EXAMPLE", "params.pin": "1-EXAMPLE"])
    let same = try record(
      Self.entry, ["credentials.apiKey": "k-EXAMPLE", "params.pin": "2-EXAMPLE"])
    let other = try record(
      Self.entry, ["credentials.apiKey": "x-EXAMPLE", "params.pin": "2-EXAMPLE"])
    let (shares, differs) = (old.sharesSecret(with: same), !old.sharesSecret(with: other))
    #expect(shares)
    #expect(differs)
  }
}
