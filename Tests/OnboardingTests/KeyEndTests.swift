import Basics
import Connections
import Onboarding
import ProviderFormat
import Requests
import TerminalUI
import Testing

/// When a key ends, where a person has to say it.
@Suite struct KeyEndTests {
  @Test func `when a key ends is asked on the review alone, and kept with it`() {
    let walk = Walk.toTheReview()
    walk.press(.up, .up)
    #expect(walk.canvas.lines.joined(separator: "\n").contains("not known · Enter says when"))
    walk.press(.enter)
    #expect(walk.title == "When does it end?")
    walk.type("soon")
    walk.press(.enter)
    #expect(walk.said.joined().contains("90d"))
    walk.press(.control("u"))
    walk.type("90d")
    walk.press(.enter)
    #expect(walk.title == "Review")
    walk.press(.enter)
    walk.send(.checked(Walk.acceptedWithoutEnd, Samples.now))
    let left = (walk.saved?.chosenEnd?.secondsSinceEpoch ?? 0) - Samples.now.secondsSinceEpoch
    #expect((90 * 86_400..<90 * 86_400 + 60).contains(left))
  }

  @Test func `back out of that question changes nothing`() {
    let walk = Walk.toTheReview()
    walk.press(.up, .up, .enter)
    walk.type("90d")
    walk.press(.escape)
    #expect(walk.title == "Review")
    #expect(walk.canvas.lines.joined().contains("not known"))
  }

  @Test func `a pasted key is not shown as a date`() {
    let walk = Walk.toTheReview()
    walk.press(.up, .up, .enter)
    walk.paste(Samples.tallyKey)
    #expect(walk.said.joined().contains("looks like a secret"))
    #expect(!walk.canvas.lines.joined().contains("abcdef"))
  }

  @Test func `a provider that tells the end itself is not asked about`() {
    var form = Samples.tally
    var answer = UsherExtension.Answer(means: .accepted)
    answer.read = [UsherExtension.FactPath(fact: .expires, path: "expires")]
    form.provider.usher.check[0].answers = [answer]
    let walk = Walk.through(form)
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    #expect(!walk.canvas.lines.joined().contains("Ends"))
  }

  @Test func `an end alone is stored without asking anybody, and the old end goes on with an edit`()
    throws
  {
    let walk = Walk.replacing(
      Samples.tally, .edit(nil), account: "jane", known: [Samples.apiKey: Samples.tallyKey])
    walk.press(.down, .enter)
    walk.type("2027-03-01")
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Store"])
    guard case .save = walk.press(.enter) else {
      Issue.record("not saved: \(walk.title)")
      return
    }
    let saved = try #require(walk.saved)
    #expect(saved.chosenEnd?.day == "2027-03-01")
    #expect(saved.diagnosis?.account == "jane")
    #expect(walk.keptToken)
    walk.send(.stored(saved, leavesOldKey: true))
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("The end is changed."))
    #expect(!text.contains("accepts"))
  }
}
