import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import TerminalUI
import Testing

/// Values that are changed.
@Suite struct EditingTests {
  private static let values = [Samples.apiKey: Samples.tailscaleToken, Samples.organization: "-"]

  @Test func `an edit begins with everything as it is, and changes nothing by itself`() {
    let walk = Walk.replacing(Samples.tailscale, .edit(nil), known: Self.values)
    #expect(walk.title == "Review")
    #expect(walk.page.header.provider == "Edit tailscale-api-key/default")
    #expect(walk.page.actions.map(\.label) == ["Leave it as it is"])
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("looks complete"))
    #expect(!text.contains("abcdef"))
    #expect(walk.press(.escape) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `a field that is named is edited at once, checked, and noted`() throws {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), account: "u1", known: Self.values)
    #expect(walk.focused?.id == Samples.organization)
    walk.press(.control("u"))
    walk.type("example.com")
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Check and store"])
    #expect(walk.press(.enter) == .check(fields: [Samples.organization, Samples.apiKey]))
    walk.send(.checked(Walk.accepted(by: "u1"), Samples.now))
    let saved = try #require(walk.saved)
    #expect(saved.history.map(\.kind) == [.edited])
    #expect(saved.history.map(\.detail) == ["params.organization"])
    walk.send(.stored(saved))
    #expect(walk.title == "tailscale-api-key/default is changed")
  }

  @Test func `where a setting alone has changed the key is the same, and is not to be revoked`() {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), account: "u1", known: Self.values,
      revocation: .request)
    walk.press(.control("u"))
    walk.type("example.com")
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(by: "u1"), Samples.now))
    if let saved = walk.saved { walk.send(.stored(saved, leavesOldKey: true)) }
    #expect(walk.page.actions.isEmpty)
  }

  @Test func `what is typed or pasted over a hidden value takes its place`() throws {
    let walk = editing(Samples.tally)
    walk.press(.enter)
    #expect(walk.focused?.input == .masked(characters: 36, caret: 36))
    #expect(walk.canvas.lines.joined().contains("kept; type over it"))
    walk.paste("tly-new")
    #expect(walk.focused?.input == .masked(characters: 7, caret: 7))
    #expect(!walk.canvas.lines.joined().contains("kept; type over it"))
    walk.type("er")
    #expect(walk.focused?.input == .masked(characters: 9, caret: 9))
    for edit in [Key.character("x"), .backspace] {
      let other = editing(Samples.tally)
      other.press(.enter, edit)
      let left = edit == .backspace ? 0 : 1
      #expect(other.focused?.input == .masked(characters: left, caret: left))
    }
  }

  @Test func `a setting that is shown is changed where the caret stands`() {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), known: Self.values)
    walk.type("x")
    #expect(walk.focused?.input == .text("-x", caret: 2))
  }

  @Test(arguments: [Samples.tally, Samples.oneField])
  func `Enter on values that nobody touched leads to nothing that is asked or stored`(_ form: Form)
  {
    let walk = editing(form)
    #expect(walk.press(.enter, .enter) == .none)
    #expect(walk.title == "Review")
    #expect(walk.page.actions.map(\.label) == ["Leave it as it is"])
    #expect(walk.press(.down, .down, .enter) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `a value that was given again as it was is no change`() {
    let walk = editing(Samples.oneField)
    walk.press(.enter)
    walk.paste(Samples.formerTallyKey)
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Leave it as it is"])
  }

  @Test func `the review says what is another than before`() {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), known: Self.values)
    walk.press(.control("u"))
    walk.type("example.com")
    walk.press(.enter)
    let changed = walk.canvas.lines.filter { $0.contains("changed") }
    #expect(changed.count == 1 && changed[0].contains("Organization"))
  }

  private func editing(_ form: Form) -> Walk {
    Walk.replacing(
      form, .edit(nil), account: "jane", known: [Samples.apiKey: Samples.formerTallyKey])
  }
}
