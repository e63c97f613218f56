import Basics
import GuideText
import Testing

@testable import GuideTools
@testable import ProviderFormat

private func read(_ text: String) throws -> Value {
  try YAMLReader.read(Array(text.utf8), file: "p.yaml").value
}

/// Ways of writing the same thing that authors of provider files have.
@Suite("YAML constructs")
struct YAMLConstructTests {
  @Test(arguments: [
    ("|\n  a\n  b\n", "a\nb\n"), ("|-\n  a\n  b\n", "a\nb"), ("|+\n  a\n\n", "a\n\n"),
    ("|2\n    a\n", "  a\n"), ("|\n  a\n\n  b", "a\n\nb"),
    ("|\n  # no comment\n", "# no comment\n"),
    (">\n  a\n  b\n\n  c\n", "a b\nc\n"), (">-\n  a\n    b\n  c\n", "a\n  b\nc"),
    (">+\n  a\n\n", "a\n\n"), ("a\n  b\n\n  c", "a b\nc"), ("'it''s\n  two'", "it's two"),
    ("\"a\\tb\\u00e9\\\n  c\"", "a\tb\u{E9}c"), ("\"\\x41\\/\"", "A/"),
  ])
  func `a text of several lines is put together`(_ text: String, _ expected: String) throws {
    #expect(try read("k: \(text)")["k"] == .string(expected))
  }

  @Test(arguments: [
    "{\"k\": 1, 'l': [a, b]}", "k: 1\nl:\n- a\n- b\n", "? k\n: 1\n? l\n: [a,\n   b]\n",
    "# c\n\"k\"  : 1 # c\n\n# c\n'l':\n  # c\n  - a\n\n  # c\n  - b\n",
    "--- {k: 1, l: [a, b,]}\n...\n",
    "%YAML 1.2\n---\nk:\t1\nl:   [a, b]\t\n",
    "\u{FEFF}k: 1\r\nl:\r\n  - a\r\n  - b\r\n",
  ])
  func `one thing may be written in many ways`(_ text: String) throws {
    #expect(try read(text) == read("k: 1\nl: [a, b]"))
  }

  @Test func `letters of any script are kept, in keys too`() throws {
    let value = try read("größe: „ja“\n\"キー\": 👍\nplain: naïve – café\n")
    #expect(value.map?.members.map(\.key) == ["größe", "キー", "plain"])
    #expect(value["größe"] == .string("„ja“"))
    #expect(value["キー"] == .string("👍"))
    #expect(value["plain"] == .string("naïve – café"))
  }

  @Test func `lines may be as long as a page`() throws {
    let long = String(repeating: "word ", count: 20_000) + "end"
    #expect(try read("k: \(long)")["k"] == .string(long))
    #expect(try read("k: \"\(long)\"")["k"] == .string(long))
  }

  @Test func `of several merges the first counts, and a written key in any place`() throws {
    let value = try read(
      "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  y: 3\n  <<: [*a, *b]\n  z: 4\n")
    #expect(value["c"]?["x"] == .int(1))
    #expect(value["c"]?["y"] == .int(3))
    #expect(value["c"]?["z"] == .int(4))
  }

  @Test func `a key that stands twice inside a field is reported with its line`() throws {
    let result = try YAMLReader.read(
      Array("p:\n  credentials:\n    apiKey:\n      title: A\n      title: B\n".utf8),
      file: "p.yaml")
    #expect(result.value["p"]?["credentials"]?["apiKey"]?["title"] == .string("A"))
    #expect(result.findings.map(\.line) == [5])
    #expect(result.findings.first?.message.contains("\"title\"") == true)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a file with very many keys is read in one go`() throws {
    let count = 60_000
    let text = (0..<count).map { "k\($0): {<<: *d}\n" }.joined()
    let value = try read("d: &d {x: 1}\n" + text)
    #expect(value.map?.members.count == count + 1)
  }
}
