import Basics
import GuideTools
import TestSupport
import Testing

@testable import Catalogues
@testable import GuideTools

@Suite("The export")
struct ExportTests {
  @Test func `a step is flattened into what it says`() throws {
    let directory = TemporaryDirectory()
    try directory.write(
      "display_name: Tea\nauth_mode: API_KEY\ncredentials: {apiKey: {title: Key, doc_section: '#step-1-get-it'}}\n",
      to: "tea/provider.yaml")
    try directory.write(
      """
      ---
      title: Tea - How do I link it?
      sidebarTitle: Tea
      ---
      ## Overview
      You need:
      1. **Key** - a key.
      ## Prerequisites
      - An [account](https://tea.example)
        - with rights
      ### Step 1: Get it
      Read https://**tea**.example/x, please.
      1. Press `Go` <img src="/a.png" alt="Go"/>
         - nested

         More than **https://**.
      <Tip>A [link](/t) and **bold**.</Tip>
      > Quoted
      ```sh
      run
      ```
      | A | B |
      |---|---|
      | 1 | 2 |
      #### Detail
      ### Notes
      - n
      """, to: "tea/guide.md")
    let export = Catalogue(sources: [.namedFolder(directory.path)]).exported()
    let guide = try #require(export["guides"]?["tea/guide.md"])
    #expect(guide["provider_name"] == .string("Tea"))
    #expect(guide["providers"] == .strings(["tea"]))
    #expect(guide["overview_items"] == .strings(["Key - a key."]))
    #expect(guide["overview_paragraphs"] == .strings(["You need:"]))
    #expect(
      guide["prerequisites"]?.json
        == "[{\"indent\":0,\"text\":\"An account\"},{\"indent\":2,\"text\":\"with rights\"}]")
    let step = try #require(guide["steps"]?.list?.first)
    #expect(
      step["items"]?.json
        == "[{\"indent\":0,\"number\":1,\"text\":\"Press Go\"},{\"indent\":3,\"number\":null,\"text\":\"nested\"}]"
    )
    #expect(
      step["paragraphs"]
        == .strings(["Read https://tea.example/x, please.", "More than https://.", "> Quoted"]))
    #expect(step["bare_urls"] == .strings(["https://**tea**.example/x"]))
    #expect(step["callouts"]?.json == "[{\"kind\":\"Tip\",\"text\":\"A link and bold.\"}]")
    #expect(step["links"]?.json == "[{\"text\":\"link\",\"url\":\"/t\"}]")
    #expect(step["images"]?.json == "[{\"alt\":\"Go\",\"src\":\"/a.png\"}]")
    #expect(step["code_blocks"]?.json == "[{\"code\":\"run\",\"lang\":\"sh\"}]")
    #expect(step["tables"]?.json == "[[[\"A\",\"B\"],[\"1\",\"2\"]]]")
    #expect(step["subheadings"]?.json == "[{\"level\":4,\"text\":\"Detail\"}]")
    #expect(step["anchors"] == .strings(["step-1-get-it", "detail"]))
    #expect(guide["extra_sections"]?.list?[0]["kind"] == .string("notes"))
    #expect(guide["outside_steps"]?["links"]?.list?.count == 1)
    let field = try #require(export["providers"]?["tea"]?["fields"]?.list?.first)
    #expect(field["doc_step"] == .int(0))
    #expect(field["doc_step_found_by"] == .string("exact"))
    #expect(export["providers"]?["tea"]?["guide"] == .string("tea/guide.md"))
  }

  @Test(arguments: [
    ("auth_mode: OAUTH2_CC", "token"), ("auth_mode: OAUTH2", "none"), ("auth_mode: NONE", "none"),
    ("auth_mode: API_KEY", "none"),
    ("auth_mode: API_KEY\ncredentials_verification_script: s", "script"),
    ("auth_mode: BASIC\nproxy: {base_url: b, verification: {endpoints: [/a]}}", "http"),
    ("auth_mode: TWO_STEP\nproxy: {base_url: b, verification: {endpoints: [/a]}}", "token"),
  ])
  func `the kind of check follows the auth mode`(_ yaml: String, _ kind: String) throws {
    let value = ProviderExport.value(of: try makeProvider(yaml), at: nil, nil)
    #expect(value["verification"]?["kind"] == .string(kind))
  }
}
