import GuideText
import GuideTools
import ProviderFormat
import Testing

@Suite("What belongs to which step")
struct GuidePlacesTests {
  @Test(arguments: [
    "1. x\n2. y\n\n<a id=\"own\"></a>\n", "- x\n  - y\n\n  <a id='own' />\n\n",
    "<Note>x</Note>\n<a name=\"own\"></a>\n",
    "```\nx\n```\n<a id=\"own\"></a>\n{/* c */}\n<a id=\"second\"></a>\n",
    "1. x\n<a id=\"own\"></a>\n---\n",
    "1. x\n\n<div id=\"own\"></div>\n\n", "| a |\n|---|\n| b |\n<a id=\"own\"></a>\n",
  ])
  func `an anchor belongs to the heading that follows`(_ before: String) {
    let guide = readGuide("## Step 1: A\n\(before)## Step 2: B\n1. z")
    #expect(guide.step(for: "#own")?.index == 1)
    #expect(guide.steps[0].anchors == ["step-1-a"])
  }

  @Test func `an anchor before a text stays in its step`() {
    let guide = readGuide("## Step 1: A\n1. x\n\n<a id=\"own\"></a>\nText\n## Step 2: B")
    #expect(guide.step(for: "#own")?.index == 0)
  }

  @Test(arguments: ["Additional Notes", "Notes", "Troubleshooting:", "Next steps", "FAQ"])
  func `notes are no step`(_ heading: String) {
    for above in ["## Instructions\n", ""] {
      let guide = readGuide("\(above)### Make a key\na\n### Copy it\nb\n### \(heading)\nc")
      #expect(guide.steps.map(\.title) == ["Make a key", "Copy it"])
      #expect(guide.extras.map(\.heading) == [heading])
      #expect(guide.extras.first?.isAfterSteps == true)
    }
  }

  @Test func `a heading above all others is the title, and no step`() {
    let guide = readGuide("# Tea keys\nIntro\n## Make a key\na\n## Copy it\nb")
    #expect(guide.steps.map(\.title) == ["Make a key", "Copy it"])
  }

  @Test func `a setting that an address cannot do without is asked although it is hidden`() throws {
    let provider = try makeProvider(
      """
      auth_mode: API_KEY
      proxy:
        base_url: https://${connectionConfig.house}.example/v/${connectionConfig.version}
        headers: {x: '${connectionConfig.unused}'}
      connection_config:
        house: {title: House}
        version: {title: '', hidden: true}
        unused: {title: U, hidden: true}
        given: {title: G, hidden: true, default_value: x}
      """)
    let form = Form(provider: provider, guide: nil)
    let asked = form.fields.filter(\.isPrompted)
    #expect(asked.map(\.id.name) == ["apiKey", "house", "version"])
    #expect(asked.map(\.label) == ["API Key", "House", "version"])
    #expect(asked.map(\.acceptsEmpty) == [false, false, false])
    let findings = GuideLint.findings(for: provider, guide: nil, file: "p.yaml")
    #expect(
      findings.contains { $0.message.hasPrefix("\"version\" is hidden") && $0.severity == .warning }
    )
  }

  @Test func `nothing is asked for an address that has a second form`() throws {
    let provider = try makeProvider(
      """
      auth_mode: API_KEY
      proxy: {base_url: 'https://${connectionConfig.house}.example||https://tea.example'}
      connection_config: {house: {title: H, hidden: true}}
      """)
    #expect(
      Form(provider: provider, guide: nil).fields.filter(\.isPrompted).map(\.id.name) == ["apiKey"])
  }

  @Test(arguments: [
    ("example: 'https://tea.example'", "the example of \"house\" begins with a scheme"),
    ("pattern: '^https?://[a-z.]+$'", "the pattern of \"house\" begins with a scheme"),
    ("format: hostname, example: 'tea.example/x'", "the example of \"house\" is no hostname"),
    ("format: email, example: 'tea'", "the example of \"house\" is no email"),
  ])
  func `the lint finds what an address or a format cannot take`(_ member: String, _ message: String)
    throws
  {
    let provider = try makeProvider(
      """
      auth_mode: API_KEY
      proxy: {base_url: 'https://${connectionConfig.house}'}
      connection_config: {house: {title: H, \(member)}}
      """)
    let findings = GuideLint.findings(for: provider, guide: nil, file: "p.yaml")
    #expect(
      findings.contains { $0.message.lowercased().contains(message.dropFirst(4).lowercased()) },
      "\(findings.map(\.message))")
  }

  @Test func `comparing a group with itself counts as work`() throws {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 60_000)
    // Safe: `bytes` outlives the call, and its elements are plain bytes.
    #expect(unsafe try Pattern("^(a+)\\1b$").search(bytes.span.bytes) == .tooHard)
    #expect(unsafe try Pattern("^(a{30000})\\1$").search(bytes.span.bytes) == .found)
  }
}
