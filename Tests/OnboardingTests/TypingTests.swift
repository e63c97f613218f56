import Basics
import GuideText
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// Typing and pasting values: what is seen, and what never is.
@Suite struct TypingTests {
  private func atTheKey() -> Walk {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .enter)
    return walk
  }

  /// Cells that differ between two canvases, style included.
  private func changes(_ before: Canvas, _ after: Canvas) -> Int {
    var count = 0
    for row in 0..<before.size.rows {
      for column in 0..<before.size.columns
      where before[column, row] != after[column, row] { count += 1 }
    }
    return count
  }

  private func shows(_ canvas: Canvas, _ text: String) -> Bool {
    canvas.lines.contains { $0.contains(text) }
  }

  // MARK: What never is seen

  @Test func `no screen ever shows a typed secret, or a longer part of it than its ends`() {
    let walk = atTheKey()
    var seen: [Canvas] = []
    for scalar in Samples.tallyKey.unicodeScalars {
      walk.press(.character(scalar))
      seen.append(walk.canvas)
    }
    walk.press(.control("r"))
    seen.append(walk.canvas)
    for keys in [[Key.enter], [.up], [.enter], [.enter], [.enter]] {
      for key in keys { walk.press(key) }
      seen.append(walk.canvas)
    }
    walk.send(.checked(Walk.accepted(), Samples.now))
    seen.append(walk.canvas)
    walk.send(.stored(Walk.facts(Walk.accepted())))
    seen.append(walk.canvas)
    let secret = Array(Samples.tallyKey.dropFirst(4))
    for start in 0...(secret.count - 5) {
      let part = String(secret[start..<start + 5])
      #expect(!seen.contains { shows($0, part) }, "\(start)")
    }
  }

  @Test func `typing by hand does not show one last character after another`() {
    let walk = atTheKey()
    for scalar in Samples.tallyKey.unicodeScalars {
      walk.press(.character(scalar))
      #expect(!walk.page.fields[0].status.contains { $0.hasPrefix("ends") })
    }
    walk.press(.tab)
    #expect(walk.page.fields[0].status.contains("ends LE"))
  }

  @Test func `a page holds no secret either`() {
    let walk = atTheKey()
    walk.paste(Samples.tallyKey)
    let description = String(reflecting: walk.page)
    #expect(!description.contains("abcdefgh"))
  }

  @Test func `a secret pasted into a plain field is not shown there`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.paste(Samples.tailscaleToken)
    #expect(!shows(walk.canvas, "abcdefgh"))
  }

  @Test func `a paste that is too long for a search is not shown`() {
    let walk = Walk.fromTheIndex()
    walk.paste(String(repeating: "secret", count: 20))
    #expect(!shows(walk.canvas, "secretsecret"))
    #expect(walk.said.first?.contains("too long") == true)
  }

  @Test func `revealed ends go after ten seconds, and with the next key`() {
    let walk = atTheKey()
    walk.paste(Samples.tallyKey)
    walk.press(.control("r"))
    #expect(shows(walk.canvas, "tly- … MPLE"))
    #expect(walk.deadline == walk.now + .seconds(10))
    walk.wait(.seconds(9))
    #expect(shows(walk.canvas, "tly- … MPLE"))
    walk.wait(.seconds(1))
    #expect(!shows(walk.canvas, "MPLE"))
    #expect(walk.deadline == nil)
    walk.press(.control("r"), .character("x"))
    #expect(!shows(walk.canvas, "MPLE"))
  }

  // MARK: What changes

  @Test func `a key typed under the mask changes a handful of cells`() {
    let walk = atTheKey()
    walk.type("tly-a")
    for count in 6...35 {
      let before = walk.canvas
      walk.press(.character("b"))
      // One dot and the count; what stands behind the count moves where that gets a digit more.
      if count != 10 { #expect(changes(before, walk.canvas) <= 3, "\(count)") }
    }
  }

  @Test func `a key typed under the mask changes no colour`() {
    let walk = atTheKey()
    walk.type("tly-a")
    let before = walk.canvas
    walk.press(.character("b"))
    let after = walk.canvas
    let input: [Style] = [.field, .fieldFocused]
    for row in 0..<after.size.rows {
      for column in after.changedColumns(ofRow: row, since: before) ?? 0..<0 {
        #expect(input.contains(after[column, row].style), "\(column), \(row)")
      }
    }
  }

  @Test func `what is kept of one screen changes nothing on the next`() {
    let walk = atTheKey()
    let keys: [Key] = [
      .character("b"), .control("r"), .character("c"), .left, .backspace, .control("r"),
      .function(1), .escape, .pageDown, .control("u"), .tab, .up, .enter, .escape, .escape,
    ]
    walk.paste(Samples.tallyKey)
    for key in keys {
      walk.press(key)
      let (kept, fresh) = (walk.keptCanvas, walk.canvas)
      #expect(kept == fresh, "\(key)")
    }
    for size in [(100, 30), (40, 10), (20, 5), (40, 10), (80, 24)] {
      walk.resize(size.0, size.1)
      let (kept, fresh) = (walk.keptCanvas, walk.canvas)
      #expect(kept == fresh, "\(size)")
    }
  }

  @Test func `a full row of dots keeps still`() {
    let walk = atTheKey()
    walk.type(String(repeating: "x", count: 80))
    let before = walk.canvas
    walk.press(.character("x"))
    #expect(changes(before, walk.canvas) == 1)
    #expect(before.cursor == walk.canvas.cursor)
  }

  @Test func `nothing is cut without a word`() {
    let walk = atTheKey()
    walk.paste(String(repeating: "x", count: SecretBuffer.lineCapacity - 2))
    walk.paste("abc")
    #expect(
      walk.said.first == "A value has room for 64 KiB. This would be more; nothing was added.")
    #expect(
      walk.focused?.input
        == .masked(
          characters: SecretBuffer.lineCapacity - 2, caret: SecretBuffer.lineCapacity - 2))
    walk.paste("", isCut: true)
    #expect(walk.said.first?.contains("Nothing of it was used") == true)
  }

  @Test func `what a paste was mended of is said`() {
    let walk = atTheKey()
    walk.paste("  Bearer \(Samples.tallyKey)\n")
    #expect(!walk.said.isEmpty)
    #expect(walk.focused?.input == .masked(characters: 36, caret: 36))
    #expect(walk.focused?.status.contains("looks complete") == true)
  }

  // MARK: The guard

  @Test func `keys right after a paste type, and activate nothing`() {
    let walk = atTheKey()
    walk.paste(Samples.tallyKey)
    walk.pause = .milliseconds(5)
    for key in [Key.enter, .escape, .control("c"), .function(1), .tab, .control("o")] {
      #expect(walk.press(key) == .none)
      #expect(walk.title == "Enter the key")
    }
    walk.press(.character("x"))
    #expect(walk.focused?.input == .masked(characters: 37, caret: 37))
    // A whole tail of keys counts as one: the quiet time begins again with each.
    for _ in 0..<100 { walk.press(.enter) }
    #expect(walk.title == "Enter the key")
  }

  @Test func `a person's Enter after a paste is heard`() {
    let walk = atTheKey()
    walk.paste(Samples.tallyKey)
    walk.pause = .milliseconds(151)
    walk.press(.enter)
    #expect(walk.title == "Review")
  }

  // MARK: Keys

  @Test func `the caret moves and erases as in a shell`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.type("one two")
    walk.press(.control("w"))
    #expect(walk.focused?.input == .text("one ", caret: 4))
    walk.press(.home, .delete)
    #expect(walk.focused?.input == .text("ne ", caret: 0))
    walk.press(.right, .control("k"))
    #expect(walk.focused?.input == .text("n", caret: 1))
    walk.press(.control("u"))
    #expect(walk.focused?.input == .text("", caret: 0))
  }

  @Test func `digits and question marks are text in a field, and commands outside`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    walk.type("1?")
    #expect(walk.focused?.input == .text("1?", caret: 2))
    walk.press(.tab)
    #expect(
      walk.press(.character("1"))
        == .copy("https://login.tailscale.com/admin/settings/general"))
    walk.press(.escape, .character("?"))
    #expect(walk.title == "Help")
  }

  @Test func `links in a field by Alt or by Ctrl-L`() {
    let walk = Walk.through(Samples.tailscale)
    walk.press(.enter)
    #expect(
      walk.press(.alt("1")) == .copy("https://login.tailscale.com/admin/settings/general"))
    walk.press(.escape)
    #expect(walk.press(.control("l")) == .none)
    #expect(walk.press(.character("2")) == .copy("https://guides.example/general.png"))
    walk.press(.escape)
    #expect(walk.press(.control("l"), .escape) == .none)
    #expect(walk.title == "Find your organization")
    #expect(walk.focused?.input == .text("", caret: 0))
  }

  @Test func `a number of two digits waits for its second`() {
    let links = (1...12).map { number in
      Block.paragraph([.link([.text("page")], url: "https://example.com/\(number)")])
    }
    var form = Samples.tally
    form.guide?.steps[0].blocks = links
    let walk = Walk.through(form)
    walk.press(.enter)
    #expect(walk.press(.character("1")) == .none)
    #expect(walk.press(.character("2")) == .copy("https://example.com/12"))
    walk.press(.escape, .character("1"))
    #expect(walk.press(.enter) == .copy("https://example.com/1"))
    walk.press(.escape)
    #expect(walk.press(.character("2")) == .copy("https://example.com/2"))
    walk.press(.escape)
    #expect(walk.press(.character("1"), .character("3")) == .none)
    #expect(walk.title == "Create an API key")
  }

  @Test func `suspending changes nothing`() {
    let walk = atTheKey()
    walk.type("tly")
    let before = walk.page
    #expect(walk.press(.control("z")) == .suspend)
    #expect(walk.page == before)
  }
}
