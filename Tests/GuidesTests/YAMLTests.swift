import Basics
import Testing

@testable import GuideText
@testable import GuideTools
@testable import ProviderFormat

private func read(_ text: String) throws -> Value {
  try YAMLReader.read(Array(text.utf8), file: "p.yaml").value
}

private func failure(_ bytes: [UInt8]) -> GuideFinding? {
  do throws(GuideFinding) {
    _ = try YAMLReader.read(bytes, file: "p.yaml")
    return nil
  } catch {
    return error
  }
}

extension [UInt8] {
  /// Every line two blanks further in.
  fileprivate func indented() -> [UInt8] {
    split(separator: UInt8(ascii: "\n")).flatMap { Array("  ".utf8) + $0 + [UInt8(ascii: "\n")] }
  }
}

@Suite("YAML")
struct YAMLTests {
  @Test(arguments: [
    ("yes", Value.string("yes")), ("no", .string("no")), ("on", .string("on")),
    ("off", .string("off")),
    ("y", .string("y")), ("True", .bool(true)), ("FALSE", .bool(false)), ("tRue", .string("tRue")),
    ("~", .null), ("null", .null), ("NULL", .null), ("nUll", .string("nUll")),
    ("12", .int(12)), ("-12", .int(-12)), ("+12", .int(12)), ("012", .int(12)), ("0o17", .int(15)),
    ("0x1F", .int(31)), ("0b101", .int(5)), ("1_000", .int(1000)), ("_1", .string("_1")),
    ("1_", .string("1_")),
    ("0o8", .string("0o8")), ("0x", .string("0x")),
    ("12345678901234567890", .string("12345678901234567890")),
    ("1.5", .double(1.5)), ("1.", .double(1)), (".5", .double(0.5)), ("1e3", .double(1000)),
    ("-1_0.5", .double(-10.5)),
    (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)), (".", .string(".")),
    ("1e", .string("1e")),
    ("1.2.3", .string("1.2.3")), ("2024-01-31", .string("2024-01-31")), ("12:30", .string("12:30")),
    ("'12'", .string("12")), ("\"true\"", .string("true")), ("!!str 12", .string("12")),
    ("''", .string("")),
    ("${a} || ${b}", .string("${a} || ${b}")), ("text # comment", .string("text")),
  ])
  func `a scalar means what YAML 1.2 says`(_ text: String, _ expected: Value) throws {
    #expect(try read("k: \(text)")["k"] == expected)
  }

  @Test func `an empty file and an empty value are null`() throws {
    #expect(try read("") == .null)
    #expect(try read("k:")["k"] == .null)
    #expect(try read("k: |\n  a\n  b\n")["k"] == .string("a\nb\n"))
    #expect(try read("k: >-\n  a\n  b\n")["k"] == .string("a b"))
  }

  @Test func `members keep their order and lines`() throws {
    let map = try #require(try read("b: 1\n# comment\na:\n  - x: 2\n    y: 3\n").map)
    #expect(map.members.map(\.key) == ["b", "a"])
    #expect(map.members.map(\.line) == [1, 3])
    #expect(map["a"]?.list?[0].map?.members.map(\.line) == [4, 5])
  }

  @Test func `a key that stands twice is an error with its line, and the first one counts`() throws
  {
    let result = try YAMLReader.read(Array("a: 1\nb: 2\na: 3\n".utf8), file: "p.yaml")
    #expect(result.value["a"] == .int(1))
    #expect(result.findings.map(\.line) == [3])
    #expect(result.findings.map(\.severity) == [.error])
  }

  @Test(arguments: [3, 15, 16, 17, 18, 400])
  func `a map of any length knows its keys`(_ count: Int) throws {
    let members = (1...count).map { "k\($0): \($0)\n" }.joined()
    let result = try YAMLReader.read(
      Array("base: &b {k1: a, more: b}\nmap:\n".utf8)
        + Array((members + "<<: *b\nk\(count): x\nmore: c\n").utf8).indented(), file: "p.yaml")
    let map = try #require(result.value["map"]?.map)
    #expect(map.members.map(\.key) == (1...count).map { "k\($0)" } + ["more"])
    #expect(map["k1"] == .int(1))
    #expect(map["k\(count)"] == .int(count))
    #expect(map["more"] == .string("c"))
    #expect(result.findings.map(\.line) == [count + 4])
  }

  @Test func `aliases and merges are expanded, and what is written wins`() throws {
    let value = try read(
      "base: &b {x: 1, y: 2}\nuse: *b\nmerged:\n  <<: *b\n  y: 3\nlist:\n  <<: [*b, {z: 4}]\n")
    #expect(value["use"] == value["base"])
    #expect(value["merged"]?["x"] == .int(1))
    #expect(value["merged"]?["y"] == .int(3))
    #expect(value["list"]?["z"] == .int(4))
  }

  @Test(.timeLimit(.minutes(1)))
  func `a few lines cannot stand for a billion values`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let before = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(before)]\n"
    }
    #expect(failure(Array(text.utf8))?.message.contains("too many values") == true)
  }

  @Test func `deep nesting is refused`() {
    let text = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(failure(Array(text.utf8))?.message.contains("levels deep") == true)
  }

  @Test(arguments: [
    ("a: 'x\nb: 2\n", 3), ("a: [1, 2\nb: 3\n", 2), ("a:\n\t- b\n", 2), ("a: 1\n b: 2\n", 2),
    ("a: @x\n", 1),
    ("a: *nothing\n", 1), ("? [a]\n: b\n", 1),
  ])
  func `broken input names the line and what to do`(_ text: String, _ line: Int) throws {
    let finding = try #require(failure(Array(text.utf8)))
    #expect(finding.line == line)
    #expect(finding.file == "p.yaml")
    #expect(finding.severity == .error)
    #expect(finding.advice?.isEmpty == false)
  }

  @Test func `bytes that are not UTF-8 are an error`() {
    let finding = failure(Array("a: é\n\nb: ".utf8) + [0xFF, 0x0A])
    #expect(finding?.advice == "save the file as UTF-8")
    #expect(finding?.line == 3)
  }

  @Test func `a control character is an error of its line, named by its code`() {
    let finding = failure(Array("a: é\n# \u{1}\nb: \u{1B}\n".utf8))
    #expect(finding?.line == 2)
    #expect(finding?.advice?.contains("code 1 ") == true, "\(finding?.advice ?? "")")
    #expect(failure(Array("a: \u{1B}\n".utf8))?.advice?.contains("code 1B ") == true)
  }

  @Test func `a second document is reported and not read`() throws {
    let result = try YAMLReader.read(Array("a: 1\n---\na: 2\n".utf8), file: "p.yaml")
    #expect(result.value["a"] == .int(1))
    #expect(result.findings.count == 1)
  }
}

