import Connections
import Onboarding
import ProviderFormat
import TerminalUI
import Testing

/// Settings of an integration: asked first, and only those that the others call for.
@Suite struct SettingsTests {
  private static func field(
    _ name: String, choices: [String] = [], shownWhen: Field.Visibility? = nil,
    isOptional: Bool = false, warnings: [String: String] = [:]
  ) -> FormField {
    FormField(
      field: Field(
        id: .init(.integrationConfig, name), title: name, choices: choices,
        isOptional: isOptional, visibleWhen: shownWhen, warnings: warnings),
      order: -1, label: name, initial: choices.first ?? "", isMasked: false,
      acceptsEmpty: isOptional)
  }

  /// Any API with a key, as an entry of the format describes it; the words are ours.
  private static let form: Form = {
    let key = FormField(
      field: Field(id: Samples.apiKey, title: "API key", isDeclaredSecret: true), order: 100,
      label: "API key", placeholder: "abc", isMasked: true)
    let fields = [
      field("place", choices: ["header", "query"], warnings: ["query": "Addresses are logged."]),
      field("header", shownWhen: .init(field: "place", equals: "header")),
      field("word", shownWhen: .init(field: "header", equals: "authorization"), isOptional: true),
      field("keyLabel", isOptional: true), key,
    ]
    let provider = Provider(
      slug: "private-api-generic", displayName: "Any API", authMode: .apiKey, origin: .builtIn)
    return Form(provider: provider, guide: nil, fields: fields)
  }()

  private func walk() -> Walk {
    let walk = Walk.through(Self.form)
    walk.press(.enter)
    return walk
  }

  private func asked(_ walk: Walk) -> [String] { walk.page.fields.map(\.label) }

  @Test func `they are asked on a page of their own, before the guide's steps`() {
    let walk = walk()
    #expect(walk.title == "Settings")
    #expect(walk.page.header.position == "Step 1 of 2")
    expectScreen(walk.canvas, "settings-80x24")
  }

  @Test func `a field comes and goes with the value it depends on, chains included`() {
    let walk = walk()
    #expect(asked(walk) == ["place", "header", "keyLabel"])
    walk.press(.enter)
    walk.type("authorization")
    #expect(asked(walk) == ["place", "header", "word", "keyLabel"])
    walk.press(.backTab, .right)
    #expect(asked(walk) == ["place", "keyLabel"])
    walk.press(.left)
    #expect(asked(walk) == ["place", "header", "word", "keyLabel"])
  }

  @Test func `a choice that has a warning says it at once`() {
    let walk = walk()
    #expect(walk.said.isEmpty)
    walk.press(.right)
    #expect(walk.said == ["Addresses are logged."])
    expectScreen(walk.canvas, "settings-warning-80x24")
    walk.press(.left)
    #expect(walk.said.isEmpty)
  }

  @Test func `what is not visible is neither missed nor sent`() {
    let walk = walk()
    // The second Enter takes the choice that is warned of.
    walk.press(.right, .enter, .enter, .enter)
    walk.paste("abcdefgh12345678")
    walk.press(.enter)
    #expect(walk.title == "Review")
    let place = Field.ID(.integrationConfig, "place")
    // No check is known for it: the review stores.
    let name = ConnectionName(provider: "private-api-generic")!
    #expect(
      walk.press(.enter)
        == .save(name, fields: [place, Samples.apiKey], replacing: false, checked: nil))
  }

  @Test func `the key is called what the settings call it`() {
    let walk = walk()
    walk.press(.right, .enter, .enter)
    walk.type("Tea token")
    walk.press(.enter)
    #expect(walk.focused?.label == "Tea token")
    #expect(walk.focused?.placeholder == nil)
    walk.press(.enter)
    #expect(walk.said == ["Tea token is needed."])
  }

  @Test func `a value that was made up is seen first, and its number copies it`() {
    let made = "00010203-0405-4607-8809-0a0b0c0d0e0f"
    let id = Field.ID(.connectionConfig, "external_id")
    let provider = Provider(
      slug: "acme-cloud", displayName: "Acme Cloud", authMode: .awsSigV4, origin: .builtIn)
    var options = Samples.options()
    options.presets = [id: made]
    let walk = Walk.through(Form(provider: provider, guide: nil), options: options)
    walk.press(.enter)
    #expect(asked(walk) == ["External ID"])
    #expect(walk.focused?.copies == made)
    expectScreen(walk.canvas, "external-id-80x24")
    #expect(walk.press(.alt("1")) == .copy(made))
  }
}
