import Basics
import Catalogues
import FoundationEssentials
import GuideText
import ProviderFormat
import TestSupport
import Testing

@testable import Catalogues
@testable import GuideTools

/// What the index of a folder answers, and when it is made anew.
@Suite("The index of a folder")
struct IndexTests {
  @Test func `an index that was kept gives the same answers as the files`() throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    try IndexFixture.fill(folder)
    let plain = IndexFixture.answers(IndexFixture.catalogue(folder, nil))
    #expect(IndexFixture.answers(IndexFixture.catalogue(folder, IndexFixture.cache(home))) == plain)
    let file = try IndexFixture.indexFile(home)
    let first =
      "\(try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as Any)"
    #expect(IndexFixture.answers(IndexFixture.catalogue(folder, IndexFixture.cache(home))) == plain)
    let second =
      "\(try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as Any)"
    #expect(first == second)
    #expect(plain.contains { $0.contains("never closed") || $0.contains("YAML") })
  }

  @Test func `one broken entry does not hide the others of its file`() throws {
    let folder = TemporaryDirectory()
    try IndexFixture.fill(folder)
    let catalogue = IndexFixture.catalogue(folder, nil)
    #expect(catalogue.entries.map(\.slug) == ["cup", "green-tea", "tea"])
    let green = try #require(catalogue.provider("green-tea"))
    #expect(green.displayName == "Green Tea")
    #expect(green.authMode == .apiKey)
    #expect(green.line == 7)
    let finding = try #require(catalogue.findings.first)
    #expect(catalogue.findings.count == 1)
    #expect((10...12).contains(finding.line))
    #expect(finding.file == folder.file(IndexFixture.repository))
  }

  @Test(arguments: [
    "tea: &t {auth_mode: API_KEY, display_name: Tea}\ncup:\n  <<: *t\n  display_name: Cup\n",
    "{tea: {auth_mode: API_KEY, display_name: Tea}, cup: {auth_mode: API_KEY, display_name: Cup}}",
    "'tea':\n  auth_mode: API_KEY\n  display_name: Tea\ncup:\n  auth_mode: API_KEY\n  display_name: Cup\n",
    "---\ntea:\r\n  auth_mode: API_KEY\r\n  display_name: Tea\r\ncup:\r\n  auth_mode: API_KEY\r\n  display_name: Cup\r\n",
    "\u{FEFF}tea:\n  auth_mode: API_KEY\n  display_name: \"Tea\"\n  docs: \"a\n    b: c\"\ncup: {auth_mode: API_KEY, display_name: Cup}\n",
  ])
  func `files that cannot be taken apart are read whole`(_ text: String) throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    try folder.write(text, to: IndexFixture.repository)
    for _ in 1...2 {
      let catalogue = IndexFixture.catalogue(folder, IndexFixture.cache(home))
      #expect(catalogue.entries.map(\.displayName) == ["Cup", "Tea"])
      #expect(catalogue.provider("cup")?.authMode == .apiKey)
      #expect(catalogue.findings.isEmpty)
    }
  }

  @Test func `a slug that stands twice is reported and read once`() throws {
    let folder = TemporaryDirectory()
    try folder.write(
      "tea:\n  auth_mode: NONE\ntea:\n  auth_mode: BASIC\n", to: IndexFixture.repository)
    let catalogue = IndexFixture.catalogue(folder, nil)
    #expect(catalogue.entries.map(\.authMode) == [.unauthenticated])
    #expect(catalogue.findings.map(\.line) == [3])
  }

  // MARK: Changes

  @Test func `changed, new and removed files of a folder are noticed at once`() throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    func names() -> [String] {
      IndexFixture.catalogue(folder, IndexFixture.cache(home)).entries.map {
        "\($0.displayName) \($0.hasGuide)"
      }
    }
    try folder.write("auth_mode: NONE\ndisplay_name: Tea\n", to: "tea/provider.yaml")
    #expect(names() == ["Tea false"])
    try folder.write("auth_mode: NONE\ndisplay_name: Black Tea\n", to: "tea/provider.yaml")
    #expect(names() == ["Black Tea false"])
    try folder.write("## Step 1: A", to: "tea/guide.md")
    #expect(names() == ["Black Tea true"])
    try folder.write("auth_mode: NONE\ndisplay_name: Cup\n", to: "cup/cup.yaml")
    #expect(names() == ["Black Tea true", "Cup false"])
    try folder.write("auth_mode: NONE\ndisplay_name: Other Cup\n", to: "cup/provider.yaml")
    #expect(names() == ["Black Tea true", "Other Cup false"])
    try FileManager.default.removeItem(atPath: folder.file("tea/guide.md"))
    #expect(names() == ["Black Tea false", "Other Cup false"])
    try FileManager.default.removeItem(atPath: folder.file("tea"))
    #expect(names() == ["Other Cup false"])
    try folder.write("pot: {auth_mode: NONE, display_name: Pot}\n", to: "providers.yaml")
    #expect(names() == ["Pot false"])
  }

  @Test func `changes to a checkout are noticed at once`() throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    func guides() -> [String] {
      let catalogue = IndexFixture.catalogue(folder, IndexFixture.cache(home))
      return catalogue.entries.map { "\($0.slug) \($0.hasGuide)" }
    }
    try IndexFixture.fill(folder)
    #expect(guides() == ["cup true", "green-tea true", "tea true"])
    try FileManager.default.removeItem(atPath: folder.file("docs/all/cup"))
    #expect(guides() == ["cup false", "green-tea true", "tea true"])
    try folder.write("## Step 1: Cup", to: "docs/new/place/cup/connect.mdx")
    #expect(guides() == ["cup true", "green-tea true", "tea true"])
    let url = URL(filePath: folder.file(IndexFixture.repository))
    try Data("tea: {auth_mode: NONE}\n".utf8).write(to: url, options: .atomic)
    #expect(guides() == ["tea true"])
  }

  @Test func `a file that is changed while the program runs is read as it is now`() throws {
    let folder = TemporaryDirectory()
    try folder.write(
      "tea:\n  auth_mode: NONE\ncup:\n  auth_mode: NONE\n", to: IndexFixture.repository)
    let catalogue = IndexFixture.catalogue(folder, nil)
    #expect(catalogue.entries.count == 2)
    try folder.write("# Longer.\ncup:\n  auth_mode: BASIC\n", to: IndexFixture.repository)
    #expect(catalogue.provider("cup")?.authMode == .basic)
  }

  @Test func `a file that was written a moment before is read again the next time`() {
    let now = FileTime(seconds: 1000, nanoseconds: 500_000_000)
    func stamp(_ seconds: Int64, _ nanoseconds: Int64) -> FileFingerprint {
      FileFingerprint(
        kind: .file, changed: FileTime(seconds: seconds, nanoseconds: nanoseconds), size: 1,
        inode: 1)
    }
    #expect(!stamp(1000, 499_000_000).isSettled(at: now))
    #expect(stamp(1000, 400_000_000).isSettled(at: now))
    #expect(!stamp(999, 0).isSettled(at: now))
    #expect(!stamp(2000, 5).isSettled(at: now))
    #expect(stamp(.min, 5).isSettled(at: now))
  }

  // MARK: Size

  @Test func `five thousand providers are listed, searched and opened`() throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    let text = (1...5000).map {
      "p\($0):\n  display_name: Provider \($0)\n  auth_mode: API_KEY\n  categories: [c\($0 % 7)]\n"
    }
    try folder.write(text.joined(), to: IndexFixture.repository)
    for _ in 1...2 {
      let catalogue = Catalogue(
        sources: [.builtIn, .namedFolder(folder.path)], cache: IndexFixture.cache(home))
      #expect(catalogue.entries.count == 5002)
      #expect(catalogue.search("p4711").first?.slug == "p4711")
      #expect(catalogue.search("provider 4711").map(\.slug) == ["p4711"])
      #expect(catalogue.search("c3").count == 714)
      #expect(catalogue.search("tally").first?.slug == "tally")
      #expect(catalogue.provider("p5000")?.displayName == "Provider 5000")
      #expect(catalogue.provider("p5001") == nil)
    }
  }
}
