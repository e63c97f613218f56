import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// A form of one field: guide, field and what Enter does on one page, and when the review comes all the same.
@Suite struct OnePageTests {
  private let tally = ConnectionName(provider: "tally")!

  /// One field whose pattern only warns, as Tally's own does.
  private static let warning: Form = {
    var form = Samples.oneField
    form.provider.usher.patternSeverity = [Samples.apiKey: .warning]
    return form
  }()

  private static let unchecked: Form = {
    var form = Samples.oneField
    form.provider.usher.check = []
    return form
  }()

  private func text(_ walk: Walk) -> String { walk.canvas.lines.joined(separator: "\n") }

  @Test(arguments: [(80, 24), (40, 12), (120, 40), (200, 60)])
  func `where and how the key will be stored is said before it is typed`(
    columns: Int, rows: Int
  ) {
    let walk = Walk.through(Samples.oneField)
    walk.resize(columns, rows)
    expectScreen(walk.canvas, "one-page-\(columns)x\(rows)")
    let words = text(walk).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    for said in [
      "Enter: check with api.tally.so and store as tally/default",
      "~/.local/share/usher/usher.db", "age v1, X25519", "API key", "Esc",
    ] { #expect(words.contains(said), "\(said)") }
    walk.paste(Samples.tallyKey)
    expectScreen(walk.canvas, "one-page-pasted-\(columns)x\(rows)")
  }

  @Test func `a paste and one Enter check the key, and what is accepted is stored`() {
    let walk = Walk.through(Samples.oneField)
    #expect(walk.title == "Link Tally")
    walk.paste(Samples.tallyKey)
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
    #expect(
      walk.send(.checked(Walk.accepted(), Samples.now))
        == .save(tally, fields: [Samples.apiKey], replacing: false, checked: .accepted))
    let facts = Walk.facts(Walk.accepted())
    #expect(walk.send(.stored(facts)) == .leave(.linked(facts), forgetting: nil))
  }

  @Test func `the values are sealed before the check, in case the line is cut`() {
    var options = Samples.options()
    options.keepsDrafts = true
    let walk = Walk.through(Samples.oneField, options: options)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    #expect(walk.keptAs == tally)
  }

  @Test func `every step of the guide is on the page, and a link inside of it scrolls`() {
    let walk = Walk.through(Samples.oneField)
    var seen = ""
    for _ in 0..<10 {
      seen += text(walk)
      walk.press(.pageDown)
    }
    for heading in ["You need", "Step 1: Create an API key", "Step 2: Enter the key"] {
      #expect(seen.contains(heading))
    }
  }

  @Test func `Esc on the one page leads where the first screen would`() {
    let walk = Walk.through(Samples.oneField)
    #expect(walk.press(.escape) == .leave(.left(after: nil), forgetting: nil))
    let other = Walk.fromTheIndex()
    other.send(.opened(Samples.opening(Samples.oneField)))
    other.press(.escape)
    #expect(other.title == "Which account do you want to link?")
  }

  @Test func `a refused key is changed on the same page, and no review says that it is complete`() {
    let walk = Walk.through(Samples.oneField)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    walk.answer(.refused, "Tally does not know this key.")
    walk.press(.escape)
    #expect(walk.title == "Review")
    #expect(text(walk).contains("Tally does not know this key."))
    #expect(!text(walk).contains("looks complete"))
    walk.press(.up, .up, .up, .enter)
    #expect(walk.title == "Link Tally")
    #expect(!text(walk).contains("looks complete"))
    walk.press(.control("u"))
    walk.paste(Samples.tallyKey)
    #expect(text(walk).contains("looks complete"))
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
  }

  // MARK: Doubts

  @Test func `a warning stops the first Enter, and stands in the review`() {
    let walk = Walk.through(Self.warning)
    walk.paste("tly-abcdefgh1234")
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Link Tally")
    #expect(text(walk).contains("Enter once more to use it"))
    walk.press(.enter)
    #expect(walk.title == "Review")
    #expect(text(walk).contains("used as it is"))
    #expect(text(walk).contains("API key: "))
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
  }

  @Test func `another value with a warning stops Enter again`() {
    let walk = Walk.through(Self.warning)
    walk.paste("tly-abcdefgh1234")
    walk.press(.enter)
    walk.type("5")
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Link Tally")
  }

  @Test func `a warning on a step of several is asked about before the next field`() {
    var form = Samples.tally
    form.provider.usher.patternSeverity = [Samples.apiKey: .warning]
    let walk = Walk.through(form)
    walk.press(.enter, .enter)
    walk.paste("tly-abcdefgh1234")
    walk.press(.enter)
    #expect(walk.title == "Enter the key")
    walk.press(.enter)
    #expect(walk.title == "Review")
  }

