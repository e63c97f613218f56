import GuideText
import ProviderFormat
import Testing

@Suite("Sections and steps of a guide")
struct GuideSectionTests {
  @Test(arguments: [
    ("title: Tea - How: why?", "Tea - How: why?"), ("title: 'It''s'", "It's"),
    ("\ntitle: \"A \\\"b\\\"\"\n\n", "A \"b\""), ("title:   bare  ", "bare"),
    ("title: >\n  folded\n  text", "folded text"),
  ])
  func `front matter is read with all its quotes and colons`(_ lines: String, _ title: String) {
    #expect(readGuide("---\n\(lines)\n---\nText").title == title)
  }

  @Test func `front matter that is not closed is text`() {
    let guide = readGuide("---\ntitle: T\n\n## Step 1: A")
    #expect(guide.title == "sample")
    #expect(guide.steps.count == 1)
    #expect(Outline.of(guide.overview) == ["---", "title: T"])
    #expect(guide.findings.contains { $0.line == 1 })
  }

  @Test func `the known sections are found at any level and with a colon`() {
    let guide = readGuide(
      "# Overview:\na\n### Prerequisites :\nb\n##### INSTRUCTIONS\nc\n## Step 1: D\nd")
    #expect(Outline.of(guide.overview) == ["a"])
    #expect(Outline.of(guide.prerequisites) == ["b"])
    #expect(Outline.of(guide.instructions) == ["c"])
    #expect(Outline.of(guide.steps[0].blocks) == ["d"])
  }

  @Test(arguments: [
    ("#### Step 1: Create", 1, "Create"), ("## Step 12 Create", 12, "Create"),
    ("### **Step 3:** `Create`", 3, "Create"), ("##### STEP 4 - Create", 4, "Create"),
    ("# Step 5", 5, ""), ("#### Step #6. Create", 6, "Create"),
    ("#### Step7: Create:", 7, "Create:"), ("#### ✅ Step 8: Create", 8, "Create"),
    ("#### (Optional) Step 9: Create", 9, "Create"), ("#### Step Two: Create", 2, "Create"),
    ("#### Step 10 – Create (now)", 10, "Create (now)"), ("#### Step  11) Create ##", 11, "Create"),
  ])
  func `a step's heading is read in all spellings`(_ line: String, _ number: Int, _ title: String) {
    let guide = readGuide(line)
    #expect(guide.steps.map(\.number) == [number])
    #expect(guide.steps.map(\.title) == [title])
  }

