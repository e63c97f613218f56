import Drafts
import ProviderFormat
import Testing

@Suite struct Placeholders {
  private static let form = Fixture.form(
    """
    {"auth_mode":"API_KEY","connection_config":{
      "host":{"type":"string","title":"Host","description":""},
      "region":{"type":"string","title":"Region","description":"","default_value":"none"}}}
    """)
  private static let host = Field.ID(.connectionConfig, "host")

  private func kinds(of value: String, in field: Field.ID = Fixture.apiKey) -> [Finding.Kind] {
    let draft = DraftUnderTest(form: Self.form)
    draft.set(value, for: field)
    return draft.state(of: field).findings.map(\.kind)
  }

  static let placeholders = [
    "$API_KEY", "$api_key", "${API_KEY}", "${{ secrets.API_KEY }}", "$(pass show acme)",
    "%API_KEY%",
    "{{ api_key }}", "{{API_KEY}}", "#{api_key}", "<%= api_key %>", "$env:API_KEY", "@@API_KEY@@",
    "__API_KEY__", "process.env.API_KEY", "os.environ[\"API_KEY\"]", "op://vault/item/field",
    "vault://secret/acme", "ref+awsssm://acme", "arn:aws:secretsmanager:eu-west-1:1:secret:acme",
    "<YOUR_API_KEY>", "<your api key>", "<api-key>", "<token>", "[API_KEY]", "{api_key}",
    "YOUR_API_KEY",
    "YOUR-API-KEY", "your_api_key_here", "sk-your-key-here", "INSERT_API_KEY_HERE",
    "paste your token here",
    "enter-your-key", "API_KEY", "ACME_SECRET_TOKEN", "changeme", "change_me", "TODO",
    "placeholder",
    "[REDACTED]", "<redacted>", "REDACTED", "***REDACTED***", "[hidden]", "(hidden)", "[FILTERED]",
    "undefined", "null", "None", "nil", "[object Object]", "NaN", "N/A", "sk-...abcd", "sk-…abcd",
    "abcd...",
    "acme_1234...wxyz", "...",
  ]

  @Test(arguments: placeholders)
  func `what stands in the place of a value is said, and can be overridden`(value: String) {
    let draft = DraftUnderTest(form: Self.form)
    draft.set(value, for: Fixture.apiKey)
    let finding = draft.state(of: Fixture.apiKey).findings.first { $0.kind == .placeholder }
    #expect(finding?.severity == .overridable)
    #expect(draft.state(of: Fixture.apiKey).isBlocked)
    draft.insist(on: Fixture.apiKey)
    #expect(!draft.state(of: Fixture.apiKey).isBlocked)
  }

  @Test(arguments: [
    "9f3c0a77", "Tr0ub4dor&3", "$2b$10$abcDEF", "p%ss%w", "sk_0123456789abcdef",
    "correct-horse-battery-staple",
    "a.b.c", "QUJDREVGRw==", "x{y}z", "12345678", "EXAMPLEEXAMPLE",
  ])
  func `what may be a value is none`(value: String) {
    #expect(!kinds(of: value).contains(.placeholder))
  }

  @Test func `a plain field takes words, and no variables`() {
    #expect(kinds(of: "api.example.com", in: Self.host).isEmpty)
    #expect(kinds(of: "${HOST}", in: Self.host) == [.placeholder])
    #expect(kinds(of: "your-domain.example.com", in: Self.host) == [.placeholder])
    #expect(kinds(of: "none", in: .init(.connectionConfig, "region")).isEmpty)
  }
}

/// Secrets where none is asked for.
@Suite struct StrayedSecrets {
  private static let form = Fixture.form(
    """
    {"auth_mode":"API_KEY","connection_config":{
      "host":{"type":"string","title":"Host","description":""},
      "accountId":{"type":"string","title":"Account ID","description":""}}}
    """)
  private static let host = Field.ID(.connectionConfig, "host")
  /// Put together, so that no scanner takes them for keys.
  static let secrets = [
    "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "gh" + "p_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "tly" + "-q7K2m9XaB4q7K2m9XaB4", "9f8e7d6c5b4a3210ffeeddccbbaa0099", "q7K2m9XaB4c8Zt51Lw0pRs63",
  ]

