import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import TerminalUI
import Testing

/// Values that take the place of others.
@Suite struct ReplacementTests {
  private let tally = ConnectionName(provider: "tally")!

  @Test func `what is linked already is opened anew to be replaced`() {
    var options = Samples.options()
    options.linked = [Samples.linked("tally")]
    let walk = Walk.through(Samples.tally, options: options)
    #expect(walk.press(.right, .enter) == .openReplacement(tally))
    walk.send(.opened(Samples.replacement(of: Samples.tally)))
    #expect(walk.title == "Replace tally/default")
    #expect(walk.page.header.provider == "Replace tally/default")
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Check and replace"])
    #expect(!walk.page.actions.contains { $0.label.contains("name") })
    walk.press(.enter)
    #expect(
      walk.send(.checked(Walk.accepted(), Samples.now))
        == .save(tally, fields: [Samples.apiKey], replacing: true, checked: .accepted))
  }

  @Test func `a connection that cannot be opened is left as it is`() {
    var options = Samples.options()
    options.linked = [Samples.linked("tally")]
    let walk = Walk.through(Samples.tally, options: options)
    walk.press(.right, .enter)
    walk.send(.notOpened(Explanation(what: "no identity", why: "the file is missing")))
    #expect(walk.canvas.lines.joined().contains("No identity"))
    #expect(walk.page.actions.map(\.label) == ["Use another name", "Replace it", "Leave"])
  }

  @Test func `settings are filled in and secrets are not, and leaving at once asks nothing`() {
    let walk = Walk.replacing(Samples.tailscale, known: [Samples.organization: "corp.example"])
    walk.press(.enter)
    #expect(walk.focused?.input == .text("corp.example", caret: 12))
    walk.press(.enter)
    #expect(walk.focused?.input == .masked(characters: 0, caret: 0))
    #expect(walk.press(.control("c")) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `values of another account are stored only after a word`() {
    let walk = Walk.replacing(Samples.tally, account: "jane@example.com")
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    #expect(walk.send(.checked(Walk.accepted(by: "bob@example.com"), Samples.now)) == .none)
    #expect(walk.title == "Another account")
    #expect(
      walk.page.actions.map(\.label) == ["Change the values", "Replace it all the same", "Leave"])
    #expect(walk.page.selectedAction == 0)
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("jane@example.com") && text.contains("bob@example.com"))
    #expect(text.contains("usher connect tally --name NAME"))
    #expect(
      walk.press(.right, .enter)
        == .save(tally, fields: [Samples.apiKey], replacing: true, checked: .accepted))
    #expect(walk.saved?.diagnosis?.account == "bob@example.com")
  }

  @Test func `leaving where the account is another one ends as a refusal does`() {
    let walk = Walk.replacing(Samples.tally, account: "jane@example.com")
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(by: "bob@example.com"), Samples.now))
    walk.press(.control("c"))
    guard case .leave(let outcome, _) = walk.press(.control("c")) else {
      Issue.record("still there: \(walk.title)")
      return
    }
    #expect(outcome.exitCode == .refused)
  }

  @Test func `where no account is told the values are stored, which is said`() {
    let walk = Walk.replacing(Samples.tally)
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.stored(walk.saved!))
    #expect(walk.title == "tally/default is replaced")
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("could not be told"))
    #expect(text.contains("usher replace tally --undo"))
  }

  @Test func `another setting counts as another account, also where nobody is asked`() {
    var options = Samples.options()
    options.skipsCheck = true
    let walk = Walk.replacing(
      Samples.tailscale, known: [Samples.organization: "corp.example"], options: options)
    walk.press(.enter, .control("u"))
    walk.type("other.com")
    walk.press(.enter)
    walk.paste(Samples.tailscaleToken)
    walk.press(.enter)
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Another account")
  }

  @Test(arguments: [Replacement.Purpose.replace, .edit(nil)])
  func `what is stored takes the place of the very version that was opened`(
    _ purpose: Replacement.Purpose
  ) throws {
    let walk = storing(purpose)
    let saved = try #require(walk.saved)
    #expect(saved.storeID == "cellar" && saved.id == "c0ffee" && saved.version == 3)
  }

  @Test func `what somebody else has changed meanwhile is not tried again, but begun again`() {
    let walk = storing(.edit(nil))
    walk.send(
      .notStored(
        .conflict(tally, why: "it has been changed since it was opened: it is version 4 now")))
    walk.wait(.seconds(1))
    #expect(walk.page.actions.map(\.label) == ["Leave"])
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("is version 4 now"))
    #expect(text.contains("Run the command again"))
    #expect(text.contains("What you typed is still here."))
    walk.press(.escape)
    #expect(walk.title == "Review")
  }

  /// To where Tally's key has been found good, and is being stored.
  private func storing(_ purpose: Replacement.Purpose) -> Walk {
    let isEdit = Replacement(of: Walk.facts(nil), purpose).isEdit
    let walk = Walk.replacing(
      Samples.tally, purpose, account: Walk.accepted().account,
      known: isEdit ? [Samples.apiKey: Samples.formerTallyKey] : [:])
    if isEdit { walk.press(.enter) } else { walk.press(.enter, .enter) }
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    return walk
  }
}
