import GuideText
import GuideTools
import TestSupport
import Testing

@Suite("The lint of a guide's lines")
struct GuideTextLintTests {
  private func lint(_ text: String) throws -> [GuideFinding] {
    let directory = TemporaryDirectory()
    try directory.write("---\ntitle: Tea\n---\n" + text, to: "guide.md")
    return GuideLint.findings(at: directory.path + "/guide.md")
  }

  /// A guide behind three lines of front matter, what is found, and in which line.
  @Test(arguments: [
    ("## Step 1: A\n## Step 1: B", "step 1 comes behind step 1", 5),
    ("## Step 1: A\n\n## Step 3: B", "step 2 is missing", 6),
    ("## Step 1\n", "says nothing but its number", 4),
    ("## Instructions\n### Get it\nText", "the steps have no numbers", 5),
    ("## Step 1: A\n### Where\n### Where", "stands in line 5 already", 6),
    ("## Step 1: A\n### ***", "a heading has no words", 5),
    ("## Step 1: A\nSee [there](#nowhere).", "#nowhere leads to no heading", 5),
    ("## Step 1: A\n[a](http://tea.example)", "http://tea.example is not encrypted", 5),
    ("## Step 1: A\n\n[a](/docs/tea)", "/docs/tea leads nowhere", 6),
    ("## Step 1: A\n<img src=\"a/b.png\" />", "the figure b.png has no alternative text", 5),
    (
      "## Step 1: A\n<img src=\"a.png\"/>\n![](b.png)",
      "2 figures have no alternative text; the first is a.png", 5
    ),
    ("## Instructions\n**Step 1: A** Do it.", "the steps have no headings", 5),
    ("## Step 1: A\n<img src=\"b.png\" alt=\"\" />", "the figure b.png", 5),
    ("## Step 1: A\n![](a/c.png)", "the figure c.png", 5),
    ("## Step 1: A\n```\ncode", "a code fence is not closed", 5),
    ("## Step 1: A\n\n<Note>\ntext", "<Note> is not closed", 6),
  ])
  func `a mistake is found with its line`(_ text: String, _ message: String, _ line: Int) throws {
    let findings = try lint(text)
    let found = try #require(
      findings.first { $0.message.contains(message) }, "\(findings.map(\.message))")
    #expect(found.line == line)
    #expect(found.advice?.isEmpty == false)
  }

  @Test func `a sound guide has no findings`() throws {
    let text = """
      ## Step 1: Look at `code` first

      <a id="place"></a>
      [a](https://tea.example), [b](#step-2-go-on), [c](#place), [d](mailto:a@tea.example)
      ![What is seen](https://tea.example/a.png) <img alt='Seen' src='b.png' />

      ```sh
      ## Step 7: no heading
      curl http://localhost [x](http://tea.example)
      ```

      ## Step 2: Go on

      Say `[x](http://tea.example)`.
      """
    #expect(try lint(text) == [])
  }
}
