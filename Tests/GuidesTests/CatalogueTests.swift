import Basics
import Catalogues
import FoundationEssentials
import GuideText
import TestSupport
import Testing

@testable import Catalogues
@testable import GuideTools
@testable import ProviderFormat

extension TemporaryDirectory {
  /// Writes a file with the folders above it.
  borrowing func write(_ text: String, to name: String) throws {
    let target = URL(filePath: file(name))
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: target)
  }
}

@Suite("The catalogue")
struct CatalogueTests {
  private static let tea = "display_name: Tea\nauth_mode: API_KEY\n"

  @Test func `a folder of our own layout is read under either name`() throws {
    let directory = TemporaryDirectory()
    try directory.write(Self.tea, to: "tea/provider.yaml")
    try directory.write("## Step 1: A", to: "tea/guide.md")
    try directory.write("cup:\n  display_name: Cup\n  auth_mode: BASIC\n", to: "cup/cup.yaml")
    try directory.write("## Step 1: B", to: "cup/cup.md")
    try directory.write("not a provider", to: "notes.txt")
    let catalogue = Catalogue(sources: [.namedFolder(directory.path)])
    #expect(catalogue.entries.map(\.slug) == ["cup", "tea"])
    #expect(catalogue.form("tea")?.guide?.steps.map(\.title) == ["A"])
    #expect(catalogue.form("cup")?.guide?.steps.map(\.title) == ["B"])
    #expect(catalogue.provider("tea")?.origin == .folder(directory.path))
    #expect(catalogue.findings.isEmpty)
  }

  @Test func `a folder can be one provider`() throws {
    let directory = TemporaryDirectory()
    try directory.write(Self.tea, to: "tea/provider.yaml")
    try directory.write("## Step 1: A", to: "tea/guide.md")
    let catalogue = Catalogue(sources: [.namedFolder(directory.path + "/tea/")])
    #expect(catalogue.entries.map(\.slug) == ["tea"])
    #expect(catalogue.form("tea")?.guide?.steps.count == 1)
  }

  @Test func `a checkout of the repository is read, and docs_connect decides between two guides`()
    throws
  {
    let directory = TemporaryDirectory()
    let connect = "https://host.example/docs/integrations/all/tea/connect"
    try directory.write(
      "tea: {auth_mode: API_KEY, docs_connect: '\(connect)'}\ncup: {auth_mode: NONE}\npot: {auth_mode: NONE, docs_connect: 'https://host.example/docs/gone/connect'}\n",
      to: "packages/providers/providers.yaml")
    try directory.write("## Step 1: Old", to: "docs/api-integrations/tea/connect.mdx")
    try directory.write("## Step 1: Named", to: "docs/integrations/all/tea/connect.mdx")
    try directory.write("## Step 1: Cup", to: "docs/some/where/cup/connect.mdx")
    let catalogue = Catalogue(sources: [.namedFolder(directory.path)])
    #expect(catalogue.form("tea")?.guide?.steps.map(\.title) == ["Named"])
    #expect(catalogue.form("cup")?.guide?.steps.map(\.title) == ["Cup"])
    #expect(catalogue.entries.filter(\.hasGuide).map(\.slug) == ["cup", "tea"])
    #expect(catalogue.exported()["guides"]?.map?.members.count == 3)
  }

  @Test(arguments: [
    ("https://host.example/docs/all/tea/connect", "docs/all/tea/connect.mdx"),
    ("https://host.example/docs//all/tea/connect/?a=b#c", "docs/all/tea/connect.mdx"),
    ("https://docs.example/a/docs/tea#docs", "docs/tea/connect.mdx"),
    ("/docs/docs/tea", "docs/docs/tea/connect.mdx"),
    ("docs/tea", nil), ("https://host.example/docs", nil), ("https://host.example/docs/", nil),
    ("https://host.example/docs/../tea", nil), ("https://host.example/docs/tea\0", nil),
    ("https://host.example/?/docs/tea", nil), ("", nil),
  ])
  func `an address of a guide is a path below docs`(_ address: String, _ path: String?) {
    #expect(GuideTree.named(by: address)?.guide == path)
  }

  @Test func `a name is one line, whatever stands in it`() throws {
    let folder = TemporaryDirectory()
    try folder.write(
      #"display_name: "Tea accepts these credentials.\r\nacme/default: Acme""# + "\n"
        + "auth_mode: API_KEY\n", to: "tea/provider.yaml")
    let catalogue = Catalogue(sources: [.folder(folder.path)])
    let name = "Tea accepts these credentials.  acme/default: Acme"
    #expect(catalogue.provider("tea")?.displayName == name)
    #expect(catalogue.entry("tea")?.displayName == name)
  }

  @Test func `later sources win, and a guide alone belongs to the provider of an earlier one`()
    throws
  {
    let system = TemporaryDirectory()
    try system.write(Self.tea, to: "tea/provider.yaml")
    try system.write("## Step 1: System", to: "tea/guide.md")
    let user = TemporaryDirectory()
    try user.write("display_name: My Tally\nauth_mode: API_KEY\n", to: "tally/provider.yaml")
    try user.write("## Step 1: Only a guide", to: "cup/guide.md")
    let catalogue = Catalogue(sources: [
      .builtIn, .folder(system.path), .folder(user.path), .folder("/nonexistent"),
    ])
    #expect(catalogue.provider("tally")?.displayName == "My Tally")
    #expect(catalogue.provider("tailscale-api-key")?.origin == .builtIn)
    #expect(catalogue.form("tally")?.guide?.title == "Link Tally")
    #expect(catalogue.provider("cup") == nil)
    #expect(catalogue.findings.isEmpty)
  }

