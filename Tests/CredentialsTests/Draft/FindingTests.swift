import Drafts
import ProviderFormat
import Secrets
import Testing

@Suite struct Findings {
  private let key = Fixture.apiKey

  /// A search that is given up takes a good part of a second: asking for it anew each time would not end in time.
  @Test(.timeLimit(.minutes(1)))
  func `the rules look at a value once between two edits`() {
    let pattern = "^(([a-z])+.)+[A-Z]([a-z])+$"
    let draft = DraftUnderTest(
      form: Fixture.form(
        #"{"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key","pattern":"\#(pattern)"}}}"#
      ))
    draft.set(String(repeating: "a", count: 40), for: key)
    let first = draft.state(of: key)
    for _ in 0..<2000 {
      #expect(draft.state(of: key) == first)
      #expect(draft.firstBlocked() == nil)
      draft.moveCaret(.end, in: key)
    }
    draft.insist(on: key)
    #expect(draft.state(of: key).isOverridden)
  }

  @Test func `an edit of one field is seen in the findings of another`() {
    let draft = DraftUnderTest(form: Fixture.form(#"{"auth_mode":"BASIC"}"#))
    let user = Field.ID(.credentials, "username")
    let password = Field.ID(.credentials, "password")
    draft.set("same-EXAMPLE", for: user)
    draft.set("other-EXAMPLE", for: password)
    #expect(draft.state(of: password).findings.isEmpty)
    draft.set("same-EXAMPLE", for: password)
    #expect(draft.state(of: user).findings.map(\.kind) == [.sameAs(password)])
    draft.erase(.backward, in: password)
    #expect(draft.state(of: user).findings.isEmpty)
  }

  private func findings(_ value: String, _ json: String = Fixture.acme) -> [Finding] {
    let draft = DraftUnderTest(form: Fixture.form(json))
    draft.set(value, for: key)
    return draft.state(of: key).findings
  }

  @Test func `an empty mandatory field is refused and an optional one passes`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    #expect(draft.state(of: key).findings.map(\.kind) == [.missing])
    #expect(draft.state(of: key).findings.first?.severity == .refusal)
    #expect(draft.state(of: Fixture.organization).findings.isEmpty)
    #expect(draft.firstBlocked() == key)
  }

  @Test func `a good value has nothing said of it`() {
    #expect(findings(Fixture.goodKey).isEmpty)
  }

  @Test(arguments: [
    ("acme-\u{0}EXAMPLE", Finding.Kind.controlCharacter), ("acme-EXA\u{1B}MPLE", .controlCharacter),
    ("acme-\tEXAMPLE", .controlCharacter), ("acme-EXA\u{85}MPLE", .controlCharacter),
    ("acme-EXA\u{200B}MPLE", .invisibleCharacter), ("acme-EXA\u{202E}MPLE", .invisibleCharacter),
    ("acme-EXA\u{E0041}MPLE", .invisibleCharacter), ("acme-EXA\u{AD}MPLE", .invisibleCharacter),
  ])
  func `characters that cannot be seen are refused for good`(value: String, kind: Finding.Kind) {
    let found = findings(value).first
    #expect(found?.kind == kind)
    #expect(found?.severity == .refusal)
  }

  @Test func `curly quotes inside are refused until the user insists`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.set("acme-“EXAMPLE”EXAMPLEEXAMPLEEXAMPLE00", for: key)
    #expect(draft.state(of: key).findings.first?.kind == .smartQuotes)
    #expect(draft.state(of: key).isBlocked)
    draft.insist(on: key)
    #expect(!draft.state(of: key).isBlocked)
    #expect(draft.state(of: key).isOverridden)
    draft.type("x", into: key)
    #expect(draft.state(of: key).isBlocked)
  }

  @Test func `the same text twice is noticed`() {
    #expect(findings(Fixture.goodKey + Fixture.goodKey).first?.kind == .doubled)
    #expect(findings(Fixture.goodKey + " " + Fixture.goodKey).contains { $0.kind == .doubled })
    #expect(!findings("abcabc").contains { $0.kind == .doubled })
    #expect(!findings(String(repeating: "0", count: 32)).contains { $0.kind == .doubled })
  }

