import GuideText
import Testing

@Suite("Text of a guide")
struct GuideInlineTests {
  @Test(arguments: [
    ("**bold** and _italic_ and *both*", "**bold** and _italic_ and _both_"),
    (
      "**[link](https://a.example)** and [**b**](https://b.example)",
      "**[link](https://a.example)** and [**b**](https://b.example)"
    ),
    ("`a * b < c {d}`", "`a * b < c {d}`"), ("``a ` b``", "`a ` b`"),
    ("**Note:**Text", "**Note:**Text"), ("press**“Save”**now", "press**“Save”**now"),
    ("**unbalanced and *stars", "**unbalanced and *stars"),
    ("a [text]/(b) c", "a [text]/(b) c"),
    ("[mail](mailto:a@b.example)", "[mail](mailto:a@b.example)"),
    ("[in page](#step-1) [site](/docs/x)", "[in page](#step-1) [site](/docs/x)"),
    ("first  \nsecond", "first⏎second"), ("first\nsecond", "first second"),
    ("&amp; &copy; 1 \\* 2", "& © 1 * 2"), ("some_snake_case", "some_snake_case"),
    ("→ “quotes” — dash 🚨", "→ “quotes” — dash 🚨"),
  ])
  func `inline mark-up is read`(_ source: String, _ expected: String) {
    #expect(outline(source) == [expected])
  }

  @Test func `bold that CommonMark rejects is bold all the same`() {
    let guide = readGuide("**Note:**Text")
    #expect(guide.overview == [.paragraph([.strong([.text("Note:")]), .text("Text")])])
  }

  @Test(arguments: [
    (
      "See https://a.example/x_y?b=1, please.",
      "See [https://a.example/x_y?b=1](https://a.example/x_y?b=1), please."
    ),
    ("(https://a.example/w_(x))", "([https://a.example/w_(x)](https://a.example/w_(x)))"),
    ("**https://a.example**", "**[https://a.example](https://a.example)**"),
    ("without https:// in front", "without https:// in front"),
    ("begins with **https://**, or https:///x", "begins with **https://**, or https:///x"),
    ("at https://a.example/{id}/keys", "at https://a.example/{id}/keys"),
    ("`https://a.example`", "`https://a.example`"),
    ("[https://a.example](https://b.example)", "[https://a.example](https://b.example)"),
  ])
  func `addresses in the text become links`(_ source: String, _ expected: String) {
    #expect(outline(source) == [expected])
  }

  @Test func `a link's definition that nothing uses is shown`() {
    #expect(outline("[1]: https://a.example") == ["[1]: [https://a.example](https://a.example)"])
    #expect(
      outline("See [the page][1].\n\n[1]: https://a.example") == [
        "See [the page](https://a.example)."
      ])
  }

  @Test func `text that looks like structure in the middle of a paragraph is text`() {
    #expect(outline("a\n\\# b\n= c") == ["a # b = c"])
  }
}

@Suite("Bytes of a guide")
struct GuideBytesTests {
  @Test func `a byte order mark and foreign line ends make no difference`() {
    let plain = "---\ntitle: T\n---\n## Step 1: A\n1. a\n2. b\n"
    let expected = readGuide(plain)
    #expect(readGuide("\u{FEFF}" + plain) == expected)
    #expect(
      readGuide(
        plain.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
        == expected)
    #expect(
      readGuide(
        plain.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r"))
        == expected)
  }

  @Test func `bytes that are not UTF-8 are replaced and reported with their line`() {
    let guide = Guide(
      slug: "s",
      markdown: Array("---\ntitle: T\n---\nok\nbad ".utf8) + [0xFF, 0xC3] + Array("!\u{0}".utf8),
      file: "g.md")
    #expect(Outline.of(guide.overview) == ["ok bad \u{FFFD}\u{FFFD}!\u{FFFD}"])
    #expect(guide.findings.map(\.line) == [5, 5])
  }

  @Test func `what is UTF-8 and no text all the same is called by its name, where it stands`() {
    let mark = Unicode.Scalar(0xFDD1 as UInt32).map { String(Character($0)) } ?? ""
    let guide = readGuide("---\ntitle: T\n---\n## Step 1: A\nx\u{0}y\u{0}\n\n\(mark)\n")
    #expect(guide.findings.map(\.line) == [5, 7])
    #expect(guide.findings.first?.message.contains("the character U+0000") == true)
    #expect(guide.findings.last?.message.contains("U+FDD1") == true)
    #expect(!guide.findings.contains { $0.message.contains("not UTF-8") })
  }

  @Test func `no-break spaces count as spaces in front of a line`() {
    #expect(outline("1. a\n\u{A0}\u{A0}\u{A0}- b\n2.\u{A0}c") == ["1. a", "   - b", "2. c"])
  }

  @Test func `the reader's own marks in a file are text`() {
    // The first noncharacters, which the reader uses for itself.
    let figure = Unicode.Scalar(0xFDD0 as UInt32).map { String(Character($0)) } ?? ""
    let callout = Unicode.Scalar(0xFDD2 as UInt32).map { String(Character($0)) } ?? ""
    #expect(
      outline("a\(figure)0\(figure)b \(callout)Note\(callout)")
        == ["a\u{FFFD}0\u{FFFD}b \u{FFFD}Note\u{FFFD}"])
  }

  @Test func `a guide that is too large is read up to the limit and says so`() {
    let guide = readGuide(String(repeating: "word ", count: 300_000))
    #expect(guide.findings.contains { $0.severity == .error && $0.message.contains("1 MiB") })
  }

  @Test func `an empty file is an empty guide with a finding`() {
    let guide = readGuide("")
    #expect(guide.title == "sample")
    #expect(guide.steps.isEmpty)
    #expect(guide.findings.count == 1)
  }
}
