import GuideText
import GuideTools
import TestSupport
import Testing

@Suite("Markdown as on GitHub")
struct MarkdownDialectTests {
  @Test func `headings that are underlined begin sections and steps`() {
    let guide = readGuide(
      "Lab keys\n========\n\nOverview\n---\nWhy.\n\nStep 1: Open\n------------\n\n1. Open\n\n**Step 2:** Save\n---\n\n1. Save"
    )
    #expect(guide.headings.map(\.text) == ["Lab keys", "Overview", "Step 1: Open", "Step 2: Save"])
    #expect(guide.headings.map(\.level) == [1, 2, 2, 2])
    #expect(Outline.of(guide.overview) == ["Why."])
    #expect(guide.steps.map(\.title) == ["Open", "Save"])
    #expect(guide.steps.map { Outline.of($0.blocks) } == [["1. Open"], ["1. Save"]])
  }

  @Test func `three dashes below a text are a rule, more are a heading`() {
    #expect(outline("You are done.\n---\nMore") == ["You are done.", "---", "More"])
    #expect(readGuide("A title\n-------\nMore").headings.map(\.text) == ["A title"])
    #expect(readGuide("FAQ\n---\ntext").headings.map(\.text) == ["FAQ"])
    #expect(readGuide("Two\nlines\n=====\ntext").headings.map(\.text) == ["Two lines"])
  }

  @Test(arguments: [
    ("1. Open it\n-----------\n", ["1. Open it", "---"]), ("text\n\n-----\n", ["text", "---"]),
    ("1. a\nmore\n====", ["1. a more ===="]), ("- a\n\n  b\n  ==", ["- a", "   b =="]),
  ])
  func `what is no underline stays what it is`(_ text: String, _ lines: [String]) {
    #expect(outline(text) == lines)
  }

  @Test(arguments: [
    ("> [!WARNING]\n> Hide it.", ["Warning:", "  Hide it."]),
    ("> [!note]\n> a\n> b\n\nc", ["Note:", "  a b", "c"]),
    ("> [!TIP] Try this\n> a", ["Tip:", "  **Try this**", "  a"]),
    ("> [!IMPORTANT]\n> 1. a\n> 2. b", ["Info:", "  1. a", "  2. b"]),
    ("> [!CAUTION]\n> a", ["Warning:", "  a"]),
    ("> [!danger]- Folded\n> a", ["Warning:", "  **Folded**", "  a"]),
    ("> [!FOO]\n> a", ["> [!FOO] a"]),
    ("1. x\n   > [!NOTE]\n   > a", ["1. x", "   Note:", "     a"]),
  ])
  func `an alert is a call-out`(_ text: String, _ lines: [String]) {
    #expect(outline(text) == lines)
  }

  @Test func `boxes of a task list are the items' marks`() {
    #expect(
      outline(
        "- [ ] open\n- [x] done\n* [X] too\n- [y] text\n- [link](https://tea.example)\n1. [ ] n")
        == [
          "[ ] open", "[x] done", "[x] too", "- [y] text", "- [link](https://tea.example)",
          "1. [ ] n",
        ])
  }

  @Test func `struck text says that it is struck`() {
    #expect(outline("Use ~~http~~ https") == ["Use (struck out: http) https"])
    #expect(outline("<del>a b</del> <s>c</s>") == ["(struck out: a b) (struck out: c)"])
    #expect(outline("~/a and ~/b, ~5 to ~6") == ["~/a and ~/b, ~5 to ~6"])
  }

  @Test func `a footnote is shown in every step that refers to it`() {
    let guide = readGuide(
      "## Step 1: A\nOne[^x] and[^long].\n## Step 2: B\nAgain [^x], not [^none].\n\n[^long]: L\n    goes on.\n\n    More.\n[^x]: See [there](https://tea.example).\n"
    )
    #expect(
      guide.steps.map { Outline.of($0.blocks) } == [
        [
          "One (note 1) and (note 2).", "Note 1: See [there](https://tea.example).",
          "Note 2: L goes on.", "More.",
        ],
        ["Again (note 1), not [^none].", "Note 1: See [there](https://tea.example)."],
      ])
  }

  @Test func `a footnote that nothing refers to is not lost`() {
    #expect(outline("a\n\n[^1]: nobody") == ["a", "[^1]: nobody"])
  }

  @Test(arguments: [
    (":::note\ntext\n:::", ":::note"), ("!!! warning \"Mind\"\n    text", "!!! warning"),
    ("??? tip\n    text", "??? tip"),
    ("{% hint style=\"info\" %}\ntext\n{% endhint %}", "{% hint … %}"),
    ("{{< alert >}}text{{< /alert >}}", "{{< alert … >}}"), ("=== \"Linux\"\n    text", "=== "),
  ])
  func `the notation of another tool is named`(_ text: String, _ found: String) throws {
    let directory = TemporaryDirectory()
    try directory.write("---\ntitle: T\n---\n## Step 1: A\n" + text, to: "guide.md")
    let findings = GuideLint.findings(at: directory.path + "/guide.md")
    #expect(
      findings.contains { $0.message.hasPrefix(found) && $0.line == 5 },
      "\(findings.map(\.message))")
  }

  @Test func `code and ordinary words are no notation of another tool`() throws {
    let directory = TemporaryDirectory()
    try directory.write(
      "---\ntitle: T\n---\n## Step 1: A\n```\n{% raw %}\n:::\n```\nUse `{% x %}`: 100 {%} !!! wow\n",
      to: "guide.md")
    #expect(GuideLint.findings(at: directory.path + "/guide.md").isEmpty)
  }

  @Test func `the lint knows headings that are underlined`() throws {
    let directory = TemporaryDirectory()
    try directory.write(
      "---\ntitle: T\n---\nStep 1: A\n=========\nSee [b](#step-3-b).\n\nStep 3: B\n---------\n",
      to: "guide.md")
    let findings = GuideLint.findings(at: directory.path + "/guide.md")
    #expect(findings.map(\.message) == ["step 2 is missing"])
  }
}
