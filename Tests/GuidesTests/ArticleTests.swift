import FoundationEssentials
import GuideTools
import Testing

@testable import GuideText
@testable import GuideTools
@testable import ProviderFormat

@Suite("The article about the format")
struct ArticleTests {
  private func article() throws -> String {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/ProviderFormat/ProviderFormat.docc/ProviderFiles.md").path
    return String(decoding: try GuideFile.read(article, limit: 1 << 20), as: UTF8.self)
  }

  private func example(_ language: String) throws -> String {
    let text = try article()
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

  /// The cells of the table behind a heading, without its head.
  private func table(_ heading: String) throws -> [[String]] {
    let lines = try article().split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: heading[...]))
    return lines[start...].drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
      .map { line in
        line.split(separator: "|").map(String.init).map(\.trimmed)
      }
  }

  @Test(arguments: [
    ("## Keys of a field", Field.schema.rules),
    ("## Keys below `usher`", UsherExtension.schema.rules),
    ("### A request of `check`", UsherExtension.CheckStep.schema.rules),
    ("### An answer", UsherExtension.Answer.schema.rules),
    ("### An entry of `derive`", DerivationParts.schema.rules),
    ("### An entry of `hints`", UsherExtension.Hint.schema.rules),
    ("### `revoke`", UsherExtension.Revocation.schema.rules),
  ])
  func `its tables say every key, what it holds, and what it is`(
    _ heading: String, _ rules: KeyRules
  ) throws {
    let rows = try table(heading)
    #expect(rows.map { Array($0.prefix(2)) } == rules.rules.map { ["`\($0.name)`", $0.type] })
    #expect(rows.allSatisfy { $0.count == 3 && !$0[2].isEmpty })
  }

  @Test func `it names no key of a provider that there is not`() throws {
    let keys = try table("## Keys of a provider").flatMap { row in
      row[0].split(separator: "`").map(String.init).filter {
        $0.allSatisfy { $0.isLetter || $0 == "_" }
      }
    }
    #expect(keys.count > 10)
    #expect(Set(keys).subtracting(EntryKeys.entry.names) == [])
  }

  @Test func `the facts and meanings that it lists are all`() throws {
    let rows = try table("### An answer")
    for fact in UsherExtension.Fact.allCases { #expect(rows[6][2].contains("`\(fact.rawValue)`")) }
    for word in UsherExtension.Meaning.allCases {
      #expect(rows[3][2].contains("`\(word.rawValue)`"))
    }
  }
}
