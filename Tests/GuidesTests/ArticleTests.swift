import FoundationEssentials
import Testing

@testable import Guides

@Suite("The article about the format")
struct ArticleTests {
  private func example(_ language: String) throws -> String {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Guides/Guides.docc/ProviderFormat.md").path
    let text = String(decoding: try GuideFile.read(article, limit: 1 << 20), as: UTF8.self)
    let start = try #require(text.firstRange(of: "```\(language)\n")).upperBound
    let end = try #require(text[start...].firstRange(of: "\n```\n")).lowerBound
    return String(text[start..<end])
  }

  @Test func `its example is sound and uses every key of the extension`() throws {
    let provider = try makeProvider(try example("yaml"), slug: "tea")
    let guide = readGuide(try example("markdown"))
    #expect(GuideLint.findings(for: provider, guide: guide, file: "tea.yaml") == [])
    #expect(Form(provider: provider, guide: guide).fields.map(\.step) == [0, 1])
    let usher = provider.usher
    #expect(usher.check.count == 4)
    #expect(usher.check.map(\.answers.count) == [2, 3, 2, 1])
    #expect(usher.check[2].query.map(\.name) == ["limit"])
    #expect(usher.check[3].body != nil)
    #expect(usher.derivations.count == 2)
    #expect(usher.hints.map(\.verdict) == [.right, .wrong, .required])
    #expect(usher.patternSeverity.count == 1)
    #expect(usher.revocation?.method == "DELETE")
  }
}
