import Basics
import Drafts
import ProviderFormat
import Testing

@Suite struct PasteRepairs {
  private static let key = Fixture.apiKey
  private static let good = Fixture.goodKey

  /// A paste, and what has to be made of it.
  struct Sample: CustomTestStringConvertible, Sendable {
    var pasted: String
    var repairs: [Repair]

    init(_ pasted: String, _ repairs: Repair...) {
      self.pasted = pasted
      self.repairs = repairs
    }

    var testDescription: String { pasted.debugDescription }
  }

  static let samples = [
    Sample(good),
    Sample("  \(good)\n", .blanks),
    Sample("\u{A0}\u{FEFF}\(good)\u{200B}\u{3000}", .blanks),
    Sample("\u{1B}[200~\(good)\u{1B}[201~", .pasteMarks),
    Sample("^[[200~\(good)^[[201~", .pasteMarks),
    Sample("[200~\(good)[201~", .pasteMarks),
    Sample("\"\(good)\"", .quotes),
    Sample("“\(good)”", .quotes),
    Sample("‘\(good)’", .quotes),
    Sample("`\(good)`", .quotes),
    Sample("'\(good)',", .quotes),
    Sample("Bearer \(good)", .bearer),
    Sample("bearer  \(good)", .bearer),
    Sample("token \(good)", .bearer),
    Sample("Authorization: Bearer \(good)", .bearer),
    Sample("\"Authorization: Bearer \(good)\"", .quotes, .bearer),
    Sample("export ACME_KEY=\(good)", .export("ACME_KEY")),
    Sample("export ACME_KEY='\(good)'\n", .blanks, .export("ACME_KEY")),
    Sample("ACME_KEY=\"\(good)\"", .assignment("ACME_KEY")),
    Sample("api_key=\(good)", .assignment("api_key")),
    Sample("\(good.prefix(20))\n  \(good.dropFirst(20))", .lineEnds),
    Sample("# keys\nACME_KEY=\(good)\n", .blanks, .assignment("ACME_KEY")),
    Sample("api_key: \(good)", .name("api_key")),
    Sample("```\n\(good)\n```", .codeBlock),
    Sample("**\(good)**", .markup("**…**")),
    Sample("\(good).", .punctuation),
    Sample(
      "curl https://api.acme.example/v1/me -H 'Authorization: Bearer \(good)'", .command("curl"),
      .bearer),
    Sample(
      "$ curl -sS \\\n  -H \"Accept: text/plain\" \\\n  --header=\"authorization: Bearer \(good)\" \\\n  url",
      .command("curl"), .bearer),
    Sample("curl -u \(good): https://api.acme.example", .command("curl")),
    Sample("curl -u \"user:\(good)\" https://api.acme.example", .command("curl")),
    Sample(
      "curl -H X-Other-Key:nope -H 'Authorization: Bearer \(good)' url", .command("curl"), .bearer),
    Sample("curl --oauth2-bearer \(good) url", .command("curl")),
  ]

  @Test(arguments: samples)
  func `a paste is mended and says of what`(sample: Sample) {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    #expect(draft.paste(sample.pasted, into: Self.key) == .done)
    #expect(draft.value(of: Self.key) == Self.good)
    let state = draft.state(of: Self.key)
    #expect(state.repairs == sample.repairs)
    #expect(state.findings.isEmpty)
    #expect(state.looksComplete)
  }

