import GuideText
import Testing

@Suite("Components of a guide")
struct GuideComponentTests {
  @Test func `call-outs are read on one line, on several and with blocks inside`() {
    #expect(outline("<Tip>Do **it**.</Tip>") == ["Tip:", "  Do **it**."])
    #expect(
      outline("<Note>\n  First\n  line.\n\n  - a\n  - b\n</Note>\nAfter") == [
        "Note:", "  First line.", "  - a", "  - b", "After",
      ])
    #expect(
      outline("<Warning>One\n\n```\n</Warning>\n```\n</Warning>") == [
        "Warning:", "  One", "  ```", "  </Warning>", "  ```",
      ])
  }

  @Test func `a call-out directly under an item belongs to it`() {
    #expect(
      outline(
        "1. One\n<Info>Know this.</Info>\n<img src=\"/a.png\"/>\n2. Two\n   <Note>\n   Nested\n   </Note>\n3. Three"
      )
        == [
          "1. One", "   Info:", "     Know this.", "   figure /a.png", "2. Two", "   Note:",
          "     Nested", "3. Three",
        ])
  }

  @Test func `call-outs inside each other keep their text`() {
    #expect(
      outline("<Note>a <Note>b</Note> c</Note> d") == [
        "Note:", "  a", "  Note:", "    b", "  c", "d",
      ])
  }

  @Test func `an unclosed call-out loses its tag and keeps its text`() {
    let guide = readGuide("## Step 1: A\n<Note>\nText\n\n1. Item")
    #expect(Outline.of(guide.steps[0].blocks) == ["Text", "1. Item"])
    #expect(guide.findings.contains { $0.line == 2 && $0.message.contains("<Note> is not closed") })
  }

  @Test func `unknown components show the text inside and their titles`() {
    #expect(
      outline(
        "<Tabs>\n  <Tab title=\"Cloud\">\n    1. One\n    2. Two\n  </Tab>\n  <Tab title=\"Own\">Text</Tab>\n</Tabs>"
      )
        == ["**Cloud**", "1. One", "2. Two", "**Own**", "Text"])
    #expect(
      outline("<Frame caption=\"The form\">\n  <img src=\"/f.png\" />\n</Frame>") == [
        "**The form**", "figure /f.png",
      ])
    #expect(
      outline("<Card title=\"API\" href=\"/api\">Read <b>it</b></Card>") == [
        "[API](/api)", "Read **it**",
      ])
  }

  @Test func `steps written as components are steps`() {
    let guide = readGuide(
      "## Instructions\n<Steps>\n  <Step title=\"Create\">\n    Press it.\n  </Step>\n  <Step title=\"Copy\">Take it.</Step>\n</Steps>"
    )
    #expect(guide.steps.map(\.title) == ["Create", "Copy"])
    #expect(guide.hasImplicitSteps)
    #expect(Outline.of(guide.steps[1].blocks) == ["Take it."])
  }

  @Test func `imports, exports and comments say nothing`() {
    let text =
      "import A from '/a.mdx';\nimport {\n  B\n} from \"/b.mdx\"\nexport const c = {\n  d: 1\n}\n\nText {/* a\n\n1. comment */}here <!-- and\nthere --> too."
    #expect(Outline.of(readGuide(text).overview) == ["Text here  too."])
  }

  @Test func `sentences that begin with import or export are text`() {
    #expect(
      outline("import the key from the console\n\nexport your data") == [
        "import the key from the console", "export your data",
      ])
  }

  @Test func `a tag over several lines is one tag`() {
    #expect(
      outline("<img\n  src=\"/a.png\"\n  alt=\"It's > here\"\n/>\n\nText") == [
        "figure /a.png (It's > here)", "Text",
      ])
  }

  @Test func `what only looks like a tag is text`() {
    #expect(
      outline("Use <your-domain> and a < b and {host} and <https://a.example>.")
        == ["Use <your-domain> and a < b and {host} and [https://a.example](https://a.example)."])
    #expect(outline("Code: `<Note>{x}</Note>` and \\<b>.") == ["Code: `<Note>{x}</Note>` and <b>."])
  }

  @Test(arguments: [
    "Use <YOUR_KEY> here.", "Use <Your Key> here.", "List<String>", "https://a.example/<path>/x",
    "<T> and </b",
  ])
  func `a placeholder in brackets is text, whatever its letters`(_ text: String) {
    let words = GuideWords.of(readGuide(text))
    for word in text.split(whereSeparator: { !$0.isLetter && $0 != "_" }) {
      #expect(words.contains(word))
    }
    #expect(words.contains("<"))
  }

  @Test func `a name in brackets is a tag where it has a value or is closed`() {
    #expect(outline("<Panel>Text</Panel> <Panel>more") == ["Text", "more"])
    #expect(outline("<Update label=\"May\" description=\"New\">") == ["**May** New"])
    #expect(outline("<Rule/>Text<br>here") == ["Text⏎here"])
  }

  @Test func `what a component says in its attributes is shown`() {
    #expect(
      outline("<ParamField path=\"key\" type=\"string\">The key.</ParamField>") == [
        "**key**", "The key.",
      ])
    #expect(outline("<Info title=\"Titled\">Body</Info>") == ["Info:", "  **Titled**", "  Body"])
    #expect(outline("<Tab title=\"Two\n  lines\">x</Tab>") == ["**Two lines**", "x"])
    let guide = readGuide("<Steps>\n<Step\n  title=\"Two\n  lines\">\nx\n</Step>\n</Steps>")
    #expect(guide.steps.map(\.title) == ["Two lines"])
  }

  @Test func `attributes may be texts in braces`() {
    #expect(outline("<Card title={\"One \\\"two\\\"\"}>x</Card>") == ["**One \"two\"**", "x"])
    #expect(outline("<Card title={`A tick`} icon={<b/>}>x</Card>") == ["**A tick**", "x"])
  }

  @Test func `lists in HTML are lists, also inside each other`() {
    #expect(
      outline("Before\n<ul>\n<li>One</li>\n<li>\n\nTwo\n\nmore\n</li>\n</ul>\nBehind") == [
        "Before", "- One", "- Two", "   more", "Behind",
      ])
    #expect(
      outline("<ol start=\"3\"><li>A<ul><li>a</li><li>b</li></ul></li><li>B</li></ol>") == [
        "3. A", "   - a", "   - b", "4. B",
      ])
    #expect(outline("<ul>\n<li>One\n<li>Two\n</ul>\n\n1. Next") == ["- One", "- Two", "1. Next"])
  }

  @Test func `a list in HTML that nobody closes ends at the next step`() {
    let guide = readGuide("<ul></ul>\n## Step 1: A\n<ul>\n<li>One\n## Step 2: B\nText")
    #expect(guide.steps.map { Outline.of($0.blocks) } == [["- One"], ["Text"]])
  }

  @Test(arguments: [
    ("<strong>Bold</strong> word", "**Bold** word"), ("a <b>bold </b>b", "a **bold** b"),
    ("<em>soft</em>", "_soft_"), ("run <code>age -d</code>", "run `age -d`"),
    ("<kbd>Ctrl</kbd>", "`Ctrl`"), ("<code>a*b*</code>", "a_b_"), ("<b></b>x", "x"),
    ("<strong><a href=\"https://a.example\">x</a></strong>", "[x](https://a.example)"),
  ])
  func `bold, italics and code in HTML are what they are`(_ source: String, _ expected: String) {
    #expect(outline(source) == [expected])
  }

  @Test func `HTML inside a line leaves its text`() {
    #expect(
      outline("A<br/>B <a href=\"https://a.example\">link</a> <span>c</span>") == [
        "A⏎B [link](https://a.example) c"
      ])
  }

  @Test func `an anchor leads to the heading behind it, or to the step it stands in`() {
    let guide = readGuide(
      "<a id=\"one\"></a>\n#### Step 1: A\nText <a id=\"mid\"></a>more\n\n<a id=\"two\"></a>\n<a id=\"three\"></a>\n\n#### Step 2: B {#four}\n"
    )
    #expect(guide.steps[0].anchors == ["step-1-a", "one", "mid"])
    #expect(guide.steps[1].anchors == ["step-2-b", "two", "three", "four"])
    #expect(Outline.of(guide.steps[0].blocks) == ["Text more"])
    #expect(guide.steps[1].heading == "Step 2: B")
  }
}