@Suite("Provider files")
struct ProviderFileTests {
  private func file(_ text: String, single: String? = nil) -> ProviderFile {
    ProviderFile(Array(text.utf8), file: "p.yaml", single: single)
  }

  @Test func `an alias takes the other entry and lays its own keys over it, one level deep`() throws
  {
    let file = file(
      "one:\n  auth_mode: API_KEY\n  proxy: {base_url: a, headers: {x: y}}\ntwo:\n  alias: one\n  proxy: {base_url: b}\nthree:\n  alias: two\n  docs: d\n"
    )
    #expect(file.findings.isEmpty)
    let three = try #require(file.entries.last?.entry)
    #expect(three["auth_mode"] == .string("API_KEY"))
    #expect(three["proxy"]?["base_url"] == .string("b"))
    #expect(three["proxy"]?["headers"] == nil)
    #expect(file.entries.map(\.line) == [1, 4, 7])
  }

  @Test func `an alias of an alias that stands later is taken as it is written`() {
    let file = file("one: {alias: two}\ntwo: {alias: three, docs: x}\nthree: {auth_mode: NONE}\n")
    #expect(file.entries[0].entry["docs"] == .string("x"))
    #expect(file.entries[0].entry["auth_mode"] == nil)
    #expect(file.entries[1].entry["auth_mode"] == .string("NONE"))
  }

  @Test func `an alias of nothing is an error and leaves the entry`() {
    let file = file("one:\n  alias: nothing\n  docs: x\n")
    #expect(file.entries.count == 1)
    #expect(file.findings.map(\.severity) == [.error])
  }

  @Test(arguments: [
    "one: {alias: one, docs: x}", "one: {alias: [two], docs: x}", "one: {alias: , docs: x}",
  ])
  func `an alias that is none is an error and leaves the entry`(_ text: String) {
    let file = file(text)
    #expect(file.entries.map(\.entry["docs"]) == [.string("x")])
    #expect(file.findings.map(\.line) == [1])
  }

  @Test func `aliases in a circle end`() {
    let file = file("one: {alias: two, docs: a}\ntwo: {alias: one, auth_mode: NONE}\n")
    #expect(file.entries.map(\.entry["docs"]) == [.string("a"), .string("a")])
  }

  @Test func `what is no slug is refused with its line, and the rest of the file is read`() {
    let file = file("Tea House: {docs: x}\n../up: {docs: x}\n1-cup: {docs: y}\nté: {docs: z}\n")
    #expect(file.entries.map(\.slug) == ["1-cup"])
    #expect(file.findings.map(\.line) == [1, 2, 4])
  }

  @Test func `a file can be one entry or a map of them`() {
    #expect(file("auth_mode: API_KEY\n", single: "tea").entries.map(\.slug) == ["tea"])
    #expect(file("tea:\n  auth_mode: API_KEY\n", single: "tea").entries.map(\.slug) == ["tea"])
    #expect(file("- a\n").findings.count == 1)
    #expect(file("tea: 1\ncup: {docs: x}\n").entries.map(\.slug) == ["cup"])
  }
}
