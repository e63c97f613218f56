import Basics
import Connections
import Drafts
import Onboarding
import Projects
import Requests
import Secrets
import TerminalUI
import Testing

/// Setting a project up: the list, what is linked from it, and the way back.
@Suite struct SetupTests {
  private func name(_ provider: String, _ name: String = "default") -> ConnectionName {
    ConnectionName(provider: provider, name: name)!
  }

  private func options() -> WizardOptions {
    var options = Samples.options()
    options.keepsDrafts = true
    return options
  }

  private func walk(_ linked: String...) throws -> Walk {
    let survey = try Needs.survey(linked: linked)
    return Walk(Wizard(settingUp: survey, options: options()))
  }

  @Test func `Enter links what is missing, one after the other, and comes back each time`() throws {
    let walk = try walk()
    #expect(walk.page.header.position == "0 of 5 linked")
    #expect(walk.page.actions.map(\.label) == ["Link the 4 that are missing"])
    #expect(walk.press(.enter) == .openDeclared(name("tally")))
    walk.send(.opened(Samples.opening(Samples.oneField)))
    walk.paste(Samples.tallyKey)
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
    walk.send(.checked(Walk.accepted(), Samples.now))
    #expect(walk.send(.stored(Walk.facts(Walk.accepted()))) == .survey)
    #expect(walk.title == "Tally is linked")
    #expect(walk.page.items.contains(.paragraph("Next is Tally/work, and 2 more after it.")))
    walk.send(.surveyed(try Needs.survey(linked: ["tally/default"])))
    #expect(walk.title == "Tally is linked")
    #expect(walk.press(.enter) == .none)
    #expect(walk.page.header.position == "1 of 5 linked")
    #expect(walk.page.actions.map(\.label) == ["Link the 3 that are missing"])
    #expect(walk.press(.enter) == .openDeclared(name("tally", "work")))
  }

  @Test func `when all that is required is linked, Enter ends it well`() throws {
    let walk = try walk("tally/default", "tally/work", "tailscale-api-key/default", "depot/default")
    #expect(walk.page.actions.map(\.label) == ["Finish"])
    #expect(walk.press(.enter) == .leave(.setUp(.complete), forgetting: nil))
  }

  @Test func `what is optional comes last where it is wanted, too`() throws {
    let required = ["tally/default", "tally/work", "tailscale-api-key/default", "depot/default"]
    let walk = Walk(
      Wizard(
        settingUp: try Needs.survey(linked: required), asksForOptional: true, options: options()))
    #expect(walk.page.actions.map(\.label) == ["Link the optional one"])
    #expect(walk.press(.enter) == .openDeclared(name("mail")))
    let all = Walk(
      Wizard(
        settingUp: try Needs.survey(linked: required + ["mail/default"]), asksForOptional: true,
        options: options()))
    #expect(all.page.actions.map(\.label) == ["Finish"])
  }

