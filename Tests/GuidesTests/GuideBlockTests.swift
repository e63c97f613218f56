import GuideText
import Testing

@Suite("Blocks of a guide")
struct GuideBlockTests {
  @Test func `a figure directly under an item belongs to it, and the next item follows`() {
    #expect(
      outline(
        "1. One.\n<img src=\"/a.png\" />\n2. Two.\n<img src=\"/b.png\" style={{maxWidth: \"450px\" }}/>\n"
      )
        == ["1. One.", "   figure /a.png", "2. Two.", "   figure /b.png"])
  }

  @Test func `a figure alone at the margin breaks the list, and the written numbers stay`() {
    #expect(
      outline("1. One.\n2. Two.\n\n<img src=\"/a.png\"/>\n\n3. Three.\n5. Five.\n5. Five again.")
        == ["1. One.", "2. Two.", "figure /a.png", "3. Three.", "5. Five.", "5. Five again."])
  }

  @Test func `an item directly under a figure at the margin is an item`() {
    #expect(
      outline("8. Eight.\n\n<img src=\"/a.png\" />\n9. Nine.")
        == ["8. Eight.", "figure /a.png", "9. Nine."])
  }

  @Test func `a figure does not swallow the text behind it`() {
    #expect(
      outline("<img src=\"/a.png\" alt=\"The **form**\" />\nYou are done.\n\nEnd.")
        == ["figure /a.png (The **form**)", "You are done.", "End."])
  }

  @Test func `a figure inside a sentence stays in it`() {
    #expect(outline("Press <img src='/i.svg'/> now.") == ["Press {/i.svg} now."])
    #expect(outline("1. Press\n<img src='/i.svg'/>\nto go on.") == ["1. Press {/i.svg} to go on."])
  }

  @Test func `a Markdown image is a figure with its alternative text`() {
    #expect(
      outline("![The form](/form.png)\n\n![](x.png \"Title\")") == [
        "figure /form.png (The form)", "figure x.png (Title)",
      ])
  }

  @Test(arguments: [2, 3, 4, 5])
  func `lists are nested at two to five columns`(_ columns: Int) {
    let spaces = String(repeating: " ", count: columns)
    #expect(
      outline("1. One:\n\(spaces)- a\n\(spaces)- b\n2. Two")
        == ["1. One:", "   - a", "   - b", "2. Two"])
    #expect(
      outline("- One:\n\(spaces)1. a\n\(spaces)2. b\n- Two")
        == ["- One:", "   1. a", "   2. b", "- Two"])
  }

  @Test func `a tab nests like four columns`() {
    #expect(outline("1. One\n\t- a\n\t- b") == ["1. One", "   - a", "   - b"])
  }

  @Test func `the columns in front of a mark are kept for the export`() throws {
    let guide = readGuide("## Step 1\n1. a\n   - b\n")
    guard case .list(let items) = guide.steps[0].blocks[0],
      case .list(let inner) = items[0].blocks[1]
    else { throw Missing.list }
    #expect(items[0].indent == 0)
    #expect(inner[0].indent == 3)
  }

  enum Missing: Error { case list }

  @Test func `a line without indentation goes on with the item before`() {
    #expect(outline("1. One\ngoes on\n2. Two") == ["1. One goes on", "2. Two"])
    #expect(
      outline("- One\n  goes on\n\n  second paragraph\n\nOutside") == [
        "- One goes on", "   second paragraph", "Outside",
      ])
  }

  @Test func `marks without a space begin an item before a sentence only`() {
    #expect(
      outline("1.You click\n2.**Save**\n3.[Link](https://a.example)") == [
        "1. You click", "2. **Save**", "3. [Link](https://a.example)",
      ])
    #expect(outline("-Make it\n-API keys") == ["- Make it", "- API keys"])
    #expect(
      outline("1.you click\n2.(then)\n3.\"Save\"\n4.“x”") == [
        "1. you click", "2. (then)", "3. \"Save\"", "4. “x”",
      ])
    #expect(
      outline("1.5 hours and 2.x\n\n-h is an option\n\n-----BEGIN KEY-----") == [
        "1.5 hours and 2.x", "-h is an option", "-----BEGIN KEY-----",
      ])
  }

  @Test func `a year at the beginning of a continued line is text`() {
    #expect(outline("It was founded in\n2009. It grew.") == ["It was founded in 2009. It grew."])
  }

  @Test func `lettered lines stay text on lines of their own`() {
    #expect(
      outline("1. Choose:\n   a. this\n   b. that\n2. Go") == [
        "1. Choose:⏎a. this⏎b. that", "2. Go",
      ])
  }

  @Test func `an empty item is an item`() {
    #expect(outline("1. One\n2.\n3. Three") == ["1. One", "2. ", "3. Three"])
  }

  @Test func `code in an item loses the item's indentation and nothing else`() {
    #expect(
      outline("1. Run:\n   ```sh\n   a\n     b <c> **d** {e}\n   ```\n   Then go on.\n2. Two")
        == [
          "1. Run:", "   ```sh", "   a", "     b <c> **d** {e}", "   ```", "   Then go on.",
          "2. Two",
        ])
  }

  @Test func `code is verbatim`() {
    let code = "<Note>\n{/* x */}\n#### Step 9: no\n1. x\n\n\ttab  "
    #expect(
      outline("~~~\n\(code)\n~~~") == ["```"]
        + code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["```"])
  }

  @Test func `a stray fence at the end is dropped and reported`() {
    let guide = readGuide("## Step 1: A\nText\n```\n\n")
    #expect(Outline.of(guide.steps[0].blocks) == ["Text"])
    #expect(guide.findings.contains { $0.line == 3 && $0.message.contains("fence") })
  }

  @Test func `an unclosed fence does not swallow the next step`() {
    let guide = readGuide("## Step 1: A\n```\ncode\n## Step 2: B\nText")
    #expect(guide.steps.map(\.title) == ["A", "B"])
    #expect(Outline.of(guide.steps[0].blocks) == ["```", "code", "```"])
  }

  @Test func `tables keep their cells, also with one dash and a wrong number of columns`() {
    #expect(
      outline("Text:\n| A | B |\n|-|-|\n| `x` | **y** |\nAfter") == [
        "Text:", "| A | B |", "| `x` | **y** |", "After",
      ])
    #expect(
      outline("| A | B | C |\n|---|---|\n| 1 | 2 | 3 |") == ["| A | B | C |", "| 1 | 2 | 3 |"])
    #expect(
      outline("1. See:\n   | A | B |\n   |:-:|--:|\n   | 1 | 2 |\n2. Two") == [
        "1. See:", "   | A | B |", "   | 1 | 2 |", "2. Two",
      ])
  }

  @Test func `a row that is longer than its table's head loses no cell`() {
    #expect(
      outline("A | B\n--|--\n1 | 2 | 3\n4\n") == ["| A | B |  |", "| 1 | 2 | 3 |", "4"])
    #expect(
      outline("| A | a \\| b |\n|-|-|\n| `x \\| y` | |") == ["| A | a | b |", "| `x | y` |  |"])
  }

  @Test func `a table that is wider than any page is text`() {
    let bars = String(repeating: "|x", count: 200)
    #expect(
      GuideWords.of(readGuide(bars + "\n" + String(repeating: "|-", count: 200))).contains("|x|x"))
  }

  @Test func `the title of a code block is shown above it`() {
    #expect(outline("```bash Terminal\nls\n```") == ["**Terminal**", "```bash", "ls", "```"])
    #expect(
      outline("1. Run:\n   ```js title=\"a b.js\" {1,3} lines\n   x\n   ```") == [
        "1. Run:", "   **a b.js**", "   ```js", "   x", "   ```",
      ])
    #expect(outline("```json theme={null}\n{}\n```") == ["```json", "{}", "```"])
  }

  @Test func `a quote's paragraph goes on without the quote's mark`() {
    #expect(outline("> a\nb\n>c\n\nd") == ["> a b c", "d"])
    #expect(outline("> a\n- b\n\n> # c\nd") == ["> a", "- b", "> # c", "d"])
  }

  @Test func `a sign that looks like a bullet keeps its line`() {
    #expect(outline("Choose:\n• this\n– that") == ["Choose:⏎• this⏎– that"])
  }

  @Test func `alignments of a table's columns are read`() throws {
    guard
      case .table(let table) = readGuide("## Step 1\n| A | B | C | D |\n|:-|:-:|-:|-|\n").steps[0]
        .blocks.first
    else {
      throw Missing.list
    }
    #expect(table.alignments == [.left, .center, .right, .none])
  }

  @Test func `a rule is a rule, and text above it is no heading`() {
    #expect(outline("Text\n---\nMore\n\n***\n===") == ["Text", "---", "More", "---", "==="])
  }

  @Test func `quotes hold blocks`() {
    #expect(outline("> **Note:** a\n> - b\n>\n> c\n\nd") == ["> **Note:** a", "> - b", "> c", "d"])
  }

  @Test func `text indented by four columns is not code`() {
    #expect(outline("    Indented text\n\n        more") == ["Indented text", "more"])
  }
}
