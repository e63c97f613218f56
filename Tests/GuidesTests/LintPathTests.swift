import GuideText
import GuideTools
import TestSupport
import Testing

/// What `usher guides check` can be pointed at.
@Suite("The paths that the lint takes")
struct LintPathTests {
  private static let provider = """
    display_name: Tea
    auth_mode: API_KEY
    proxy: {base_url: 'https://tea.example', headers: {authorization: '${apiKey}'}}
    credentials:
      apiKey: {type: string, title: Key, doc_section: '#step-1-gone'}
    bad: 1

    """

  private static let guide = "---\ntitle: Tea\n---\n## Step 1: Get it\n[a](http://tea.example)\n"

  private func folder() throws -> TemporaryDirectory {
    let directory = TemporaryDirectory()
    try directory.write(Self.provider, to: "tea/provider.yaml")
    try directory.write(Self.guide, to: "tea/guide.md")
    return directory
  }

  private func found(_ directory: borrowing TemporaryDirectory, _ path: String) -> [String] {
    GuideLint.findings(at: path.isEmpty ? directory.path : "\(directory.path)/\(path)")
      .map { "\($0.file.dropFirst(directory.path.count + 1)):\($0.line)" }.sorted()
  }

  /// The unknown key, the `doc_section`, and the link in the guide.
  @Test(arguments: ["", "tea", "tea/provider.yaml"])
  func `a folder, a provider's folder and its file are checked with the guide`(
    _ path: String
  ) throws {
    let all = ["tea/guide.md:5", "tea/provider.yaml:5", "tea/provider.yaml:6"]
    #expect(found(try folder(), path) == all)
  }

  @Test func `a guide is checked with what its provider says of it`() throws {
    #expect(found(try folder(), "tea/guide.md") == ["tea/guide.md:5", "tea/provider.yaml:5"])
  }

  @Test func `a file may have the provider's own name, and stand alone`() throws {
    let directory = TemporaryDirectory()
    try directory.write(Self.provider, to: "tea.yaml")
    try directory.write(Self.guide, to: "cup.md")
    #expect(found(directory, "tea.yaml") == ["tea.yaml:6"])
    #expect(found(directory, "cup.md") == ["cup.md:5"])
  }

  @Test func `every provider of a large file is checked, shared lines once`() throws {
    let directory = TemporaryDirectory()
    let entry = Self.provider.split(separator: "\n").map { "  \($0)\n" }.joined()
    let text = "tea:\n\(entry)cup:\n  alias: tea\n  display_name: Cup\n"
    try directory.write(text, to: "packages/providers/providers.yaml")
    try directory.write(Self.guide, to: "docs/all/tea/connect.mdx")
    let file = "packages/providers/providers.yaml"
    #expect(found(directory, file) == ["\(file):7", "\(file):7"])
    let all = found(directory, "")
    #expect(all.contains("\(file):6"))
    #expect(all.contains("docs/all/tea/connect.mdx:5"))
    let guide = found(directory, "docs/all/tea/connect.mdx")
    #expect(guide == ["docs/all/tea/connect.mdx:5", "\(file):6"])
  }

  @Test func `a guide that no provider uses is checked too`() throws {
    let directory = TemporaryDirectory()
    try directory.write(Self.guide, to: "tea/guide.md")
    #expect(found(directory, "") == ["tea/guide.md:5"])
  }

  @Test func `what cannot be read is an error and hides nothing else`() throws {
    let directory = try folder()
    try directory.write("a: [", to: "cup/cup.yaml")
    let findings = GuideLint.findings(at: directory.path)
    #expect(findings.contains { $0.file.hasSuffix("cup/cup.yaml") && $0.severity == .error })
    #expect(findings.contains { $0.file.hasSuffix("tea/provider.yaml") })
    let missing = GuideLint.findings(at: "\(directory.path)/nothing")
    #expect(missing.map(\.severity) == [.error])
  }
}