  // MARK: No check

  @Test func `where no check is known the review says so, and stores`() {
    let walk = Walk.through(Self.unchecked)
    #expect(text(walk).contains("no check is known"))
    walk.paste(Samples.tallyKey)
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Review")
    #expect(text(walk).contains("No check is known for Tally"))
    #expect(walk.page.actions.map(\.label) == ["Store unchecked"])
    #expect(
      walk.press(.enter) == .save(tally, fields: [Samples.apiKey], replacing: false, checked: nil))
    walk.send(.stored(Walk.facts(nil)))
    #expect(!text(walk).contains("usher check"))
  }

  @Test func `what was not checked though it could be names the command that does it`() {
    var options = Samples.options()
    options.skipsCheck = true
    let walk = Walk.through(Samples.oneField, options: options)
    walk.paste(Samples.tallyKey)
    #expect(
      walk.press(.enter) == .save(tally, fields: [Samples.apiKey], replacing: false, checked: nil))
    walk.send(.stored(Walk.facts(nil)))
    #expect(text(walk).contains("usher check tally"))
  }

  // MARK: Names

  @Test func `the connection is renamed from the review`() throws {
    let walk = Walk.toTheReview()
    walk.press(.up)
    #expect(text(walk).contains("Enter rename"))
    walk.press(.enter)
    #expect(walk.focused?.input == .text("default", caret: 7))
    walk.press(.control("u"))
    walk.type("work")
    walk.press(.enter)
    #expect(walk.title == "Review")
    #expect(text(walk).contains("tally/work"))
    walk.press(.enter)
    let name = try #require(ConnectionName(provider: "tally", name: "work"))
    #expect(
      walk.send(.checked(Walk.accepted(), Samples.now))
        == .save(name, fields: [Samples.apiKey], replacing: false, checked: .accepted))
  }

  @Test func `where a name is taken the first free number is offered`() {
    var options = Samples.options()
    options.linked = [Samples.linked("tally"), Samples.linked("tally", "2")]
    let walk = Walk.through(Samples.oneField, options: options)
    #expect(text(walk).contains("tally/default is linked already"))
    walk.press(.enter)
    #expect(walk.focused?.input == .text("3", caret: 1))
    walk.press(.enter)
    #expect(text(walk).contains("store as tally/3"))
  }

  @Test func `a name that the store knows to be taken is not offered again`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.notStored(.exists(tally)))
    walk.press(.enter)
    #expect(walk.focused?.input == .text("2", caret: 1))
  }

  // MARK: Afterwards

  @Test func `the last page says as whom, the variable, and where a new key is made`() {
    let walk = Walk.through(Samples.oneField)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.stored(Walk.facts(Walk.accepted())))
    for words in [
      "Jane Doe, jane@example.com", "in 90 days", "usher run tally -- COMMAND", "TALLY_API_KEY",
      "https://tally.so/settings/api-keys",
    ] { #expect(text(walk).contains(words), "\(words)") }
  }

  @Test func `commands for a store that was named say that it has to be named`() {
    var options = Samples.options()
    let last = { (options: WizardOptions) in
      let walk = Walk(Wizard(Samples.opening(Samples.oneField), options: options))
      walk.paste(Samples.tallyKey)
      walk.press(.enter)
      walk.send(.checked(Walk.accepted(), Samples.now))
      walk.send(.stored(Walk.facts(Walk.accepted())))
      return text(walk).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
    #expect(!last(options).contains("--store"))
    options.namedStore = "etcds://etcd-1/team"
    #expect(last(options).contains("Each with --store etcds://etcd-1/team, as here"))
  }

  // MARK: Coming back

  @Test func `a session that was cut goes on at the first gap, else at the review`() {
    var kept = SecretValues()
    kept.set(Samples.apiKey, to: SecretBuffer(Samples.tallyKey))
    let walk = Walk(
      Wizard(Samples.opening(Samples.oneField, kept: kept), options: Samples.options()))
    #expect(
      text(walk).split { $0 == " " || $0 == "\n" }.joined(separator: " ").contains(
        "goes on at the review"))
    walk.press(.enter)
    #expect(walk.title == "Review")

    var other = SecretValues()
    other.set(Samples.organization, to: SecretBuffer("example.com"))
    let second = Walk(
      Wizard(Samples.opening(Samples.tailscale, kept: other), options: Samples.options()))
    second.press(.enter)
    #expect(second.title == "Generate an access token")
  }
}
