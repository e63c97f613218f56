import Basics
import Connections
import Drafts
import Onboarding
import Requests
import Secrets
import TerminalUI
import Testing

/// Names that are taken, replacing what is linked, presets and drafts.
@Suite struct NameTests {
  let tally = ConnectionName(provider: "tally")!

  // MARK: Names and replacing

  @Test func `another name keeps what is linked`() throws {
    var options = Samples.options()
    options.linked = [Samples.linked("tally")]
    let walk = Walk.through(Samples.tally, options: options)
    walk.press(.enter)
    walk.press(.control("u"))
    walk.type("default")
    walk.press(.enter)
    #expect(walk.said == ["tally/default is linked already."])
    walk.press(.control("u"))
    walk.type("work")
    walk.press(.enter, .enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    let name = try #require(ConnectionName(provider: "tally", name: "work"))
    #expect(
      walk.send(.checked(Walk.accepted(), Samples.now))
        == .save(name, fields: [Samples.apiKey], replacing: false, checked: .accepted))
  }

  @Test func `a name that was taken meanwhile is not overwritten without a word`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.notStored(.exists(tally)))
    #expect(walk.page.actions.map(\.label) == ["Use another name", "Replace it", "Leave"])
    #expect(
      walk.press(.right, .enter)
        == .save(tally, fields: [Samples.apiKey], replacing: true, checked: .accepted))
  }

  @Test func `a replacement of another account is not stored`() {
    var options = Samples.options()
    options.replaces = true
    let walk = Walk.toTheReview(options: options, replacing: "jane@example.com")
    walk.press(.enter)
    #expect(walk.send(.checked(Walk.accepted(by: "bob@example.com"), Samples.now)) == .none)
    #expect(walk.title == "Another account")
    #expect(walk.canvas.lines.contains { $0.contains("bob@example.com") })
    walk.press(.escape, .enter)
    #expect(
      walk.send(.checked(Walk.accepted(by: "jane@example.com"), Samples.now)) != .none)
  }

  @Test func `presets are filled in, and can be changed`() {
    var options = Samples.options()
    options.presets = [Samples.organization: "example.com"]
    let walk = Walk.through(Samples.tailscale, options: options)
    walk.press(.enter)
    #expect(walk.focused?.input == .text("example.com", caret: 11))
    walk.press(.backspace)
    #expect(walk.focused?.input == .text("example.co", caret: 10))
  }

  // MARK: Drafts

  @Test func `a finished step is kept, and a resumed session goes on with it`() {
    var options = Samples.options()
    options.keepsDrafts = true
    let walk = Walk.through(Samples.tailscale, options: options)
    walk.press(.enter)
    walk.type("example.com")
    let name = ConnectionName(provider: "tailscale-api-key")!
    #expect(walk.press(.enter) == .saveDraft(name, fields: [Samples.organization]))

    var kept = SecretValues()
    kept.set(Samples.organization, to: SecretBuffer("example.com"))
    let next = Walk(Wizard(Samples.opening(Samples.tailscale, kept: kept), options: options))
    #expect(next.page.actions.map(\.label) == ["Continue", "Start afresh"])
    next.press(.enter)
    #expect(next.title == "Generate an access token")
    next.press(.escape)
    #expect(next.focused?.input == .text("example.com", caret: 11))
  }

  @Test func `starting afresh forgets what was kept`() {
    var kept = SecretValues()
    kept.set(Samples.apiKey, to: SecretBuffer(Samples.tallyKey))
    let walk = Walk(
      Wizard(Samples.opening(Samples.tally, kept: kept), options: Samples.options()))
    walk.press(.right, .enter, .enter)
    #expect(walk.focused?.input == .masked(characters: 0, caret: 0))
  }

  @Test func `without drafts nothing is kept`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.type("example.com")
    #expect(walk.press(.enter) == .none)
  }
}