  @Test func `the next edit takes the notice away`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    _ = draft.paste(" \(Self.good)", into: Self.key)
    #expect(!draft.state(of: Self.key).repairs.isEmpty)
    draft.type("x", into: Self.key)
    #expect(draft.state(of: Self.key).repairs.isEmpty)
  }

  /// Values that look like something to mend and are right as they are.
  @Test(arguments: [
    ("^[a-z]+=[a-z0-9]+$", "sid=abc123"), ("^.+==$", "QUJDRA=="), ("^\"[a-z]+\"$", "\"quoted\""),
    ("^Bearer [a-z]+$", "Bearer abc"), ("^SECRET=[A-Z]+$", "SECRET=ABC"), ("^.{5}$", " abc "),
    ("^https://", "https://example.com"),
  ])
  func `a value that matches its pattern is never made worse`(pattern: String, value: String) {
    let form = Fixture.form(
      """
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key",
        "pattern":\(Value.string(pattern).json)}}}
      """)
    let draft = DraftUnderTest(form: form)
    #expect(draft.paste(value, into: Self.key) == .done)
    #expect(draft.value(of: Self.key) == value)
    #expect(draft.state(of: Self.key).repairs.isEmpty)
  }

  @Test(arguments: [
    "QUJDREVGRw==", "Endpoint=sb://a.example/;SharedAccessKey=EXAMPLE=", "a=b",
    "token of the year", "it's", "p\"q", "x curl y",
  ])
  func `without a pattern a value is not taken apart on a guess`(value: String) {
    let form = Fixture.form(#"{"auth_mode":"API_KEY"}"#)
    let draft = DraftUnderTest(form: form)
    _ = draft.paste(value, into: Self.key)
    #expect(draft.value(of: Self.key) == value)
  }

  @Test func `several lines that are no single value wait for a choice`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    #expect(draft.paste("this is the one\n\(Self.good)", into: Self.key) == .several)
    #expect(draft.value(of: Self.key) == nil)
    #expect(draft.found?.items.map(\.name) == ["line 1", "line 2"])
    #expect(draft.apply(.one(1)) == [Self.key])
    #expect(draft.value(of: Self.key) == Self.good)
    #expect(draft.state(of: Self.key).repairs == [.taken("line 2")])
  }

  @Test func `a broken line is put together only by who says that it is one`() {
    let form = Fixture.form(#"{"auth_mode":"API_KEY"}"#)
    let draft = DraftUnderTest(form: form)
    #expect(draft.paste("9f3c0a77\n5e6f", into: Self.key) == .several)
    #expect(draft.found?.canJoin == true)
    #expect(draft.apply(.joined) == [Self.key])
    #expect(draft.value(of: Self.key) == "9f3c0a775e6f")
    #expect(draft.paste("A=1\nB=2", into: Self.key) == .several)
    #expect(draft.found?.canJoin == false)
    draft.dropFound()
    #expect(draft.apply(.all) == [])
    #expect(draft.value(of: Self.key) == "9f3c0a775e6f")
  }

  @Test(arguments: [
    String(repeating: "QUJD", count: 16) + "\n" + "QUI=",
    "eyJhbGciOiJIUzI1NiJ9\n.eyJzdWIiOiIxIn0\n.c2ln",
  ])
  func `lines of a known form are one value`(pasted: String) {
    let draft = DraftUnderTest(form: Fixture.form(#"{"auth_mode":"API_KEY"}"#))
    #expect(draft.paste(pasted, into: Self.key) == .done)
    #expect(draft.value(of: Self.key) == pasted.replacing("\n", with: ""))
    #expect(draft.state(of: Self.key).repairs == [.lineEnds])
  }

  @Test func `what the form shows beside the input is taken off`() {
    let form = Fixture.form(
      """
      {"auth_mode":"API_KEY","connection_config":{
        "subdomain":{"type":"string","title":"Subdomain","prefix":"https://",
          "suffix":".acme.example"},
        "host":{"type":"string","title":"Host","format":"hostname"}}}
      """)
    let subdomain = Field.ID(.connectionConfig, "subdomain")
    let host = Field.ID(.connectionConfig, "host")
    let draft = DraftUnderTest(form: form)
    _ = draft.paste("https://north.acme.example/", into: subdomain)
    #expect(draft.state(of: subdomain).text == "north")
    _ = draft.paste("https://api.example.com/", into: host)
    #expect(draft.state(of: host).text == "api.example.com")
    #expect(draft.state(of: host).findings.isEmpty)
  }

  @Test func `of a user and a password each field takes its own half`() {
    let form = Fixture.form(#"{"auth_mode":"BASIC"}"#)
    let line = "curl -u 'ann@example.com:pass word-EXAMPLE' https://api.example"
    let draft = DraftUnderTest(form: form)
    #expect(draft.paste(line, into: .init(.credentials, "username")) == .several)
    #expect(draft.apply(.all).count == 2)
    #expect(draft.value(of: .init(.credentials, "username")) == "ann@example.com")
    #expect(draft.value(of: .init(.credentials, "password")) == "pass word-EXAMPLE")
  }

  @Test func `the header in which the provider carries the key comes first`() {
    let form = Fixture.form(
      """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
        "headers":{"X-Acme-Auth":"SSWS ${apiKey}"}}}
      """)
    let draft = DraftUnderTest(form: form)
    _ = draft.paste(
      "curl -H 'Authorization: Bearer other' -H 'x-acme-auth: SSWS k-EXAMPLE' https://a.example",
      into: Self.key)
    #expect(draft.value(of: Self.key) == "k-EXAMPLE")
    draft.erase(.all, in: Self.key)
    _ = draft.paste("X-Acme-Auth: SSWS k-EXAMPLE", into: Self.key)
    #expect(draft.value(of: Self.key) == "k-EXAMPLE")
  }

  @Test func `a paste of nothing but blanks changes nothing`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    #expect(draft.paste("", into: Self.key) == .ignored)
    _ = draft.paste(" \n ", into: Self.key)
    #expect(draft.state(of: Self.key).isBlocked)
  }

  @Test func `every repair has a sentence that names no value`() {
    let repairs: [Repair] = [
      .blanks, .lineEnds, .pasteMarks, .quotes, .bearer, .export("A"), .assignment("A"),
      .command("curl"), .code, .basicHeader, .name("A"), .name(nil), .taken("A"), .codeBlock,
      .surroundings, .markup("<…>"), .punctuation, .decoration("https://"),
    ]
    for repair in repairs { #expect(repair.sentence.hasSuffix(".")) }
  }
}
