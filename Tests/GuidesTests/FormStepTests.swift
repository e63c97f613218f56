import GuideText
import Testing

@Suite("The step about another program's form")
struct FormStepTests {
  private func guide(_ last: String) -> Guide {
    readGuide("#### Step 1: Create a key\n1. Press **New**.\n\n" + last)
  }

  @Test(arguments: [
    "#### Step 2: Enter credentials in the Connect UI\n1. Open the form where you need to authenticate with Tea.\n2. Enter your **API Key** in its field.\n3. Submit the form, and you should be successfully authenticated.\n\nYou are now connected to Tea.",
    "#### Step 2: Authorize in Nango\nPaste it.",
    "#### Step 2: Connect your Tea account\nOnce you have your key:\n\n1. Open the form where you need to authenticate with Tea.\n2. Enter the key.\n3. Submit the form.",
    "#### Step 2: Enter connection details\n1. If somebody asked you to use a region, enter it.\n2. Submit the form.",
    "Step 2: Fill in the form\n------------------------\n- Navigate to the Tea authentication form.\n- Paste the key.\n- Click Connect.",
  ])
  func `is found by what it says`(_ last: String) {
    #expect(guide(last).formStep == 1)
    #expect(
      guide(last).blocksBesideForm(ofStep: 1, isForm: true).allSatisfy { block in
        !Outline.of([block]).joined().contains("ubmit the form")
      })
  }

  @Test(arguments: [
    "#### Step 2: Copy the key\n1. Copy it.\n2. Submit the form.",
    "#### Step 2: Enter the address of the web hook\n1. Open Settings and enter it.\n2. Press Save.",
    "#### Step 2: Connect the app\n1. Run `tea login`.\n2. You are now connected.",
    "#### Step 2: Create an app\n1. Open the application form at tea.example.\n2. Enter a name.\n3. Submit the form.",
  ])
  func `is not taken for one in which something is done at the provider`(_ last: String) {
    #expect(guide(last).formStep == nil)
  }

  @Test func `keeps what it says of a value`() {
    let guide = guide(
      "#### Step 2: Enter credentials in the Connect UI\n1. Open the form where you need to authenticate with Tea.\n2. Enter your **Domain** (e.g. `a.tea.example`, without https://).\n3. Enter your key in the respective field.\n4. Submit the form.\n\n<Note>The domain is not the one of the shop.</Note>\n<img src=\"form.png\" />\n\nYou are now connected to Tea."
    )
    #expect(
      Outline.of(guide.blocksBesideForm(ofStep: 1, isForm: true)) == [
        "- Enter your **Domain** (e.g. `a.tea.example`, without https://).", "Note:",
        "  The domain is not the one of the shop.",
      ])
    #expect(Outline.of(guide.steps[1].blocks).count > 5)
  }

  @Test func `a last step that only ends with the form loses that end`() {
    let guide = guide(
      "#### Step 2: Upload the key\n1. Run the command.\n2. Submit the form there.\n\nOnce you have all of it:\n\n1. Open the form where you need to authenticate with Tea.\n2. Enter your key in its field.\n3. Submit the form, and you should be successfully authenticated.\n\nYou are now connected to Tea."
    )
    #expect(guide.formStep == nil)
    #expect(
      Outline.of(guide.blocksBesideForm(ofStep: 1, isForm: false)) == [
        "1. Run the command.", "2. Submit the form there.",
      ])
  }

  @Test(arguments: [
    ("Use it as the **Key** in Nango.", "_(not in Nango: Usher asks for it)_"),
    (
      "Redirect URL: `https://api.nango.dev/oauth/callback`",
      "_(an address of Nango, not of Usher)_"
    ),
    ("[Docs](https://docs.nango.dev/x)", "_(an address of Nango, not of Usher)_"),
    ("Nango stores it encrypted.", "_(about Nango, not Usher)_"),
  ])
  func `what a guide says of Nango is marked`(_ text: String, _ mark: String) {
    let marked = readGuide("## Step 1: A\n1. " + text).markingOtherProgram
    #expect(Outline.of(marked.steps[0].blocks)[0].hasSuffix(mark))
  }

  @Test(arguments: [
    "Enter a name (e.g. \"Nango Integration\").", "The role `NangoAccessRole`", "Your mango tree",
  ])
  func `a name that is only proposed is not marked`(_ text: String) {
    let guide = readGuide("## Step 1: A\n" + text)
    #expect(guide.markingOtherProgram == guide)
  }
}