  @Test(arguments: secrets)
  func `a secret in a plain field is hidden, with a finding`(secret: String) {
    let draft = DraftUnderTest(form: Self.form)
    _ = draft.paste(secret, into: Self.host)
    let state = draft.state(of: Self.host)
    #expect(state.text == nil)
    #expect(state.findings.contains { $0.kind == .strayedSecret })
    #expect(!state.findings.contains { $0.sentence.contains(secret) })
  }

  @Test(arguments: [
    "api.example.com", "my-company-production-01-eu-west-1.example.com",
    "https://acme.example.com/path/to/app",
    "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "arn:aws:iam::123456789012:role/usher",
    "sk-north-office",
    "key-account-management-of-the-north-and-south", "ann@example.com", "2026-11-28T19:00:00Z",
    "123456789012345678901234",
  ])
  func `what is no secret stays in sight`(value: String) {
    let draft = DraftUnderTest(form: Self.form)
    _ = draft.paste(value, into: Self.host)
    #expect(draft.state(of: Self.host).text == value)
  }

  @Test func `identifiers may be long and random`() {
    let id = Field.ID(.connectionConfig, "accountId")
    let draft = DraftUnderTest(form: Self.form)
    _ = draft.paste("9f8e7d6c5b4a3210ffeeddccbbaa0099", into: id)
    #expect(draft.state(of: id).text != nil)
  }
}

/// Values that nobody watched being put in.
@Suite struct HandedInValues {
  private static let form = Fixture.form(
    """
    {"display_name":"Lab","auth_mode":"BASIC",
     "credentials":{"apiKey":{"type":"string","title":"API key","description":""}}}
    """)
  private static let password = Field.ID(.credentials, "password")

  private func normalized(_ value: String, in id: Field.ID) -> String? {
    let draft = DraftUnderTest(form: Self.form)
    draft.set(value, for: id)
    _ = draft.normalize([id])
    return draft.value(of: id)
  }

  @Test(arguments: [
    "A1=B2", "k: v", "\"quoted\"", "<v>", "Bearer x", " x ", "a.", "it's", "B=1;C=2", "curl",
  ])
  func `a password against which nothing speaks stays as it is`(value: String) {
    #expect(normalized(value, in: Self.password) == value)
  }

  @Test(arguments: [
    ("API_KEY=9f3c0a77", "9f3c0a77"), ("API_KEY=\"9f3c0a77\"  # c", "9f3c0a77"),
    ("Bearer 9f3c0a77", "9f3c0a77"),
    ("api_key: 9f3c0a77", "9f3c0a77"), (" 9f3c0a77\n", "9f3c0a77"), ("\"9f3c0a77\"", "9f3c0a77"),
    ("A1=B2", "A1=B2"), ("9f3c 0a77", "9f3c 0a77"), ("A_KEY=1\nB=2", "A_KEY=1\nB=2"),
  ])
  func `a key of which something is to be said is mended where that is the end of it`(
    given: String, kept: String
  ) {
    #expect(normalized(given, in: Fixture.apiKey) == kept)
  }

  @Test func `several values in one are refused, by name and without a value`() {
    let draft = DraftUnderTest(form: Self.form)
    draft.set("LAB_API_KEY=9f3c0a77\nDB_URL=hunter-EXAMPLE", for: Fixture.apiKey)
    #expect(draft.normalize([Fixture.apiKey]).isEmpty)
    let finding = draft.state(of: Fixture.apiKey).findings.first
    #expect(finding?.severity == .refusal)
    #expect(
      finding?.sentence
        == "These are 2 values (LAB_API_KEY, DB_URL); give only the value of API key.")
  }
}