  @Test func `the first page of a connection says which it is, and what for`() throws {
    let walk = try walk()
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.oneField)))
    #expect(walk.page.items.first == .paragraph("Connection 1 of 5: reads the sign-up form"))
    walk.press(.escape, .down, .down)
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.tally, name: "work")))
    #expect(
      walk.page.items.first == .paragraph("Connection 2 of 5: the same form of the other team"))
    walk.press(.enter)
    #expect(!walk.canvas.lines.joined().contains("Connection 2 of 5"))
  }

  @Test func `what somebody else has linked meanwhile leads back to the list, or is replaced`()
    throws
  {
    let walk = try walk()
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.oneField)))
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.notStored(.exists(name("tally"))))
    #expect(walk.page.actions.map(\.label) == ["Back to the list", "Replace it"])
    #expect(walk.press(.enter) == .survey)
    walk.send(.surveyed(try Needs.survey(linked: ["tally/default"])))
    #expect(walk.page.header.position == "1 of 5 linked")
    #expect(walk.press(.enter) == .openDeclared(name("tally", "work")))
  }

  @Test func `Home and End go to the first row and to the action`() throws {
    let walk = try walk()
    walk.press(.home)
    #expect(walk.press(.enter) == .openDeclared(name("tally")))
    walk.send(.notOpened(Explanation(what: "no provider tally")))
    walk.press(.end)
    #expect(walk.page.selectedAction == 0)
  }

  @Test func `an optional one is linked from its row`() throws {
    let walk = try walk("tally/default", "tally/work", "tailscale-api-key/default", "depot/default")
    walk.press(.up)
    #expect(walk.press(.enter) == .openDeclared(name("mail")))
  }

  @Test func `what is linked and good is not asked for again`() throws {
    let walk = try walk("tally/default")
    walk.press(.down)
    #expect(walk.press(.enter) == .none)
    #expect(walk.said == ["tally/default is linked already, and nothing speaks against it."])
  }

  @Test func `back from a connection seals what was typed, and another can be opened at once`()
    throws
  {
    let walk = try walk()
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.oneField)))
    walk.paste(Samples.tallyKey)
    let left = walk.press(.escape)
    #expect(left == .saveDraft(name("tally"), fields: [Samples.apiKey]))
    #expect(walk.title == "What usher.yaml needs")
    walk.press(.down, .down)
    #expect(walk.press(.enter) == .openDeclared(name("tally", "work")))
    // The one that was left is still there as long as no other is.
    walk.press(.up)
    #expect(walk.press(.enter) == .none)
    #expect(walk.focused?.input == .masked(characters: 36, caret: 36))
  }

  @Test func `leaving says how the project is`() throws {
    let walk = try walk()
    #expect(walk.press(.escape) == .leave(.setUp(.open), forgetting: nil))
    #expect(Outcome.setUp(.open).exitCode == .left)
    #expect(Outcome.setUp(.complete).exitCode == .done)
    #expect(Outcome.setUp(.sealed).exitCode == .storeFailed)
  }

  @Test func `leaving in the middle asks, and says that what was linked stays`() throws {
    let walk = try walk("tally/default")
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.oneField, name: "work")))
    walk.paste(Samples.tallyKey)
    walk.press(.control("c"))
    #expect(walk.title == "Leave without storing?")
    #expect(
      walk.page.items.contains(
        .paragraph(
          "This one has not been stored; those that were linked stay. "
            + "Values of finished steps are kept, sealed, until next time.")))
    #expect(walk.press(.right, .enter) == .leave(.setUp(.open), forgetting: nil))
  }

  @Test func `the file's name is kept`() throws {
    let walk = try walk()
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.tally)))
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .up, .enter)
    #expect(walk.title == "Review")
    #expect(
      walk.said == ["The project's file calls it tally/default: another name is not looked for."])
  }

  @Test func `what cannot be opened is said on the list`() throws {
    let walk = try walk()
    walk.press(.enter)
    walk.send(.notOpened(Explanation(what: "no provider tally", why: "there is no guide")))
    #expect(walk.title == "What usher.yaml needs")
    #expect(walk.said == ["No provider tally: there is no guide."])
  }

  @Test func `a connection that is to give way is opened with what holds for it alone`() throws {
    let walk = Walk(
      Wizard(settingUp: try Needs.survey(refused: "tally/default"), options: options()))
    #expect(walk.page.actions.map(\.label) == ["Link the 4 that need it"])
    walk.press(.enter)
    var terms = options()
    terms.linked = [Samples.linked("tally")]
    terms.replaces = true
    var opening = Samples.opening(Samples.oneField)
    opening.replace(accountOf: "Jane Doe, jane@example.com")
    opening.terms = terms
    walk.send(.opened(opening))
    #expect(walk.title == "Replace tally/default")
    walk.press(.enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    let saved = walk.send(.checked(Walk.accepted(), Samples.now))
    #expect(
      saved
        == .save(name("tally"), fields: [Samples.apiKey], replacing: true, checked: .accepted))
  }
}