  @Test func `a doubled value that its pattern wants is left alone`() {
    let json = """
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key",
        "pattern":"^[0-9a-f]{32}$"}}}
      """
    #expect(findings("0123456789abcdef0123456789abcdef", json).isEmpty)
  }

  @Test func `the guide's starred example is refused for good`() {
    let found = findings("acme-****************").first
    #expect(found?.kind == .starredOut)
    #expect(found?.severity == .refusal)
  }

  @Test func `a value with stars in it can be insisted on`() {
    let found = findings("acme-abc******xyz").first
    #expect(found?.kind == .starredOut)
    #expect(found?.severity == .overridable)
  }

  @Test func `the example itself is no secret, and a plain one only earns a warning`() {
    let json = """
      {"auth_mode":"API_KEY",
       "credentials":{"apiKey":{"type":"string","title":"Key","example":"demo-key"}},
       "connection_config":{"host":{"type":"string","title":"Host","example":"acme.example"}}}
      """
    #expect(findings("demo-key", json).first?.severity == .overridable)
    let host = Field.ID(.connectionConfig, "host")
    let draft = DraftUnderTest(form: Fixture.form(json))
    draft.set("acme.example", for: host)
    #expect(draft.state(of: host).findings.map(\.severity) == [.warning])
  }

  @Test func `another kind of token is named`() {
    let found = findings("acme-device-EXAMPLEEXAMPLEEXAMPLE00")
    #expect(found.map(\.kind) == [.wrongKind])
    #expect(found.first?.sentence == "This is a key for devices, not an API key.")
    #expect(found.first?.severity == .overridable)
  }

  @Test func `a beginning that is not the required one is refused even where the pattern warns`() {
    let json = """
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"API key",
        "pattern":"^tly-[A-Za-z0-9]{32}$"}},
       "usher":{"severity":{"credentials.apiKey":"warning"},
        "hints":[{"field":"credentials.apiKey","starts_with":"tly-","verdict":"required"}]}}
      """
    let wrong = findings("abc-EXAMPLEEXAMPLE", json)
    #expect(wrong.first?.kind == .wrongKind)
    #expect(wrong.first?.severity == .overridable)
    let short = findings("tly-EXAMPLEEXAMPLE", json)
    #expect(short.map(\.kind) == [.pattern])
    #expect(short.first?.severity == .warning)
    #expect(short.first?.sentence == "This has 18 characters; API key has 36.")
  }

  @Test(arguments: [
    ("^acme-[a-z]{4}$", "other-abcd", "API key begins with acme-, and this does not."),
    ("^[a-z]{4}$", "abc", "This has 3 characters; API key has 4."),
    ("^[a-z]{4,6}$", "a", "This has 1 character; API key has 4 to 6."),
    ("^[a-z]{4,}$", "abc", "This has 3 characters; API key has at least 4."),
    ("^(?:ab|cde)-\\\\d+$", "x", "This has 1 character; API key has at least 4."),
    ("^[a-z]{4}$", "AB1D", "This does not have the form of API key, which is like acme-****."),
    ("^(?=a)bc$", "ABCD", "This does not have the form of API key, which is like acme-****."),
  ])
  func `a pattern that fails says what is different`(
    pattern: String, value: String, sentence: String
  ) {
    let json = """
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"API key",
        "example":"acme-****","pattern":"\(pattern)"}}}
      """
    let found = findings(value, json)
    #expect(found.map(\.sentence) == [sentence])
    #expect(found.first?.severity == .overridable)
  }

  @Test func `a pattern that is not valid is skipped with a warning`() {
    let json = """
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key",
        "pattern":"^[z-a]+$"}}}
      """
    let found = findings("anything-EXAMPLE", json)
    #expect(found.map(\.kind) == [.patternSkipped])
    #expect(found.first?.severity == .warning)
  }

