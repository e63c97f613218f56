import GuideText
import ProviderFormat
import TerminalUI
import Testing

/// Reading a guide: numbers that can be pressed, code that can be moved, places that are kept.
@Suite struct GuideReadingTests {
  private static let wide = "echo " + String(repeating: "0123456789", count: 30) + " end"

  private func step(_ blocks: Block...) -> Walk {
    let walk = Walk.through(Fixtures.form(blocks))
    walk.press(.enter)
    return walk
  }

  private func paragraph(_ inlines: Inline...) -> Block { .paragraph(inlines) }

  // MARK: Code

  @Test func `code is copied as it was written, tabs and all`() {
    let walk = step(.code(language: "make", text: "all:\n\tcc main.c\n"))
    #expect(walk.press(.alt("1")) == .copy("all:\n\tcc main.c\n"))
    #expect(walk.canvas.lines.contains("    cc main.c"))
  }

  @Test func `no control sequence of a guide reaches the clipboard`() {
    let walk = step(.code(language: nil, text: "a\u{1B}]52;c;x\u{7}\u{202E}b"))
    #expect(walk.press(.alt("1")) == .copy("a^[]52;c;x^G<U+202E>b"))
  }

  @Test func `code is never wrapped, and moves sideways to its end and back`() {
    let walk = step(.code(language: nil, text: Self.wide))
    let start = walk.canvas
    #expect(start.lines.count { $0.contains("0123456789") } == 1)
    #expect(start.lines.contains { $0.hasSuffix("›") })
    for _ in 0..<20 { walk.press(.shiftRight) }
    #expect(walk.canvas.lines.contains { $0.contains("‹") && $0.hasSuffix("89 end") })
    for _ in 0..<20 { walk.press(.shiftLeft) }
    #expect(walk.canvas == start)
  }

  @Test func `the arrows move code where no text is typed`() {
    let walk = step(.code(language: nil, text: Self.wide))
    walk.press(.tab, .right)
    #expect(walk.canvas.lines.contains { $0.contains("‹") })
  }

  @Test func `a narrow block stays where it is while a wide one moves`() {
    let walk = step(.code(language: nil, text: Self.wide), .code(language: nil, text: "narrow"))
    walk.press(.shiftRight)
    #expect(walk.canvas.lines.contains("    narrow"))
  }

  @Test func `code of 84 lines and 211 columns can be read whole`() {
    let lines = (1...84).map {
      "line \($0) " + String(repeating: "x", count: 200 - "\($0)".count) + " end\($0)"
    }
    let walk = step(.code(language: "sh", text: lines.joined(separator: "\n")))
    walk.press(.alt("1"))
    var seen = Set<String>()
    for _ in 0..<60 {
      seen.formUnion(walk.canvas.lines.filter { $0.contains("end") })
      walk.press(.pageDown)
    }
    #expect(seen.count == 84)
  }

  // MARK: Links

  @Test func `a link inside the guide leads to its step, and values stay`() {
    let walk = Walk.through(
      Fixtures.form([
        ("First", [paragraph(.link([.text("the last")], url: "#step-3"))]),
        ("Second", []), ("Third", []),
      ]))
    walk.press(.enter)
    #expect(walk.press(.character("1")) == .none)
    #expect(walk.title == "Third")
  }

  @Test func `Esc leads back to where a link was followed, one link after the other`() {
    let walk = Walk.through(
      Fixtures.form([
        ("First", [paragraph(.link([.text("the last")], url: "#step-3"))]),
        ("Second", []), ("Third", [paragraph(.link([.text("the second")], url: "#step-2"))]),
      ]))
    walk.press(.enter)
    walk.press(.character("1"))
    walk.press(.alt("1"))
    #expect(walk.title == "Second")
    walk.press(.escape)
    #expect(walk.title == "Third")
    walk.press(.escape)
    #expect(walk.title == "First")
  }

  @Test func `whoever goes on from a place of the guide goes back in order`() {
    let walk = Walk.through(
      Fixtures.form([
        ("First", [paragraph(.link([.text("the second")], url: "#step-2"))]),
        ("Second", []), ("Third", []), ("Fourth", []),
      ]))
    walk.press(.enter)
    walk.press(.character("1"))
    walk.press(.enter)
    #expect(walk.title == "Third")
    walk.press(.escape)
    #expect(walk.title == "Second")
    walk.press(.escape)
    #expect(walk.title == "First")
  }

