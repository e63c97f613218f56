import GuideText
import Onboarding
import ProviderFormat
import TerminalUI
import Testing

/// A guide whose last step sends the reader to another program's form.
@Suite("The wizard in place of another program's form")
struct FormStepScreenTests {
  private static let guide = """
    ---
    title: Tea
    ---
    ## Step 1: Create a key
    1. Press New. See [the form](#step-2-enter-credentials-in-the-connect-ui).

    ## Step 2: Enter credentials in the Connect UI
    Once you have your key:

    1. Open the form where you need to authenticate with Tea.
    2. Enter your **API Key** in its field.
    3. Submit the form, and you should be successfully authenticated.

    You are now connected to Tea.
    """

  /// - Parameters:
  ///   - section: where the key is explained.
  ///   - house: whether a second value is asked, in the first step.
  private func form(_ section: String?, house: Bool = true) -> Form {
    let key = Field(
      id: Samples.apiKey, title: "API key", description: "The key.", docSection: section)
    let second = Field(
      id: .init(.connectionConfig, "house"), title: "House", docSection: "#step-1-create-a-key")
    let provider = Provider(
      slug: "tea", displayName: "Tea", authMode: .apiKey, fields: house ? [key, second] : [key],
      origin: .builtIn)
    let guide = Guide(slug: "tea", markdown: Array(Self.guide.utf8), file: "guide.md")
    return Form(provider: provider, guide: guide)
  }

  private func text(_ walk: Walk) -> String { String(describing: walk.page.items) }

  @Test func `the review comes in its place`() {
    let walk = Walk.through(form("#step-1-create-a-key"))
    walk.press(.enter)
    #expect(walk.title == "Create a key")
    #expect(walk.page.header.position == "Step 1 of 1")
    walk.type("tea-EXAMPLE-0123456789")
    walk.press(.enter)
    walk.type("tea-house")
    walk.press(.enter)
    #expect(walk.title == "Review")
    walk.press(.escape)
    #expect(walk.title == "Create a key")
  }

  @Test func `a field without another step is asked without its text`() {
    let walk = Walk.through(form(nil))
    walk.press(.enter)
    walk.type("tea-house")
    walk.press(.enter)
    #expect(walk.title == "Enter the API key")
    #expect(walk.page.header.position == "Step 2 of 2")
    #expect(walk.page.fields.map(\.label) == ["API key"])
    #expect(!text(walk).contains("connected"))
    #expect(!text(walk).contains("Submit"))
  }

  @Test func `nor does the page of a single value speak of another form`() {
    let walk = Walk.through(form(nil, house: false))
    #expect(walk.page.fields.map(\.label) == ["API key"])
    #expect(text(walk).contains("Press New."))
    for word in ["connected", "Submit", "Connect UI", "Step 2"] {
      #expect(!text(walk).contains(word), "\(word)")
    }
  }

  @Test func `the printed guide shows everything`() {
    let lines = GuideText(form(nil)).lines
    #expect(lines.contains("Step 2: Enter credentials in the Connect UI"))
    #expect(lines.contains("You are now connected to Tea."))
  }

  @Test func `an address in a table is never parted`() {
    let address = "https://console.tea.example/projects/settings/credentials/keys"
    let guide = Guide(
      slug: "tea",
      markdown: Array(
        "## Step 1: A\n| Page | Use |\n|---|---|\n| \(address) | To make a key for the house |\n"
          .utf8),
      file: "guide.md")
    var tea = form(nil)
    tea.guide = guide
    #expect(GuideText(tea).lines.contains { $0.contains(address) })
  }
}