  @Test(arguments: [
    ("hostname", "api.example-1.com", true), ("hostname", "https://a.example", false),
    ("hostname", "a_b", false), ("uuid", "123e4567-e89b-42d3-a456-426614174000", true),
    ("uuid", "00000000-0000-0000-0000-000000000000", true),
    ("uuid", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", true),
    ("uuid", "123e4567-e89b-92d3-a456-426614174000", false),
    ("uuid", "123e4567-e89b-42d3-c456-426614174000", false),
    ("uuid", "123e4567e89b42d3a456426614174000", false), ("email", "a.b+c@example.com", true),
    ("email", "a@b", false), ("email", "a@b@example.com", false), ("email", "@example.com", false),
    ("email", "a b@example.com", false), ("email", "a@example.", false),
    ("uri", "https://example.com/x?y", true), ("uri", "example.com", false),
    ("uri", "https://", false), ("uri", "urn:example:1", true), ("uri", "https:///x", false),
  ])
  func `formats are kept`(format: String, value: String, isGood: Bool) {
    let json = """
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Field",
        "format":"\(format)"}}}
      """
    #expect(findings(value, json).isEmpty == isGood)
  }

  @Test func `a value for another field says whose it is`() {
    let json = """
      {"auth_mode":"OAUTH2_CC","credentials":{
        "client_id":{"type":"string","title":"Client ID","pattern":"^id-[a-z0-9]{8}$"},
        "client_secret":{"type":"string","title":"Client Secret",
          "pattern":"^sec-[a-z0-9]{12}$"}}}
      """
    let (id, secret) = (
      Field.ID(.credentials, "client_id"), Field.ID(.credentials, "client_secret")
    )
    let draft = DraftUnderTest(form: Fixture.form(json))
    draft.set("sec-abcdef012345", for: id)
    draft.set("id-abcd1234", for: secret)
    #expect(draft.state(of: id).findings.map(\.kind) == [.belongsTo(secret)])
    #expect(draft.state(of: secret).findings.map(\.kind) == [.belongsTo(id)])
    #expect(draft.state(of: id).text == nil)
  }

  @Test func `a broad pattern of another field is no reason to suspect a value`() {
    let json = """
      {"auth_mode":"API_KEY","credentials":{
        "apiKey":{"type":"string","title":"Key","pattern":"^[0-9]{4}$"},
        "other":{"type":"string","title":"Other","pattern":"^[A-Za-z0-9]+$"}}}
      """
    #expect(findings("abcdef", json).map(\.kind) == [.pattern])
  }

  @Test func `the same secret in two fields earns a warning`() {
    let json = #"{"auth_mode":"BASIC"}"#
    let (user, password) = (Field.ID(.credentials, "username"), Field.ID(.credentials, "password"))
    let draft = DraftUnderTest(form: Fixture.form(json))
    draft.set("same-EXAMPLE", for: user)
    draft.set("same-EXAMPLE", for: password)
    #expect(draft.state(of: password).findings.map(\.kind) == [.sameAs(user)])
    #expect(!draft.state(of: password).isBlocked)
  }

  @Test func `a provider's warning about a value is passed on`() {
    var field = Field(id: key, title: "Template")
    field.warnings = ["old": "This form is being withdrawn."]
    let form = Form(
      provider: Fixture.provider("{}"), guide: nil,
      fields: [FormField(field: field, order: 1, label: "Template", isMasked: false)])
    let draft = DraftUnderTest(form: form)
    draft.set("old", for: key)
    #expect(draft.state(of: key).findings.map(\.sentence) == ["This form is being withdrawn."])
    #expect(!draft.state(of: key).isBlocked)
  }

  @Test func `bytes that are no text are refused`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    var bytes = SecretBuffer(capacity: 8)
    for byte in [0x61, 0xFF, 0xC3, 0x28] as [UInt8] { _ = bytes.append(byte) }
    _ = draft.paste(bytes, into: key)
    #expect(draft.state(of: key).findings.first?.kind == .notText)
    draft.erase(.backward, in: key)
    draft.erase(.backward, in: key)
    #expect(draft.state(of: key).bytes == 2)
  }

  @Test func `no sentence ever holds the value`() {
    let value = "q7Zx9-secret “value”\u{200B}-EXAMPLE"
    for finding in findings(value) {
      #expect(!finding.sentence.contains("q7Zx9"))
      #expect(finding.sentence.hasSuffix("."))
    }
  }
}
