import Basics
import Catalogues
import Connections
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// The wizard as a value: every way through the graph of screens.
@Suite struct WizardTests {
  let tally = ConnectionName(provider: "tally")!

  // MARK: Forwards

  @Test func `the whole way to a linked account`() {
    let walk = Walk.fromTheIndex()
    walk.type("tally")
    #expect(walk.press(.enter) == .open("tally"))
    walk.send(.opened(Samples.opening(Samples.tally)))
    #expect(walk.title == "Link Tally")
    walk.press(.enter)
    #expect(walk.title == "Create an API key")
    walk.press(.enter)
    #expect(walk.title == "Enter the key")
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    #expect(walk.title == "Review")
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
    #expect(walk.title == "Asking Tally")
    let saved = walk.send(.checked(Walk.accepted(), Samples.now))
    #expect(
      saved == .save(tally, fields: [Samples.apiKey], replacing: false, checked: .accepted))
    let end = walk.send(.stored(Walk.facts(Walk.accepted())))
    #expect(walk.title == "Tally is linked")
    #expect(end == .leave(.linked(Walk.facts(Walk.accepted())), forgetting: nil))
  }

  @Test func `nothing is stored before the provider has said yes`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    for kind in Diagnosis.Kind.allCases where kind != .accepted {
      #expect(walk.answer(kind) == .none)
      walk.press(.escape, .enter)
    }
  }

  @Test func `every field is asked for once, on the step that explains it`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    #expect(walk.page.fields.map(\.label) == ["Organization"])
    walk.type("example.com")
    walk.press(.enter)
    #expect(walk.page.fields.map(\.label) == ["API access token"])
  }

  @Test func `a provider without a guide has one page with every field`() {
    var form = Samples.tailscale
    form.guide = nil
    let walk = Walk.through(form)
    walk.press(.enter)
    #expect(walk.page.fields.map(\.label) == ["Organization", "API access token"])
    #expect(walk.page.header.position == "Step 1 of 1")
  }

  @Test func `a field without a step comes in the last one`() {
    var form = Samples.tailscale
    form.fields[0].step = nil
    let walk = Walk.through(form)
    walk.press(.enter)
    #expect(walk.page.fields.isEmpty)
    walk.press(.enter)
    #expect(walk.page.fields.map(\.label) == ["Organization", "API access token"])
  }

  @Test func `a form without fields is linked as it is`() {
    var form = Samples.tally
    form.fields = []
    let walk = Walk.through(form)
    walk.press(.enter, .enter, .enter)
    #expect(walk.press(.enter) == .check(fields: []))
  }

  // MARK: Browsers

  @Test func `a provider that cannot be linked is shown, and asks for nothing`() {
    let walk = Walk(Wizard(Fixtures.depot, options: Samples.options()))
    #expect(walk.title == "Depot cannot be linked from here")
    #expect(walk.page.actions.map(\.label) == ["Link Depot (API key)", "Read the guide", "Leave"])
    walk.press(.right, .enter)
    #expect(walk.title == "Register an app")
    walk.press(.control("g"), .enter)
    #expect(walk.title == "Sign in")
    #expect(walk.page.fields.isEmpty)
    #expect(walk.press(.enter) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `the same service with a key is one key away`() {
    let walk = Walk(Wizard(Fixtures.depot, options: Samples.options()))
    #expect(walk.press(.enter) == .open("depot-api-key"))
    walk.send(.opened(Samples.opening(Fixtures.catalogue.form("depot-api-key")!)))
    #expect(walk.title == "Link Depot (API key)")
  }

  @Test func `a provider that cannot be linked can be chosen, and left for another`() {
    let browser = Provider(
      slug: "mail", displayName: "Mail", authMode: .init(rawValue: "APP_STORE"), origin: .builtIn)
    let walk = Walk(
      Wizard(choosingFrom: MergedProviders([browser]), options: Samples.options()))
    #expect(walk.press(.enter) == .open("mail"))
    walk.send(.opened(Samples.opening(Form(provider: browser, guide: nil, fields: []))))
    #expect(walk.page.actions.map(\.label) == ["Choose another"])
    walk.press(.enter)
    #expect(walk.title == "Which account do you want to link?")
  }

  // MARK: Back

  @Test func `going back leads the same way to the beginning, and what was typed stays`() {
    let walk = Walk.fromTheIndex()
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.tailscale)))
    walk.press(.enter)
    walk.type("example.com")
    walk.press(.enter)
    walk.paste(Samples.tailscaleToken)
    walk.press(.enter)
    let titles = (0..<5).map { _ in
      let title = walk.title
      walk.press(.escape)
      return title
    }
    #expect(
      titles == [
        "Review", "Generate an access token", "Find your organization", "Link Tailscale",
        "Which account do you want to link?",
      ])
  }

  @Test func `a provider that is chosen again still has what was typed`() {
    let walk = Walk.fromTheIndex()
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.tailscale)))
    walk.press(.enter)
    walk.type("example.com")
    walk.press(.escape, .escape)
    #expect(walk.press(.enter) == .none)
    walk.press(.enter)
    #expect(walk.focused?.input == .text("example.com", caret: 11))
  }

  @Test func `another provider asks before typed values go`() {
    let walk = Walk.fromTheIndex()
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.tailscale)))
    walk.press(.enter)
    walk.type("example.com")
    walk.press(.escape, .escape, .down, .enter)
    #expect(walk.title == "Link another provider instead?")
    #expect(walk.press(.right, .enter) == .open("tally"))
  }

  @Test func `back works out of a field that is not valid`() {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .enter)
    walk.type("nonsense")
    walk.press(.enter)
    #expect(walk.focused?.notices.first?.sign == .failed)
    walk.press(.escape)
    #expect(walk.title == "Create an API key")
    walk.press(.enter)
    #expect(walk.focused?.input == .masked(characters: 8, caret: 8))
  }

  @Test func `a value changed from the review leads back to the review`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.type("example.com")
    walk.press(.enter)
    walk.paste(Samples.tailscaleToken)
    walk.press(.enter, .up, .up, .up, .up, .enter)
    #expect(walk.title == "Find your organization")
    walk.press(.control("u"))
    walk.type("other.com")
    walk.press(.enter)
    #expect(walk.title == "Review")
    #expect(rows(walk).map(\.detail).first == "other.com")
  }

  @Test func `back from a value that is changed leads to the review as well`() {
    let walk = Walk.toTheReview()
    walk.press(.up, .up, .up, .enter)
    #expect(walk.title == "Enter the key")
    walk.press(.escape)
    #expect(walk.title == "Review")
  }

  private func rows(_ walk: Walk) -> [Page.Row] {
    for case .list(let rows) in walk.page.items { return rows }
    return []
  }
}
