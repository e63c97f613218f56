import Drafts
import ProviderFormat
import Secrets
import Testing

@Suite struct DraftEditing {
  private let plain = Fixture.organization
  private let key = Fixture.apiKey

  @Test func `typing appends and the caret counts characters, not bytes`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("Zürich 🗝", into: plain)
    let state = draft.state(of: plain)
    #expect(state.text == "Zürich 🗝")
    #expect(state.characters == 8)
    #expect(state.bytes == 12)
    #expect(state.caret == 8)
  }

  @Test func `text goes in where the caret is`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("üme", into: plain)
    draft.moveCaret(.start, in: plain)
    draft.type("ac", into: plain)
    draft.moveCaret(.right, in: plain)
    draft.type("-", into: plain)
    #expect(draft.state(of: plain).text == "acü-me")
    #expect(draft.state(of: plain).caret == 4)
  }

  @Test(arguments: [
    (Erasure.backward, "one tw", " three"), (.forward, "one two", "three"),
    (.wordBackward, "one ", " three"), (.toStart, "", " three"), (.toEnd, "one two", ""),
    (.all, "", ""),
  ])
  func `every way to erase takes out what it says`(
    what: Erasure, before: String, after: String
  ) {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("one two three", into: plain)
    for _ in 0..<6 { draft.moveCaret(.left, in: plain) }
    draft.erase(what, in: plain)
    let state = draft.state(of: plain)
    #expect(state.text == before + after)
    #expect(state.caret == before.count)
  }

  @Test func `erasing at an end changes nothing`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    for what in Erasure.allCases { draft.erase(what, in: plain) }
    draft.type("é", into: plain)
    draft.erase(.forward, in: plain)
    draft.moveCaret(.start, in: plain)
    draft.moveCaret(.left, in: plain)
    draft.erase(.backward, in: plain)
    draft.moveCaret(.end, in: plain)
    draft.moveCaret(.right, in: plain)
    #expect(draft.state(of: plain).text == "é")
  }

  @Test func `a character of several bytes is erased whole`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("a🗝", into: plain)
    draft.erase(.backward, in: plain)
    #expect(draft.state(of: plain).text == "a")
  }

  @Test func `a value that would be too long is refused whole and never cut`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    let long = String(repeating: "x", count: SecretBuffer.lineCapacity - 1)
    #expect(draft.paste(long, into: plain) == .done)
    #expect(draft.paste("yz", into: plain) == .full(limit: SecretBuffer.lineCapacity))
    #expect(draft.type("é", into: plain) == .full(limit: SecretBuffer.lineCapacity))
    #expect(draft.state(of: plain).bytes == SecretBuffer.lineCapacity - 1)
    #expect(draft.type("y", into: plain) == .done)
    #expect(draft.type("z", into: plain) == .full(limit: SecretBuffer.lineCapacity))
  }

  @Test func `a file that is too long leaves the value as it was, and the caret`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    draft.type("acme", into: plain)
    draft.moveCaret(.left, in: plain)
    let long = String(repeating: "x", count: SecretBuffer.lineCapacity + 1)
    #expect(draft.replace(with: long, in: plain) == .full(limit: SecretBuffer.lineCapacity))
    #expect(draft.state(of: plain).text == "acme")
    #expect(draft.state(of: plain).caret == 3)
    let full = " " + String(long.dropLast())
    #expect(draft.replace(with: full, in: plain) == .done)
    #expect(draft.state(of: plain).bytes == SecretBuffer.lineCapacity)
    #expect(draft.state(of: plain).caret == SecretBuffer.lineCapacity)
  }

  @Test func `a value that is longer than others may be is mended where it is`() {
    let long = String(repeating: "x", count: SecretBuffer.lineCapacity)
    let draft = DraftUnderTest(
      form: Fixture.form(Fixture.acme),
      resuming: SecretValues(fixture: ["params.organizationName": "  \(long)\n"]))
    #expect(draft.normalize([plain]) == [plain])
    #expect(draft.state(of: plain).text == long)
  }

  @Test func `control characters that are typed are ignored`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    for scalar in ["\u{1B}", "\n", "\t", "\u{7F}", "\u{9B}"] as [Unicode.Scalar] {
      #expect(draft.type(scalar, into: key) == .ignored)
    }
    #expect(draft.state(of: key).bytes == 0)
  }

  @Test func `a key file keeps its lines and may have a mebibyte`() {
    let form = Fixture.form(
      """
      {"auth_mode":"JWT","credentials":{"privateKey":{"type":"string","title":"Private Key"}}}
      """)
    let id = Field.ID(.credentials, "privateKey")
    let draft = DraftUnderTest(form: form)
    let line = String(repeating: "A", count: 63) + "\r\n"
    let body = String(repeating: line, count: 4000)
    let pem = "-----BEGIN PRIVATE KEY-----\r\n\(body)-----END PRIVATE KEY-----\n"
    #expect(draft.paste(pem, into: id) == .done)
    #expect(draft.state(of: id).repairs.contains(.lineEnds))
    #expect(!draft.state(of: id).findings.contains { $0.severity == .refusal })
    let value = draft.value(of: id)
    #expect(value?.split(separator: "\n").count == 4002)
    #expect(value?.contains("\r") == false)
    #expect(draft.type("\n", into: id) == .done)
  }

  @Test func `the id of a private key is a single line`() {
    let form = Fixture.form(
      """
      {"auth_mode":"JWT","credentials":{
        "privateKeyId":{"type":"string","title":"Private Key ID"},
        "clientCertificate":{"type":"string","title":"Client Certificate"}}}
      """)
    let draft = DraftUnderTest(form: form)
    #expect(draft.type("\n", into: .init(.credentials, "privateKeyId")) == .ignored)
    #expect(draft.type("\n", into: .init(.credentials, "clientCertificate")) == .done)
  }

  @Test func `a list of choices takes a choice and nothing else`() {
    let form = Fixture.form(
      """
      {"auth_mode":"API_KEY","connection_config":{
        "region":{"type":"string","title":"Region","enum":["eu","us"]}}}
      """)
    let id = Field.ID(.connectionConfig, "region")
    let draft = DraftUnderTest(form: form)
    #expect(draft.state(of: id).text == "eu")
    #expect(draft.type("x", into: id) == .ignored)
    #expect(draft.paste("mars", into: id) == .ignored)
    #expect(draft.paste(" us\n", into: id) == .done)
    #expect(draft.state(of: id).text == "us")
    draft.set("mars", for: id)
    #expect(draft.state(of: id).findings.first?.kind == .choice)
    #expect(draft.state(of: id).isBlocked)
  }

  @Test func `presets win over the form's initial values`() {
    let form = Fixture.form(
      """
      {"auth_mode":"API_KEY","connection_config":{
        "region":{"type":"string","title":"Region","default_value":"eu"}}}
      """)
    let id = Field.ID(.connectionConfig, "region")
    let initial = DraftUnderTest(form: form)
    #expect(initial.state(of: id).text == "eu")
    let preset = DraftUnderTest(form: form, presets: [id: "us"])
    #expect(preset.state(of: id).text == "us")
    #expect(!preset.hasTypedValues)
  }

  @Test func `a resumed draft has its values and asks nothing before it is left`() {
    let values = SecretValues(fixture: [
      "credentials.apiKey": Fixture.goodKey, "credentials.gone": "x",
    ])
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme), resuming: values)
    #expect(draft.state(of: key).characters == 37)
    #expect(!draft.hasTypedValues)
    #expect(draft.submittedFields == [key])
  }

  @Test func `leaving asks only when something was typed and is still there`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    #expect(!draft.hasTypedValues)
    draft.type("a", into: plain)
    #expect(draft.hasTypedValues)
    draft.erase(.all, in: plain)
    #expect(!draft.hasTypedValues)
  }

  @Test func `a submission leaves empty values out and carries hidden ones`() {
    let form = Fixture.form(
      """
      {"auth_mode":"API_KEY","connection_config":{
        "hidden":{"type":"string","title":"","hidden":true,"default_value":"v1"},
        "nothing":{"type":"string","title":"","hidden":true},
        "note":{"type":"string","title":"Note","optional":true}}}
      """)
    let draft = DraftUnderTest(form: form)
    draft.type("key-EXAMPLE", into: key)
    #expect(draft.submittedFields.map(\.description) == ["credentials.apiKey", "params.hidden"])
  }

  @Test func `a field whose condition is not met is neither asked nor sent`() {
    var field = Field(id: .init(.integrationConfig, "endpoint"), title: "Endpoint")
    field.visibleWhen = .init(field: "mode", equals: "custom")
    let mode = Field(id: .init(.integrationConfig, "mode"), choices: ["builtin", "custom"])
    let form = Form(
      provider: Fixture.provider("{}"), guide: nil,
      fields: [
        FormField(field: mode, order: 1, label: "Mode", initial: "builtin", isMasked: false),
        FormField(field: field, order: 2, label: "Endpoint", isMasked: false),
      ])
    let draft = DraftUnderTest(form: form)
    #expect(!draft.isShown(field.id))
    #expect(draft.firstBlocked() == nil)
    draft.set("custom", for: mode.id)
    #expect(draft.isShown(field.id))
    #expect(draft.firstBlocked() == field.id)
    draft.set("https://sts.example", for: field.id)
    draft.set("builtin", for: mode.id)
    #expect(draft.submittedFields == [mode.id])
  }

  @Test func `offers come from fixed texts and from parts of other fields`() {
    let form = Fixture.form(
      """
      {"auth_mode":"BASIC","connection_config":{"account":{"type":"string","title":"Account"}},
       "usher":{"derive":[{"field":"params.account","text":"-","because":"your own"},
        {"field":"params.account","pattern":"^([a-z]+)@","from":"credentials.username"},
        {"field":"params.account","pattern":"^(.*)$","from":"credentials.password"}]}}
      """)
    let account = Field.ID(.connectionConfig, "account")
    let draft = DraftUnderTest(form: form)
    #expect(draft.offers(for: account) == [Suggestion(text: "-", because: "your own")])
    draft.type("ann@example.com", into: .init(.credentials, "username"))
    draft.type("secret-EXAMPLE", into: .init(.credentials, "password"))
    #expect(draft.offers(for: account).map(\.text) == ["-", "ann"])
  }
}
