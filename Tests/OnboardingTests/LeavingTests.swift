import Basics
import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// Out of the wizard, on purpose and by accident.
@Suite struct LeavingTests {
  @Test func `nothing typed, nothing asked`() {
    let walk = Walk.through(Samples.tally)
    #expect(walk.press(.control("c")) == .leave(.left(after: nil), forgetting: nil))
    let other = Walk.through(Samples.tally)
    #expect(other.press(.escape) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `typed values are not thrown away without a question`() {
    let walk = Walk.toTheReview()
    #expect(walk.press(.control("c")) == .none)
    #expect(walk.title == "Leave without storing?")
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Review")
    walk.press(.control("c"))
    #expect(walk.press(.right, .enter) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `a second Ctrl-C means it`() {
    let walk = Walk.toTheReview()
    walk.press(.control("c"))
    #expect(walk.press(.control("c")) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `staying comes back to the same field and the same text`() {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .enter)
    walk.type("tly")
    let before = walk.page
    walk.press(.control("c"), .escape)
    #expect(walk.page == before)
  }

  @Test func `leaving ends a running check first`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    #expect(walk.press(.control("c")) == .cancelCheck)
    #expect(walk.title == "Leave without storing?")
    #expect(walk.send(.checked(Walk.accepted(), Samples.now)) == .none)
    #expect(walk.title == "Leave without storing?")
  }

  @Test func `leaving after a refusal says so to scripts`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.answer(.refused)
    walk.press(.right, .right, .enter)
    guard case .leave(let outcome, _) = walk.press(.right, .enter) else {
      Issue.record("still there")
      return
    }
    #expect(outcome.exitCode == .refused)
  }

  @Test func `exit codes of every ending`() {
    #expect(Outcome.left(after: nil).exitCode == .left)
    let busy = Diagnosis(kind: .busy, sentence: "")
    #expect(Outcome.left(after: busy).exitCode == .notAsked)
    #expect(Outcome.interrupted(signal: 15).exitCode == .interrupted)
    #expect(Outcome.linked(Walk.facts(nil)).exitCode == .done)
    let name = ConnectionName(provider: "tally")!
    #expect(Outcome.failed(.exists(name)).exitCode == .usage)
    #expect(Outcome.failed(.damaged(name, why: "")).exitCode == .storeFailed)
  }

  @Test func `kept drafts are said, and can be forgotten`() {
    var options = Samples.options()
    options.keepsDrafts = true
    let walk = Walk.toTheReview(options: options)
    walk.press(.control("c"))
    #expect(walk.page.actions.map(\.label) == ["Stay", "Leave", "Leave and forget"])
    let name = ConnectionName(provider: "tally")
    #expect(
      walk.press(.right, .right, .enter) == .leave(.left(after: nil), forgetting: name))
  }

  @Test func `what is stored ends the session without a key`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    let facts = Walk.facts(Walk.accepted())
    #expect(walk.send(.stored(facts)) == .leave(.linked(facts), forgetting: nil))
  }
}
