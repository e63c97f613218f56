import Basics
import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// What the pages of a replacement and of an edit say, and where they lead.
@Suite struct ReplacementPageTests {
  private func moment(days: Int64) -> Timestamp {
    Timestamp(secondsSinceEpoch: Samples.now.secondsSinceEpoch + days * 86_400 + 1800)
  }

  @Test func `back from the one page leads to the page that came before it`() {
    let walk = Walk.replacing(Samples.oneField)
    #expect(walk.title == "Replace tally/default")
    walk.press(.enter)
    #expect(walk.title == "A new value for tally/default")
    #expect(walk.page.keys.contains { $0.meaning == "back" })
    walk.press(.escape)
    #expect(walk.title == "Replace tally/default")
    #expect(walk.press(.escape) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `of two ends the first one is shown before the values are replaced`() throws {
    var opening = Samples.replacement(of: Samples.oneField)
    opening.replacement?.facts.diagnosis?.expires = moment(days: 40)
    opening.replacement?.facts.chosenEnd = moment(days: 9)
    let walk = Walk(Wizard(opening, options: Samples.options()))
    let page = walk.canvas.lines.joined(separator: "\n")
    #expect(page.contains("in 9 days") && !page.contains("in 40 days"), "\(page)")
  }

  @Test func `a kept value is said to be kept in a small window, too`() {
    let walk = Walk.replacing(
      Samples.oneField, .edit(nil), account: "jane@example.com",
      known: [Samples.apiKey: Samples.tallyKey])
    walk.press(.enter)
    walk.resize(40, 12)
    let page = walk.canvas.lines.joined(separator: "\n")
    #expect(page.contains("36 characters · kept; type over it"), "\(page)")
  }

  @Test func `what Enter does on the one page of an edit is said as a change`() {
    let walk = Walk.replacing(
      Samples.oneField, .edit(nil), account: "jane@example.com",
      known: [Samples.apiKey: Samples.tallyKey])
    walk.press(.enter)
    #expect(walk.page.commitment?.deed == "review tally/default, still unchanged,")
    walk.paste("tly-another-EXAMPLE-0123456789abcdef")
    #expect(walk.page.commitment?.deed.hasSuffix("change tally/default") == true)
  }
}