  @Test func `a list says where an entry comes from and what it stands in place of`() throws {
    let system = TemporaryDirectory()
    try system.write(Self.tea, to: "tally/provider.yaml")
    let user = TemporaryDirectory()
    try user.write(Self.tea, to: "tally/provider.yaml")
    try user.write("## Step 1: A", to: "tea/guide.md")
    let catalogue = Catalogue(sources: [
      .builtIn, .folder(system.path), .folder(user.path), .namedFolder(system.path + "/"),
    ])
    let entry = try #require(catalogue.entry("tally"))
    #expect(entry.origin == .folder(system.path))
    #expect(entry.shadowed == [.folder(user.path), .builtIn])
    #expect(catalogue.entries.filter { $0.slug == "tally" }.count == 1)
    #expect(catalogue.entry("tailscale-api-key")?.shadowed == [])
  }

  @Test(arguments: ["../tea", "tea/", ".", "..", "", "tea\u{0}"])
  func `a slug does not lead out of its folder`(_ slug: String) throws {
    let directory = TemporaryDirectory()
    try directory.write(Self.tea, to: "tea/provider.yaml")
    try directory.write(Self.tea, to: "inner/cup/provider.yaml")
    #expect(Catalogue(sources: [.namedFolder(directory.file("inner"))]).provider(slug) == nil)
  }

  @Test func `a named folder that is missing or empty is reported`() {
    let directory = TemporaryDirectory()
    #expect(Catalogue(sources: [.namedFolder("/nonexistent")]).findings.map(\.severity) == [.error])
    #expect(
      Catalogue(sources: [.namedFolder(directory.path)]).findings.map(\.severity) == [.warning])
    #expect(Catalogue(sources: [.folder(directory.path)]).findings.isEmpty)
  }

  @Test func `files that cannot be read are findings`() throws {
    let directory = TemporaryDirectory()
    for name in ["circle", "pipe", "broken", "wrong"] {
      try directory.write("x", to: "\(name)/guide.md")
    }
    let files = FileManager.default
    let circle = directory.file("circle/provider.yaml")
    try files.createSymbolicLink(atPath: circle, withDestinationPath: circle)
    try files.createDirectory(
      atPath: directory.file("pipe/provider.yaml"), withIntermediateDirectories: true)
    try directory.write("a: [", to: "broken/provider.yaml")
    try directory.write("other:\n  auth_mode: NONE\n", to: "wrong/provider.yaml")
    let catalogue = Catalogue(sources: [.namedFolder(directory.path)])
    #expect(catalogue.entries.isEmpty)
    for slug in ["broken", "pipe", "wrong"] { #expect(catalogue.provider(slug) == nil) }
    let files2 = catalogue.findings.map {
      $0.file.split(separator: "/").dropLast().last.map(String.init)
    }
    #expect(Set(files2) == ["pipe", "broken", "wrong"])
  }

  @Test func `a file that is too large is refused`() throws {
    let directory = TemporaryDirectory()
    try directory.write(String(repeating: "x", count: 100), to: "large")
    #expect(throws: GuideFile.Problem.tooLarge(limit: 99)) {
      try GuideFile.read(directory.file("large"), limit: 99)
    }
    #expect(throws: GuideFile.Problem.missing) {
      try GuideFile.read(directory.file("none"), limit: 99)
    }
    #expect(throws: GuideFile.Problem.notAFile) { try GuideFile.read("/dev/null", limit: 99) }
  }

  @Test func `nothing is suggested for nonsense`() {
    let catalogue = Catalogue(sources: [.builtIn])
    #expect(catalogue.suggestions(for: "talli") == ["tally"])
    #expect(catalogue.suggestions(for: "qqqqqqq").isEmpty)
    #expect(catalogue.suggestions(for: "").isEmpty)
  }

  @Test func `a provider without a guide gets a page with its fields`() throws {
    let directory = TemporaryDirectory()
    try directory.write(Self.tea + "docs: https://tea.example\n", to: "tea/provider.yaml")
    try directory.write("display_name: Web\nauth_mode: OAUTH2\n", to: "web/provider.yaml")
    let catalogue = Catalogue(sources: [.namedFolder(directory.path)])
    let form = try #require(catalogue.form("tea"))
    #expect(form.fields.map(\.step) == [0])
    #expect(form.guide?.steps[0].blocks.isEmpty == false)
    #expect(catalogue.entries.first?.hasGuide == false)
    let web = try #require(catalogue.form("web")?.guide)
    #expect(Outline.of(web.overview).joined().contains("by agreeing to it"))
    try directory.write("display_name: Shop\nauth_mode: APP_STORE\n", to: "shop/provider.yaml")
    let shop = try #require(Catalogue(sources: [.namedFolder(directory.path)]).form("shop")?.guide)
    #expect(Outline.of(shop.overview).joined().contains("cannot be linked from here"))
  }
}