  @Test func `headings that only begin like a step are none`() {
    #expect(
      readGuide(
        "## Step 1: A\n### Steps to do\n### Step 2nd\n### Stepwise\n### Stepone\n### Step onto"
      ).steps.count == 1)
  }

  @Test func `wrong, repeated and skipped numbers stay as they are written`() {
    let guide = readGuide("## Step 1: A\n## Step 1: B\n## Step 4: C")
    #expect(guide.steps.map(\.number) == [1, 1, 4])
  }

  @Test func `a deeper heading belongs to the step, an equal or higher one begins a section`() {
    let guide = readGuide(
      "### Step 1: A\na\n#### Sub\nb\n## Between\nc\n#### Deeper\nd\n### Step 2: B\ne\n### Notes\nf"
    )
    #expect(Outline.of(guide.steps[0].blocks) == ["a", "#### Sub", "b"])
    #expect(guide.steps[0].anchors == ["step-1-a", "sub"])
    #expect(guide.extras.map(\.heading) == ["Between", "Notes"])
    #expect(guide.extras.map(\.precedingSteps) == [1, 2])
    #expect(Outline.of(guide.extras[0].blocks) == ["c", "#### Deeper", "d"])
    #expect(guide.extras[1].anchors == ["notes"])
  }

  @Test func `sections before the steps are kept in front`() {
    let guide = readGuide("Intro\n## About\na\n## Prerequisites\nb\n## Step 1: A")
    #expect(Outline.of(guide.overview) == ["Intro"])
    #expect(guide.extras.map(\.isAfterSteps) == [false])
    #expect(Outline.of(guide.prerequisites) == ["b"])
  }

  @Test func `without a numbered step the headings below the instructions are the steps`() {
    let guide = readGuide(
      "## Overview\n### Instructions\ni\n#### Create a key\na\n##### Detail\nb\n#### Copy it\nc\n## End\nd"
    )
    #expect(guide.steps.map(\.heading) == ["Create a key", "Copy it"])
    #expect(guide.steps.map(\.number) == [nil, nil])
    #expect(guide.hasImplicitSteps)
    #expect(Outline.of(guide.steps[0].blocks) == ["a", "##### Detail", "b"])
    #expect(guide.extras.map(\.heading) == ["End"])
  }

  @Test func `instructions without any heading below are one step`() {
    let guide = readGuide("## Overview\na\n## Instructions\n1. b\n2. c")
    #expect(guide.steps.map(\.heading) == ["Instructions"])
    #expect(Outline.of(guide.steps[0].blocks) == ["1. b", "2. c"])
  }

  @Test func `without any heading of a step bold words begin the steps`() {
    let guide = readGuide(
      "## Instructions\nFirst\n\n**Step 1: Create** Do it.\n\n- Item\n\n**Step 2:** Copy it.\n")
    #expect(guide.hasImplicitSteps)
    #expect(guide.steps.map(\.number) == [1, 2])
    #expect(guide.steps.map(\.title) == ["Create", ""])
    #expect(guide.steps.map { Outline.of($0.blocks) } == [["Do it.", "- Item"], ["Copy it."]])
    #expect(Outline.of(guide.instructions) == ["First"])
    #expect(guide.step(for: "#step-2-copy-it")?.index == 1)
    #expect(readGuide("## Step 1: A\n**Step 2: B**\n").steps.count == 1)
    #expect(readGuide("## Instructions\n### A\n**Step 2: B**\n").steps.map(\.title) == ["A"])
  }

  @Test(arguments: [
    ("Step 1: Find your API key", "step-1-find-your-api-key"),
    ("Step 2: Choose (optional)", "step-2-choose-optional"), ("What's new?", "whats-new"),
    ("Über Émile_x", "über-émile_x"), ("⚠️ Cafe\u{301} & tea", "-cafe\u{301}--tea"),
  ])
  func `a heading's fragment is its words`(_ heading: String, _ slug: String) {
    #expect(HeadingText.slug(heading) == slug)
  }
}

@Suite("From a field to its step")
struct StepLookupTests {
  private let guide = readGuide(
    """
    <a id="own"></a>
    #### Step 1: Find the API key
    #### Step 2: Copy it
    ##### A detail
    #### Step 4: Enter it
    #### Trouble
    """)

  @Test(arguments: [
    ("#step-1-find-the-api-key", 0, SectionMatch.exact), ("#own", 0, .exact), ("own", 0, .exact),
    ("#a-detail", 1, .exact), ("#step-1:-find-the-api_key", 0, .punctuation),
    ("#Step-2-Copy-It", 1, .punctuation), ("#step-3-copy-it", 1, .title), ("#copy-it", 1, .title),
    ("#step-4-something-else", 2, .number),
  ])
  func `a fragment leads to its step`(_ fragment: String, _ index: Int, _ match: SectionMatch) {
    let found = guide.step(for: fragment)
    #expect(found?.index == index)
    #expect(found?.match == match)
  }

  @Test func `of headings with the same words the later ones are numbered`() {
    let guide = readGuide("## Step 1: A\n## Step 1: A\n### Sub\n## Step 2: B\n### Sub\n")
    #expect(guide.step(for: "#step-1-a")?.index == 0)
    #expect(guide.step(for: "#step-1-a-1")?.index == 1)
    #expect(guide.step(for: "#sub-1")?.index == 2)
    #expect(guide.step(for: "#sub-2") == nil)
  }

  @Test(arguments: ["", "#", "#nowhere", "#step-9-nothing", "#trouble"])
  func `a fragment that leads nowhere is said to lead nowhere`(_ fragment: String) {
    #expect(guide.step(for: fragment) == nil)
  }
}
