import GuideText
import Onboarding
import TerminalUI
import Testing

/// Searching in the guide.
@Suite struct FindingTests {
  private func guide() -> Walk {
    let filler = (1...40).map { Block.paragraph([.text("Filler \($0).")]) }
    let walk = Walk.through(
      Fixtures.form([
        ("First", [.paragraph([.text("Open the Settings.")])]),
        (
          "Second",
          filler + [
            .paragraph([
              .text("Under "), .strong([.text("set")]), .code("tings"), .text(" press it."),
            ])
          ]
        ),
        ("Third", [.code(language: nil, text: String(repeating: "-", count: 150) + " settings")]),
      ]))
    walk.press(.enter)
    return walk
  }

  private func styles(_ style: Style, in walk: Walk) -> String {
    let canvas = walk.canvas
    var text = ""
    for row in 0..<canvas.size.rows {
      for column in 0..<canvas.size.columns where canvas[column, row].style == style {
        text.unicodeScalars.append(canvas[column, row].base)
      }
    }
    return text
  }

  @Test func `finds as one types, whatever the case, and marks what it found`() {
    let walk = guide()
    walk.press(.character("/"))
    walk.type("SETT")
    #expect(walk.focused?.status == ["1 of 3 · Step 1 of 3"])
    #expect(styles(.foundHere, in: walk) == "Sett")
  }

  @Test func `marks what it found behind an accent that stands alone`() {
    let blocks: [Block] = [.paragraph([.strong([.text("Cafe")]), .text("\u{301} settings")])]
    let walk = Walk.through(Fixtures.form([("First", blocks), ("Second", [])]))
    walk.press(.enter)
    walk.press(.character("/"))
    walk.type("settings")
    #expect(styles(.foundHere, in: walk) == "settings")
  }

  @Test func `goes from step to step, around the end, and back`() {
    let walk = guide()
    walk.press(.character("/"))
    walk.type("settings")
    walk.press(.enter)
    #expect(walk.title == "Second")
    #expect(walk.canvas.lines.contains { $0.contains("press it") })
    #expect(styles(.foundHere, in: walk) == "settings")
    walk.press(.down)
    #expect(walk.title == "Third")
    walk.press(.enter)
    #expect(walk.title == "First")
    walk.press(.up)
    #expect(walk.title == "Third")
  }

  @Test func `what is found far to the right of code is in view`() {
    let walk = guide()
    walk.press(.character("/"))
    walk.type("settings")
    walk.press(.up)
    #expect(styles(.foundHere, in: walk) == "settings")
  }

  @Test func `Esc leads back to where the search began, Tab stays`() {
    let walk = guide()
    let start = walk.canvas
    walk.press(.character("/"))
    walk.type("press it")
    #expect(walk.title == "Second")
    walk.press(.escape)
    #expect(walk.canvas == start)
    walk.press(.character("/"))
    walk.type("press it")
    let line = walk.canvas.lines.first { $0.contains("press it") }
    walk.press(.tab)
    #expect(walk.title == "Second")
    #expect(walk.canvas.lines.contains { $0 == line })
    #expect(styles(.found, in: walk).isEmpty)
  }

  @Test func `what is not there is said, and the page goes back`() {
    let walk = guide()
    walk.press(.character("/"))
    walk.type("press it")
    walk.type("!!")
    #expect(walk.focused?.status == ["not found in all 3 steps"])
    #expect(walk.title == "First")
    #expect(walk.press(.enter) == .none)
  }

  @Test func `a value that was typed survives a search, and nothing of the search gets into it`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.type("example.com")
    walk.press(.control("f"))
    walk.type("token")
    walk.press(.enter, .tab)
    #expect(walk.title == "Generate an access token")
    #expect(walk.focused?.isEmpty == true)
    walk.press(.escape)
    #expect(walk.focused?.input == .text("example.com", caret: 11))
  }

  @Test func `leaving asks during a search as it does otherwise`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.type("example.com")
    walk.press(.control("f"))
    walk.type("token")
    walk.press(.control("c"))
    #expect(walk.title == "Leave without storing?")
  }

  @Test func `F1 explains the keys during a search, which goes on behind it`() {
    let walk = guide()
    walk.press(.control("f"))
    walk.type("a")
    let search = walk.page
    walk.press(.function(1))
    #expect(walk.title == "Help")
    walk.resize(60, 20)
    #expect(walk.title == "Help")
    walk.resize(80, 24)
    walk.press(.escape)
    #expect(walk.page == search)
  }

  @Test func `a slash in a field is a slash`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.type("a/b")
    #expect(walk.focused?.input == .text("a/b", caret: 3))
  }

  @Test func `what is marked is what stands there, in every window`() {
    let walk = Walk.through(Fixtures.harbour)
    walk.press(.enter, .character("/"))
    for text in ["files:read", "usher-on-the-build-server", "rights", "another workspace"] {
      walk.press(.control("u"))
      walk.type(text)
      for columns in [40, 57, 80, 120] {
        walk.resize(columns, 20)
        let marked = styles(.foundHere, in: walk).filter { $0 != " " }.lowercased()
        #expect(marked == text.filter { $0 != " " }, "\(columns)")
      }
    }
  }
}
