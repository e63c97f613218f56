import GuideFetching
import GuideText
import Testing

/// What an operator is told of a guide that has changed.
@Suite struct GuideComparisonTests {
  private static let page = """
    # Link Tea

    # Overview

    You need a **key**.

    #### Step 1: Sign in

    1. Open [the house](https://tea.example/in).
    2. Enter your name.
    3. Wait.

    #### Step 2: Make a key

    1. Click **New**.
    """

  private func changes(_ edit: (String) -> String) -> [String] {
    let new = edit(Self.page)
    return GuideComparison(
      from: Guide(slug: "tea", markdown: Array(Self.page.utf8), file: "old"),
      to: Guide(slug: "tea", markdown: Array(new.utf8), file: "new")
    ).sentences
  }

  @Test func `the same page says nothing`() {
    #expect(changes { $0 } == [])
    #expect(changes { $0 + "\n\n" } == [])
  }

  @Test(arguments: [
    ("3. Wait.", "3. Wait for the mail.", "step 1 has another item 3"),
    ("3. Wait.", "3. Wait.\n4. Drink.", "step 1 has a new item 4"),
    ("3. Wait.\n", "", "item 3 of step 1 is gone"),
    (
      "https://tea.example/in", "https://tea.example/login",
      "a link in step 1 leads to https://tea.example/login now"
    ),
    (
      "You need a **key**.", "You need two keys.",
      "the text of the part before the steps has changed"
    ),
    ("# Link Tea", "# Link the Tea House", "the title is now “Link the Tea House”"),
    ("Step 2: Make a key", "Step 2: Make a token", "step 2 is called “Make a token” now"),
  ])
  func `a change is one sentence`(_ old: String, _ new: String, _ sentence: String) {
    #expect(changes { $0.replacing(old, with: new) } == [sentence])
  }

  @Test func `an item inside of another is counted behind it`() {
    let nested = "1. One.\n   - In it.\n2. Two."
    let old = "# Tea\n\n#### Step 1: Do\n\n" + nested
    let new = old.replacing("2. Two.", with: "2. Three.")
    let comparison = GuideComparison(
      from: Guide(slug: "tea", markdown: Array(old.utf8), file: "old"),
      to: Guide(slug: "tea", markdown: Array(new.utf8), file: "new"))
    #expect(comparison.sentences == ["step 1 has another item 3"])
    let first = GuideComparison(
      from: Guide(slug: "tea", markdown: Array(old.utf8), file: "old"),
      to: Guide(
        slug: "tea", markdown: Array(old.replacing("One.", with: "Won.").utf8), file: "new"))
    #expect(first.sentences == ["step 1 has another item 1"])
  }

  @Test func `a step that comes in between moves no other`() {
    let sentences = changes {
      $0.replacing(
        "#### Step 2: Make a key", with: "#### Step 2: Pay\n\n1. Pay.\n\n#### Step 3: Make a key")
    }
    #expect(sentences == ["step 2 is new: “Pay”"])
  }

  @Test func `a step that goes is named`() {
    let sentences = changes {
      $0.replacing("#### Step 2: Make a key\n\n1. Click **New**.", with: "")
    }
    #expect(sentences == ["step 2, “Make a key”, is gone"])
  }

  @Test func `lines that differ stand with their neighbours`() {
    let old = (1...20).map { "line \($0)" }.joined(separator: "\n")
    let new = old.replacing("line 10\n", with: "line ten\n")
    #expect(
      LineDifference(from: old, to: new).lines == [
        "@@", " line 7", " line 8", " line 9", "-line 10", "+line ten", " line 11", " line 12",
        " line 13",
      ])
    #expect(LineDifference(from: old, to: old).lines == [])
  }
}