  @Test func `a link to a place that is not there says so`() {
    let walk = step(paragraph(.link([.text("nowhere")], url: "#lost")))
    walk.press(.alt("1"))
    #expect(walk.title == "A step")
    #expect(walk.said.contains { $0.contains("not one of the steps") })
    walk.press(.pageDown)
    #expect(walk.said.isEmpty)
  }

  @Test func `of a mail link the address is copied`() {
    let walk = step(paragraph(.link([.text("us")], url: "mailto:us@example.com?subject=Hello")))
    #expect(walk.press(.alt("1")) == .copy("us@example.com"))
  }

  @Test func `forty links have forty numbers, and all can be pressed`() {
    let links = (1...40).map { number in
      Samples.item(
        .number(number), paragraph(.link([.text("link")], url: "https://example.com/\(number)")))
    }
    let walk = step(.list(links))
    #expect(
      walk.press(.control("l"), .character("3"), .character("7")) == .copy("https://example.com/37")
    )
    walk.press(.enter)
    #expect(walk.press(.control("l"), .character("4"), .enter) == .copy("https://example.com/4"))
  }

  @Test func `links in a field's description have numbers behind those of the guide`() {
    var form = Fixtures.form([paragraph(.link([.text("a")], url: "https://example.com/a"))])
    form.fields[0].field.description =
      "It begins with https://***! See https://example.com/b. Or [the page](https://example.com/c)!"
    let walk = Walk.through(form)
    walk.press(.enter)
    #expect(
      walk.canvas.lines.contains { $0.contains("https://example.com/b [2]. Or the page [3]!") })
    #expect(walk.press(.alt("3")) == .copy("https://example.com/c"))
  }

  @Test(arguments: [
    ("It is at https://example.com/w_(x).", "https://example.com/w_(x)"),
    ("It is **https://example.com/b**, as always.", "https://example.com/b"),
    ("[Not] a [link] (https://example.com/c)!", "https://example.com/c"),
  ])
  func `an address in a description ends where it would in a guide`(
    _ description: String, _ address: String
  ) {
    var form = Fixtures.form([paragraph(.text("Text."))])
    form.fields[0].field.description = description
    let walk = Walk.through(form)
    walk.press(.enter)
    #expect(walk.press(.alt("1")) == .copy(address))
  }

  // MARK: Places

  @Test func `a resize keeps the paragraph on top`() {
    let blocks = (1...60).map { number in
      Block.paragraph([
        .text(Array(repeating: "paragraph-\(number)", count: 30).joined(separator: " "))
      ])
    }
    let walk = Walk.through(Fixtures.form(blocks))
    walk.press(.enter)
    for _ in 0..<7 { walk.press(.pageDown) }
    let top = walk.topParagraph
    for (columns, rows) in [(40, 12), (120, 40), (30, 5), (61, 17), (80, 24)] {
      walk.resize(columns, rows)
      if columns >= 40 { #expect(walk.topParagraph == top, "\(columns)×\(rows)") }
    }
  }

  @Test func `the next page begins with the last line of the one before`() {
    let blocks = (1...60).map { Block.paragraph([.text("Paragraph \($0).")]) }
    let walk = Walk.through(Fixtures.form(blocks))
    walk.press(.enter)
    let before = walk.canvas.lines
    walk.press(.pageDown)
    let first = walk.canvas.lines.first { $0.contains("Paragraph") }
    #expect(before.last { $0.contains("Paragraph") } == first)
  }

  // MARK: Tables

  @Test func `a table keeps its words whole in every window`() {
    let cell: (String) -> [Inline] = { [.text($0)] }
    let table = Table(
      header: [cell("Permission"), cell("Description"), cell("Mandatory")],
      rows: [
        [cell("organization:read"), cell("Reads organizations and everything below"), cell("yes")]
      ],
      alignments: [])
    let walk = step(.table(table))
    for columns in 40...120 {
      walk.resize(columns, 30)
      let text = walk.canvas.lines.joined(separator: "\n")
      for word in ["Permission", "organization:read", "organizations", "everything", "Mandatory"] {
        #expect(text.contains(word), "\(columns): \(word)")
      }
    }
  }
}

extension Walk {
  /// The paragraph that the first row of the guide belongs to, where every word says which one it is.
  fileprivate var topParagraph: Substring? {
    canvas.lines.flatMap { $0.split(separator: " ") }.first { $0.hasPrefix("paragraph-") }
  }
}
