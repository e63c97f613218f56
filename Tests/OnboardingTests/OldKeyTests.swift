import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// What becomes of the key that another one has taken the place of.
@Suite struct OldKeyTests {
  private let tally = ConnectionName(provider: "tally")!

  @Test func `the old key is left unless somebody wants it revoked`() {
    let walk = replaced(.request)
    #expect(walk.page.actions.map(\.label) == ["Leave it", "Revoke the old key"])
    #expect(walk.page.selectedAction == 0)
    #expect(
      walk.press(.enter) == .leave(.linked(walk.saved!), forgetting: nil))
  }

  @Test func `a key that is revoked ends the session, and it cannot be undone`() {
    let walk = replaced(.request)
    #expect(walk.press(.right, .enter) == .revokeFormer(tally))
    #expect(walk.title == "Revoking the old key")
    #expect(
      walk.send(.revoked(.revoked)) == .leave(.linked(walk.saved!), forgetting: nil))
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("has taken the old key back"))
    #expect(!text.contains("--undo"))
  }

  @Test func `a key that is not revoked is said with its reason, and what is stored stays so`() {
    let walk = replaced(.request)
    walk.press(.right, .enter)
    let diagnosis = Diagnosis(
      kind: .unreachable, sentence: "Tally could not be reached.", nextStep: "Open the page.")
    #expect(walk.send(.revoked(.failed(diagnosis))) == .none)
    #expect(walk.canvas.lines.joined().contains("Tally could not be reached."))
    #expect(walk.page.actions.map(\.label) == ["Leave it", "Try again"])
    #expect(walk.press(.right, .enter) == .revokeFormer(tally))
    #expect(walk.press(.escape) == .cancelRevocation)
    walk.resize(120, 60)
    let words = walk.canvas.lines.joined(separator: " ").split(separator: " ")
    let text = words.joined(separator: " ")
    #expect(text.contains("is not known") && text.contains("its key may be revoked"))
    #expect(!text.contains("The old key is still good"))
    #expect(walk.press(.control("c")) == .leave(.linked(walk.saved!), forgetting: nil))
  }

  @Test func `a page where a person revokes is shown, and nothing is asked`() {
    let walk = replaced(.page("https://tally.so/keys"))
    #expect(walk.page.actions.isEmpty)
    #expect(walk.canvas.lines.joined(separator: "\n").contains("https://tally.so/keys"))
  }

  @Test(arguments: [RevocationWay.request, .page("https://tally.so/keys")])
  func `where the store keeps no key that could be taken back alone nothing is said of one`(
    _ way: RevocationWay
  ) {
    let walk = replaced(way, leavesOldKey: false)
    #expect(walk.page.actions.isEmpty)
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(!text.contains("still good") && !text.contains("https://tally.so/keys"))
    #expect(text.contains("--undo brings it back"))
  }

  private func replaced(_ way: RevocationWay, leavesOldKey: Bool = true) -> Walk {
    let walk = Walk.replacing(
      Samples.tally, account: Walk.accepted().account, revocation: way)
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.stored(walk.saved!, leavesOldKey: leavesOldKey))
    walk.wait(.seconds(1))
    return walk
  }
}
