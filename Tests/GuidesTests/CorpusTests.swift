import Basics
import Catalogues
import FoundationEssentials
import GuideText
import GuideTools
import ProviderFormat
import Testing

/// A folder with `expected.json` and `nango-sample`, the repository that it was made from, named by `USHER_CORPUS`. It
/// is not part of this project.
enum Corpus {
  static let path = ProcessInfo.processInfo.environment["USHER_CORPUS"]
  static var isThere: Bool { path != nil }

  static func expected() throws -> Value {
    let bytes = try GuideFile.read(try #require(path) + "/expected.json", limit: 64 * 1024 * 1024)
    return unsafe try Value(
      json: bytes.span.bytes, limits: JSONLimits(bytes: bytes.count, depth: 64))
  }

  static func catalogue() throws -> Catalogue {
    Catalogue(sources: [.namedFolder(try #require(path) + "/nango-sample")])
  }
}

/// Where two values differ, member by member, in whatever order the members stand.
func differences(_ expected: Value, _ actual: Value?, at path: String = "") -> [String] {
  switch (expected, actual) {
  case (.map(let map), .map(let other)?):
    let added = other.members.map(\.key).filter { map[$0] == nil }.map {
      "\(path)/\($0): not expected"
    }
    return added
      + map.members.flatMap { differences($0.value, other[$0.key], at: "\(path)/\($0.key)") }
  case (.list(let list), .list(let other)?):
    let count =
      list.count == other.count ? [] : ["\(path): \(list.count) expected, \(other.count) found"]
    return count
      + zip(list, other).enumerated().flatMap {
        differences($0.element.0, $0.element.1, at: "\(path)/\($0.offset)")
      }
  default:
    let found = actual?.json ?? "nothing"
    return expected == actual ? [] : ["\(path): \(expected.json) expected, \(found) found"]
  }
}

@Suite("The corpus", .enabled(if: Corpus.isThere))
struct CorpusTests {
  /// What the corpus has and the export does not: sample inputs with their requests belong to the check.
  private static let left = ["sample", "counts"]

  @Test(arguments: ["guides", "providers"])
  func `every guide and provider reads as expected`(_ part: String) throws {
    let expected = try #require(try Corpus.expected()[part]?.map)
    let actual = try #require(try Corpus.catalogue().exported()[part])
    for member in expected.members {
      var value = try #require(member.value.map)
      value.members.removeAll { Self.left.contains($0.key) }
      let found = differences(.map(value), actual[member.key], at: member.key)
      #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }
    #expect(actual.map?.members.map(\.key).sorted() == expected.members.map(\.key).sorted())
  }

  @Test func `the corpus reads without an error`() throws {
    let catalogue = try Corpus.catalogue()
    #expect(catalogue.findings.isEmpty)
    for file in catalogue.guideFiles() {
      #expect(!file.guide.findings.contains { $0.severity == .error })
    }
  }
}
