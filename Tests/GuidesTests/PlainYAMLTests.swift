import Basics
import GuideText
import TestSupport
import Testing

@testable import ProviderFormat

/// What is read without libyaml says what libyaml says, and everything else is left to it.
@Suite("Plain YAML")
struct PlainYAMLTests {
  private static let entry = """
    # A provider as most are written.
    acme-api:
        display_name: Acme (API)
        categories:
            - crm
            - 'e-mail'
        auth_mode: API_KEY   # with a comment
        docs: https://docs.acme.example/start?a=1#top
        proxy:
            base_url: https://${connectionConfig.subdomain}.acme.example
            headers:
                x-api-key: ${apiKey}
            retry:
                after: retry-after
            paginate:

                limit: 100
                ratio: 1.5
        hosts:
        - name: one
          port: 0x10
        -   name: "two"
            port:
        -   three
        credentials:
            apiKey:
                pattern: '^[a-z]{4}$'
                optional: true
        connection_config:
    """

  private struct Reading: Equatable {
    var value: Value
    var lines: [Int]
    var line: Int
    var findings: [GuideFinding]

    init(_ result: YAMLReader.Result) {
      value = result.value
      lines = Reading.lines(of: result.value)
      line = result.line
      findings = result.findings
    }

    private static func lines(of value: Value) -> [Int] {
      (value.map?.members ?? []).flatMap { [$0.line] + lines(of: $0.value) }
        + (value.list ?? []).flatMap(lines)
    }
  }

  private func readPlainly(_ text: String) -> Reading? {
    let bytes = Array(text.utf8)
    guard PlainYAML(bytes) != nil, let result = try? YAMLReader.read(bytes, file: "p", firstLine: 7)
    else { return nil }
    return Reading(result)
  }

  private func readByLibrary(_ text: String) -> Reading? {
    (try? YAMLReader.readByLibrary(Array(text.utf8), file: "p", firstLine: 7)).map(Reading.init)
  }

  @Test func `an entry as most are written needs no libyaml, and says the same`() throws {
    let plain = try #require(readPlainly(Self.entry))
    #expect(plain == readByLibrary(Self.entry))
    #expect(plain.value["acme-api"]?["hosts"]?.list?.count == 3)
    #expect(plain.value["acme-api"]?["connection_config"] == .null)
  }

  @Test(arguments: [
    "a: &x 1\nb: *x\n", "a: {b: 1}\n", "a: [1, 2]\n", "a: |\n  text\n", "a: >-\n  text\n",
    "a: one\n  two\n", "a: 'it''s'\n", "a: \"tab\\t\"\n", "a: é\n", "a:\t1\n", "a: 1\r\nb: 2\r\n",
    "'a': 1\n", "? a\n: 1\n", "<<: 1\n", "---\na: 1\n", "a: 1\n...\n", "- a\n- b\n", "a\n", "",
    "# nothing\n", "- - a\n", "a:\n  - - b\n", "a: !!str 12\n", "a: -\n", "a: - b\n", "a: b: c\n",
    "a: b:\n", "a: 1\n b: 2\n", "a:\n  b: 1\n c: 2\n", "a:\n- 1\n  - 2\n", "a: 1\n- b\n",
    "a: 1\na: 2\n", "a:\n  b: 1\n  c: 2\n  b: 3\n", "a: @b\n", "a: `b\n", "a: %b\n", "a: 'b' c\n",
    "a: 'b\n", "a: \"b\n  c\"\n", "  a: 1\nb: 2\n", "a: 1\n\tb: 2\n", "a:\n  -\n    b\n",
    "a: 'b'#c\n",
    "a:b\n", "a : 1\n", "a: *b\n",
  ])
  func `whatever is written in another way, and every mistake, is left to libyaml`(_ text: String) {
    #expect(readPlainly(text) == nil)
  }

  @Test func `a text that was changed at random is left to libyaml or says the same`() {
    var random = SeededRandom(seed: 41)
    let pieces =
      Array(" -:#'\"\n\\&*[]{}|>ab1.?%@`~,<").map(String.init) + ["  ", "\n  ", ": ", "- "]
    var seen = 0
    for round in 0..<6000 {
      var text = Array(Self.entry)
      for _ in 0...random.below(3) {
        let place = random.below(text.count)
        switch random.below(3) {
        case 0: text.remove(at: place)
        case 1: text.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
        default:
          text.replaceSubrange(place..<place + 1, with: pieces[random.below(pieces.count)])
        }
      }
      guard let plain = readPlainly(String(text)) else { continue }
      seen += 1
      #expect(plain == readByLibrary(String(text)), "round \(round): \(String(text))")
    }
    #expect(seen > 1000)
  }

  @Test func `a summary reads the same out of the keys that are kept for it`() throws {
    let bytes = Array(Self.entry.utf8)
    let all = try YAMLReader.read(bytes, file: "p").value["acme-api"]?.map
    let kept = try YAMLReader.read(bytes, file: "p", keeping: .each(ProviderSummary.keys))
      .value["acme-api"]?.map
    let (whole, part) = (try #require(all), try #require(kept))
    #expect(part.members.count < whole.members.count)
    let (a, b) = (
      ProviderSummary(slug: "acme-api", entry: whole, line: 1),
      ProviderSummary(slug: "acme-api", entry: part, line: 1)
    )
    #expect(a.displayName == b.displayName)
    #expect(a.categories == b.categories)
    #expect(a.authMode == b.authMode)
    #expect(a.hosts == b.hosts)
    #expect(part["credentials"]?.map?.members.count == 1)
  }
}
