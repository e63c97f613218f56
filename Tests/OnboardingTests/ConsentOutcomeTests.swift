import Basics
import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// What comes of an answer that was given.
@Suite struct ConsentOutcomeTests {
  private func quay() -> Walk { .toTheConsent() }

  @Test func `a refused code leads to a new address`() {
    let walk = quay()
    let question = walk.question
    walk.paste(Links.answer(to: question))
    walk.press(.enter)
    #expect(walk.refused(.refused) == .none)
    #expect(walk.title == "Not linked")
    #expect(
      walk.page.actions.map(\.label) == [
        "Open a new address", "Change the rights", "Use another application", "Leave",
      ])
    #expect(walk.press(.enter) == .listen(at: "http://127.0.0.1:8976/callback"))
    #expect(walk.question != question)
  }

  @Test func `leaving after a refusal says so to scripts`() {
    let walk = quay()
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    _ = walk.refused(.refused)
    guard case .leave(let outcome, _) = walk.press(.control("c")) else {
      Issue.record("did not leave")
      return
    }
    #expect(outcome.exitCode == .refused)
  }

  @Test func `redeeming can be cancelled, and nothing else is lost`() {
    let walk = quay()
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    walk.send(.link(.asking(CheckProgress(host: "quay.example", request: 1))))
    #expect(walk.canvas.lines.joined().contains("quay.example"))
    #expect(walk.press(.escape) == .cancelLink)
    #expect(walk.title == "Which rights shall Quay give?")
    #expect(walk.answered(.linked(Links.account())) == .none)
    #expect(walk.press(.enter) == .listen(at: "http://127.0.0.1:8976/callback"))
  }

  @Test func `what the provider did not grant is said, and whether it renews itself`() {
    let walk = quay()
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    walk.answered(.linked(Links.account(scopes: ["read"], refreshes: false)))
    walk.send(.stored(walk.saved!))
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("1 right was asked for and not given: offline_access"))
    #expect(text.contains("has to be linked again"))
    #expect(text.contains("jane@example.com"))
  }

  @Test func `an account that is not the one to be replaced is stored only after a word`() {
    let walk = Walk.toTheConsent(
      replacing: "joe@example.com", Links.options { $0.replaces = true })
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    #expect(walk.answered(.linked(Links.account())) == .none)
    #expect(walk.title == "Another account")
    #expect(walk.canvas.lines.joined().contains("joe@example.com"))
    #expect(
      walk.page.actions.map(\.label) == ["Open a new address", "Replace it all the same", "Leave"])
    guard case .save(_, _, let replacing, _) = walk.press(.right, .enter) else {
      Issue.record("not saved: \(walk.title)")
      return
    }
    #expect(replacing && walk.savedToken)
  }

  @Test func `a store that fails can be tried again with what was given`() {
    let walk = quay()
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    walk.answered(.linked(Links.account()))
    walk.send(.notStored(.exists(ConnectionName(provider: "quay")!)))
    #expect(
      walk.page.actions.map(\.label) == ["Use another name", "Replace it", "Leave"])
    walk.press(.enter)
    walk.type("x")
    guard case .save(let name, _, let replacing, _) = walk.press(.enter) else {
      Issue.record("not saved: \(walk.title)")
      return
    }
    #expect(name.name == "2x")
    #expect(!replacing)
    #expect(walk.savedToken)
    // Whoever leaves now is asked.
    walk.send(.notStored(.failed(Explanation(what: "the disk is full"))))
    walk.press(.control("c"))
    #expect(walk.title == "Leave without storing?")
  }
}
