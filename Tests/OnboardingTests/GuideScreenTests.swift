import GuideText
import Onboarding
import ProviderFormat
import TerminalUI
import Testing

/// The hardest constructs of a guide, read from files, drawn in three sizes. Read the differences as a designer would.
@Suite struct GuideScreenTests {
  private func snap(_ walk: Walk, _ name: String) {
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
      walk.resize(columns, rows)
      expectScreen(walk.canvas, "\(name)-\(columns)x\(rows)")
    }
    walk.resize(80, 24)
  }

  private func harbour(step: Int) -> Walk {
    let walk = Walk.through(Fixtures.harbour)
    walk.press(.enter)
    guard step > 1 else { return walk }
    walk.press(.enter)
    guard step > 2 else { return walk }
    walk.type("eu-west")
    walk.press(.enter, .enter)
    return walk
  }

  @Test func `lists in lists, a call-out with code, a table, a quote`() {
    let walk = harbour(step: 1)
    snap(walk, "hard")
    walk.press(.pageDown)
    snap(walk, "hard-second")
    walk.press(.pageDown)
    snap(walk, "hard-third")
    walk.press(.end)
    snap(walk, "hard-end")
  }

  @Test func `an input between a long prefix and suffix, and a choice that need not be made`() {
    let walk = harbour(step: 2)
    snap(walk, "decorated")
    walk.press(.enter)
    snap(walk, "decorated-missing")
    walk.type("eu")
    walk.press(.enter)
    snap(walk, "choice-none")
  }

  @Test func `code that is wider than the window, moved, and whole`() {
    let walk = harbour(step: 3)
    snap(walk, "code")
    walk.press(.shiftRight)
    expectScreen(walk.canvas, "code-moved-80x24")
    walk.press(.control("l"), .character("1"))
    snap(walk, "code-sheet")
  }

  @Test func `a search that has found something, and one that has not`() {
    let walk = harbour(step: 3)
    walk.press(.control("f"))
    snap(walk, "find")
    walk.type("key")
    snap(walk, "find-first")
    walk.press(.down, .down)
    snap(walk, "find-third")
    walk.type("hole")
    snap(walk, "find-nothing")
  }

  @Test func `a provider that needs a browser`() {
    let walk = Walk(Wizard(Fixtures.depot, options: Samples.options()))
    snap(walk, "browser")
    walk.press(.right, .enter, .enter)
    snap(walk, "browser-last")
  }

  @Test func `six fields on one step`() {
    var form = Fixtures.form([.paragraph([.text("All of them are in the settings.")])])
    let help =
      "A description that takes more than one line in a narrow window, with [a link](https://example.com/x) in it."
    form.fields = (1...6).map { number in
      FormField(
        field: Field(id: Field.ID(.connectionConfig, "f\(number)"), title: "", description: help),
        order: number, label: "Field \(number)", placeholder: "value-\(number)", isMasked: false,
        step: 0)
    }
    let walk = Walk.through(form)
    walk.press(.enter)
    walk.type("one")
    walk.press(.enter)
    snap(walk, "six")
    walk.press(.pageDown)
    expectScreen(
      PageLayout.canvas(walk.page, in: Size(columns: 80, rows: 24)), "six-second-80x24")
    walk.resize(40, 12)
    walk.press(.end)
    expectScreen(walk.canvas, "six-help-40x12")
  }
}
