import Basics
import FoundationEssentials
import GuideText
import ProviderFormat
import TestSupport
import Testing

@testable import Catalogues

/// A folder of guides and a cache for its index. The clock is an hour ahead, so that files which were written just now
/// count as being at rest.
enum IndexFixture {
  static func cache(_ directory: borrowing TemporaryDirectory) -> IndexCache {
    IndexCache(directory: directory.file("cache/usher")) {
      var now = FileTime.now()
      now.seconds += 3600
      return now
    }
  }

  static func catalogue(
    _ folder: borrowing TemporaryDirectory, _ cache: IndexCache?
  ) -> Catalogue {
    Catalogue(sources: [.namedFolder(folder.path)], cache: cache)
  }

  static func indexFile(_ directory: borrowing TemporaryDirectory) throws -> String {
    let folder = directory.file("cache/usher")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return "\(folder)/" + (try #require(names.first { $0.hasSuffix(".index") }))
  }

  static let repository = "packages/providers/providers.yaml"

  /// Providers with an alias, a category, a guide, and a mistake.
  static func fill(_ folder: borrowing TemporaryDirectory) throws {
    try folder.write(
      """
      # Ours.
      tea:
        display_name: Tea
        auth_mode: API_KEY
        categories: [food, popular]
        docs_connect: https://host.example/docs/all/tea/connect
      green-tea:
        alias: tea
        display_name: Green Tea
      broken:
        display_name: "never closed
      cup: {auth_mode: BASIC, usher: {domain: cup.example}}

      """, to: repository)
    try folder.write("## Step 1: Tea", to: "docs/all/tea/connect.mdx")
    try folder.write("## Step 1: Cup", to: "docs/all/cup/connect.mdx")
  }

  /// Everything that can be asked.
  static func answers(_ catalogue: Catalogue) -> [String] {
    var answers = catalogue.entries.map { "\($0)" }
    answers += catalogue.findings.map { "\($0)" }
    for slug in ["tea", "green-tea", "cup", "broken"] {
      let form = catalogue.form(slug)
      let titles = form?.guide?.steps.map(\.title) ?? []
      answers.append("\(String(describing: form?.provider.entry)) \(titles)")
    }
    return answers + catalogue.search("tae").map(\.slug)
  }
}
