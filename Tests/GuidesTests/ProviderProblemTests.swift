import Catalogues
import GuideText
import GuideTools
import ProviderFormat
import TestSupport
import Testing

@Suite("Why there is no such provider")
struct ProviderProblemTests {
  private func catalogue(
    in directory: borrowing TemporaryDirectory, _ files: [String: String]
  ) throws -> Catalogue {
    for (name, text) in files { try directory.write(text, to: name) }
    return Catalogue(sources: [.builtIn, .namedFolder(directory.path)])
  }

  @Test(arguments: [
    ("tea/provider.yaml", "auth_mode: API_KEY\n bad: [", "not valid YAML"),
    ("tea/tea.yaml", "cup: {auth_mode: API_KEY}\n", "does not describe \"tea\""),
    ("tea/provider.yaml", "- a\n", "not a map of providers"),
    ("tea/provider.yml", "auth_mode: API_KEY\n", "not called provider.yml"),
    ("providers.yaml", "cup: {auth_mode: NONE}\ntea:\n  display_name: \"open\n", "not valid YAML"),
    ("providers.yaml", "tea: text\n", "not a map"), ("providers.yaml", "{tea: [", "not valid YAML"),
  ])
  func `a broken file is named with its mistake`(_ file: String, _ text: String, _ message: String)
    throws
  {
    let directory = TemporaryDirectory()
    let catalogue = try self.catalogue(in: directory, [file: text])
    #expect(catalogue.form("tea") == nil)
    let problem = try #require(catalogue.problem(with: "tea"))
    #expect(problem.message.contains(message), "\(problem.message)")
    let path = directory.file(file)
    #expect(problem.file == path)
    #expect(catalogue.problem(with: "milk") == nil || file == "providers.yaml")
  }

  @Test func `a folder that does not exist is the reason for every name`() {
    let catalogue = Catalogue(sources: [.namedFolder("/nowhere/at/all")])
    #expect(catalogue.problem(with: "tea")?.message == "the folder does not exist")
  }

  @Test func `a file in the place of a folder is the reason for every name`() throws {
    let directory = TemporaryDirectory()
    try directory.write("auth_mode: API_KEY\n", to: "tea.yaml")
    let catalogue = Catalogue(sources: [.namedFolder(directory.file("tea.yaml"))])
    #expect(catalogue.problem(with: "tea")?.message == "this is not a folder")
    #expect(catalogue.unread?.finding.advice == "name the folder that has the providers")
  }

  @Test func `a broken file in front of a sound one is a problem all the same`() throws {
    let directory = TemporaryDirectory()
    let catalogue = try self.catalogue(in: directory, ["tally/provider.yaml": "a: ["])
    #expect(catalogue.form("tally")?.provider.origin == .builtIn)
    let path = directory.file("tally/provider.yaml")
    #expect(catalogue.problem(with: "tally")?.file == path)
    #expect(catalogue.problem(with: "tailscale-api-key") == nil)
  }

  @Test func `an entry with more fields than any form is refused with the reason`() throws {
    func entry(_ count: Int) -> String {
      "auth_mode: API_KEY\ncredentials:\n"
        + (1...count).map { "  f\($0): {type: string, title: F\($0)}\n" }.joined()
    }
    let directory = TemporaryDirectory()
    let catalogue = try self.catalogue(
      in: directory,
      [
        "full/provider.yaml": entry(1000), "tea/provider.yaml": entry(1001),
      ])
    #expect(catalogue.form("full")?.fields.count == 1001)
    #expect(catalogue.form("tea") == nil)
    #expect(catalogue.problem(with: "tea")?.message.contains("has 1001 fields") == true)
    #expect(catalogue.findings.contains { $0.message.contains("has 1001 fields") })
    let second = TemporaryDirectory()
    let repository = try self.catalogue(
      in: second,
      [
        "providers.yaml": "tea:\n"
          + entry(1001).split(separator: "\n").map { "  \($0)\n" }.joined()
      ])
    #expect(repository.problem(with: "tea")?.message.contains("has 1001 fields") == true)
  }

  @Test(arguments: [
    ("tally.so", ["tally"]), ("https://www.tally.so/settings?x", ["tally"]),
    ("APP.Tally.SO", ["tally"]), ("tally.example.com", ["tally"]), ("taly", ["tally"]),
    ("login.tailscale.com", ["tailscale-api-key"]), ("nothing.like.it", []),
  ])
  func `a domain leads to its provider`(_ text: String, _ slugs: [String]) {
    #expect(Catalogue(sources: [.builtIn]).suggestions(for: text) == slugs)
  }

  @Test func `a guide longer than any is cut with a word about it`() {
    let text = "## Step 1: A\n" + String(repeating: "- a\n", count: 240_000)
    let guide = readGuide(text)
    #expect(guide.findings.contains { $0.message.contains("more than 20000 lines") })
    let lines = Outline.of(guide.steps[0].blocks)
    #expect(lines.count == 20_001)
    #expect(lines.last == "  The rest of this guide was not read: it has more than 20000 lines.")
  }

  @Test func `docs_connect that names a page leads to the guide below it`() throws {
    let page = "https://host.example/docs/all/tea"
    let directory = TemporaryDirectory()
    let catalogue = try self.catalogue(
      in: directory,
      [
        "packages/providers/providers.yaml":
          "tea: {auth_mode: API_KEY, docs_connect: '\(page)'}\ncup: {auth_mode: API_KEY, docs_connect: 'https://host.example/docs/all/other'}\npot: {auth_mode: API_KEY, docs_connect: 'https://host.example/docs/all/pot-page'}\n",
        "docs/all/tea.mdx": "## Step 1: Page", "docs/all/tea/connect.mdx": "## Step 1: Guide",
        "docs/all/other.mdx": "## Step 1: Other", "docs/x/cup/connect.mdx": "## Step 1: Cup",
        "docs/all/pot-page.mdx": "## Step 1: Pot",
      ])
    #expect(
      ["tea", "cup", "pot"].map { catalogue.form($0)?.guide?.steps.first?.title } == [
        "Guide", "Cup", "Pot",
      ])
    #expect(["tea", "cup", "pot"].allSatisfy { catalogue.entry($0)?.hasGuide == true })
  }
}
