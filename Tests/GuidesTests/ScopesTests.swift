import Basics
import Catalogues
import GuideText
import GuideTools
import ProviderFormat
import TestSupport
import Testing

/// The rights that providers know, out of the file beside their entries.
@Suite("Scopes of providers")
struct ScopesTests {
  private static let text = """
    # source: https://docs.tea.example/scopes
    # (seen in November)
    tea:
        - cups.read
        - cups:write
        - cups.read
        - 7

    cup: []
    """

  private func folder(_ text: String, at path: String) throws -> TemporaryDirectory {
    let folder = TemporaryDirectory()
    try folder.write("auth_mode: OAUTH2\ndisplay_name: Tea\n", to: "tea/provider.yaml")
    try folder.write(text, to: path)
    return folder
  }

  @Test func `a folder of one's own may have them, each name once`() throws {
    let folder = try folder(Self.text, at: ScopesFile.name)
    let catalogue = Catalogue(sources: [.builtIn, .namedFolder(folder.path)])
    #expect(catalogue.scopes(of: "tea") == ["cups.read", "cups:write", "7"])
    #expect(catalogue.scopes(of: "cup") == [])
    #expect(catalogue.scopes(of: "pot") == [])
    #expect(catalogue.findings.isEmpty)
  }

  @Test func `a checkout has them beside its entries`() throws {
    let folder = TemporaryDirectory()
    try folder.write("tea:\n  auth_mode: OAUTH2\n", to: "packages/providers/providers.yaml")
    try folder.write(Self.text, to: "packages/providers/\(ScopesFile.name)")
    let catalogue = Catalogue(sources: [.namedFolder(folder.path)])
    #expect(catalogue.scopes(of: "tea").count == 3)
  }

  @Test func `a later source wins, and one that does not say does not`() throws {
    let first = try folder(Self.text, at: ScopesFile.name)
    let second = try folder("tea: [pot.read]\n", at: ScopesFile.name)
    let third = try folder("cup: [pot.read]\n", at: ScopesFile.name)
    let paths = [first.path, second.path, third.path]
    let catalogue = Catalogue(sources: paths.map { .namedFolder($0) })
    #expect(catalogue.scopes(of: "tea") == ["pot.read"])
  }

  @Test func `a file that cannot be read is told, and gives none`() throws {
    let folder = try folder("tea: [\n", at: ScopesFile.name)
    let catalogue = Catalogue(sources: [.namedFolder(folder.path)])
    #expect(catalogue.scopes(of: "tea") == [])
    #expect(catalogue.findings.count == 1)
  }

  @Test func `mistakes in the file are found`() throws {
    let text = "tea:\n  - cups read\n  - pots\nteas:\n  - a\ncup: 7\n"
    let folder = try folder(text, at: ScopesFile.name)
    let findings = GuideLint.findings(at: folder.path).filter {
      $0.file.hasSuffix(ScopesFile.name)
    }
    #expect(findings.map(\.severity) == [.error, .warning, .note])
    #expect(findings.map(\.line) == [6, 1, 4])
    let alone = GuideLint.findings(at: folder.file(ScopesFile.name))
    #expect(alone.map(\.line) == [6, 1])
  }
}
