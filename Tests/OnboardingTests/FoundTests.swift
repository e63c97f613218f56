import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// Texts that hold more than the value that is asked.
@Suite(.timeLimit(.minutes(1))) struct FoundTests {
  private static let user = Field.ID(.credentials, "partnerUserID")
  private static let secret = Field.ID(.credentials, "partnerUserSecret")

  private static let form: Form = {
    let fields = [(user, "User ID", false), (secret, "User Secret", true)].map {
      id, title, isMasked in
      FormField(field: Field(id: id, title: title), order: 100, label: title, isMasked: isMasked)
    }
    let provider = Provider(
      slug: "tea", displayName: "Tea", authMode: .twoStep, origin: .builtIn)
    return Form(provider: provider, guide: nil, fields: fields)
  }()

  private static let both = "partnerUserID=ann_cred_1\npartnerUserSecret=9f3c0a77\n"

  private func walk(_ form: Form = form) -> Walk {
    let walk = Walk.through(form)
    walk.press(.enter)
    return walk
  }

  @Test func `both values of a paste are taken into their fields, with a notice each`() {
    let walk = walk()
    walk.paste(Self.both)
    #expect(walk.title == "2 values were pasted")
    expectScreen(walk.canvas, "found-both-80x24")
    #expect(walk.page.actions.map(\.label) == ["Take both", "Only User ID", "None"])
    walk.press(.enter)
    #expect(walk.focused?.id == Self.user)
    #expect(walk.focused?.input == .text("ann_cred_1", caret: 10))
    #expect(
      walk.said == [
        "The value was taken from partnerUserID.", "The value was taken from partnerUserSecret.",
      ])
    walk.press(.enter, .enter)
    #expect(walk.title == "Review")
  }

  @Test func `nothing is used before the choice, and Esc uses nothing`() {
    let walk = walk()
    walk.paste(Self.both)
    walk.press(.escape)
    #expect(walk.focused?.isEmpty == true)
    walk.paste("second\nsecret-EXAMPLE")
    #expect(walk.title == "2 lines were pasted")
    #expect(
      walk.page.actions.map(\.label) == ["Use line 1", "Use line 2", "Join the lines", "None"])
    expectScreen(walk.canvas, "found-lines-80x24")
    walk.resize(40, 12)
    expectScreen(walk.canvas, "found-lines-40x12")
    walk.resize(80, 24)
    walk.press(.right, .enter)
    #expect(walk.focused?.input == .text("secret-EXAMPLE", caret: 14))
  }

  @Test func `a value that is another field's is offered for that field`() {
    let walk = walk()
    walk.paste("partnerUserSecret=9f3c0a77")
    #expect(walk.title == "This is another value")
    #expect(walk.page.actions.map(\.label) == ["Use it as User Secret", "None"])
    walk.press(.enter)
    #expect(walk.focused?.isEmpty == true)
    #expect(walk.page.fields[1].isEmpty == false)
  }

  @Test func `a key file of the provider is read like a paste of it`() {
    let walk = walk(Self.keyForm)
    walk.press(.control("t"))
    let text =
      #"{"client_email": "a@b.example", "private_key": "\#(Self.pem.replacing("\n", with: "\\n"))", "kind": "x"}"#
    walk.send(.fileRead(KeyFile(SecretBuffer(text), isReadableByOthers: false)))
    #expect(walk.title == "3 values were pasted")
    walk.press(.enter)
    #expect(walk.page.fields.allSatisfy { !$0.isEmpty })
  }

  private static let pem =
    "-----BEGIN PRIVATE KEY-----\n\(String(repeating: "EXAMPLE0", count: 8))\n-----END PRIVATE KEY-----"

  private static let keyForm: Form = {
    let fields = [("privateKey", "Private Key", true), ("clientEmail", "Client Email", false)].map {
      name, title, isMasked in
      FormField(
        field: Field(id: .init(.credentials, name), title: title), order: 100, label: title,
        isMasked: isMasked)
    }
    let provider = Provider(slug: "tea", displayName: "Tea", authMode: .twoStep, origin: .builtIn)
    return Form(provider: provider, guide: nil, fields: fields)
  }()

  // MARK: Line by line

  @Test func `plain mode asks the same by numbers`() async {
    let transcript = await plain(["", Self.both, "1", "", "", ":quit", "2"])
    #expect(transcript.contains { $0.contains("1. Take both") })
    #expect(transcript.contains { $0.contains("partnerUserSecret") })
    #expect(transcript.contains { $0.contains("Review") })
    #expect(transcript.count { $0.contains("9f3c0a77") } == 1, "only where the terminal showed it")
  }

  private func plain(_ lines: [String]) async -> [String] {
    let dependencies = Dependencies(
      checker: ScriptedChecker([]), linker: ScriptedLinker([]), store: { ScriptedStore() },
      open: { _ throws(OpeningError) in Samples.opening(Self.form) })
    return await onThread {
      var plain = PlainLines(
        Wizard(Samples.opening(Self.form), options: Samples.options()), dependencies: dependencies,
        mailbox: Mailbox())
      var device = ScriptedLines(lines, ending: .end)
      _ = plain.run(on: &device)
      return device.transcript
    }
  }
}

/// Secrets that land where none is asked for.
@Suite struct StrayedSecretTests {
  @Test func `a key in the search finds its account and is not shown`() {
    let walk = Walk.fromTheIndex()
    walk.paste(Samples.tallyKey)
    #expect(walk.focused?.isEmpty == true)
    #expect(walk.said.first?.hasPrefix("This looks like a key of Tally") == true)
    expectScreen(walk.canvas, "pick-key-80x24")
    #expect(walk.press(.enter) == .open("tally"))
  }

  @Test func `a key that is typed there is masked`() {
    let walk = Walk.fromTheIndex()
    walk.type(Samples.tallyKey)
    #expect(walk.focused?.isMasked == true)
    #expect(!walk.said.contains { $0.contains("EXAMPLE") })
  }

  @Test func `a connection is not named by a secret`() {
    let secret = "9f8e7d6c5b4a3210ffeeddccbbaa0099"
    var options = Samples.options()
    options.linked = [Samples.linked("tally")]
    let walk = Walk.through(Samples.tally, options: options)
    walk.press(.enter, .control("u"))
    walk.paste(secret)
    #expect(walk.focused?.isEmpty == true)
    #expect(walk.said.contains { $0.hasPrefix("That looks like a secret") })
    walk.type(secret)
    #expect(walk.focused?.isMasked == true)
    walk.press(.enter)
    #expect(walk.title == "What shall it be called?")
    #expect(!walk.said.contains { $0.contains(secret) })
  }
}
