import Basics
import Catalogues
import GuideText
import TestSupport
import Testing

@testable import Catalogues
@testable import GuideText
@testable import GuideTools
@testable import ProviderFormat

@Suite("Damaged files")
struct FuzzTests {
  private static let guides = BuiltInGuides.all.map { $0.guide() }
  private static let providers = BuiltInGuides.all.map { $0.provider() }

  /// Pieces that mean something to the readers.
  private static let pieces = [
    "<Note>", "</Note>", "<Tip>", "<img src=\"x.png\"", "/>", "<a id=\"y\"></a>", "```", "~~~",
    "---", "***", "**", "`", "{/*", "*/}", "<!--", "-->",
    "\n\n", "\n", "    ", "\t", "- ", "1. ", "2.You", "> ", "| a | b |\n|-|-|\n", "#### Step 7: ",
    "## ", "[x](", ")", "]", "<", ">", "{", "}", "\\",
    "import a from 'b'", "export const c", "&amp;", "\u{FEFF}", "\u{A0}", "\r", "https://a.example",
    "[r]: z", "&a", "*a", ": ", "'", "\"", "[", "{", "? ", "<<: *a", "!!str",
  ].map { Array($0.utf8) }

  private func damaged(_ bytes: [UInt8], _ dice: inout SeededRandom) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &dice) {
      let position = Int.random(in: 0...bytes.count, using: &dice)
      switch Int.random(in: 0..<5, using: &dice) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &dice), at: position)
      case 1: bytes.insert(contentsOf: Self.pieces.randomElement(using: &dice) ?? [], at: position)
      case 2:
        bytes.removeSubrange(
          position..<min(bytes.count, position + Int.random(in: 0...200, using: &dice)))
      case 3:
        let length = Int.random(in: 0...100, using: &dice)
        bytes.insert(
          contentsOf: bytes[position..<min(bytes.count, position + length)],
          at: Int.random(in: 0...bytes.count, using: &dice))
      default:
        if position < bytes.count { bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &dice) }
      }
    }
    return bytes
  }

  @Test(.timeLimit(.minutes(5)), arguments: 0..<8)
  func `a damaged guide is read without a crash`(_ seed: Int) throws {
    var dice = SeededRandom(seed: UInt64(seed))
    for _ in 0..<100 {
      let bytes = damaged(try #require(Self.guides.randomElement(using: &dice)), &dice)
      let guide = Guide(slug: "s", markdown: bytes, file: "g.md")
      let marked = GuideWords.of(guide).split(separator: "\n").filter {
        $0.unicodeScalars.contains(where: Marks.isMark)
      }
      #expect(marked.isEmpty, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// Markers are put where text is; wherever they end up, they must come out again.
  @Test(.timeLimit(.minutes(5)), arguments: 0..<8)
  func `no text of a damaged guide is lost`(_ seed: Int) throws {
    var dice = SeededRandom(seed: UInt64(1000 + seed))
    for round in 0..<50 {
      let original = try #require(Self.guides.randomElement(using: &dice))
      var lines = String(decoding: original, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      var marks: [String] = []
      let structure = Self.harmless.map { String(decoding: $0, as: UTF8.self) }
      for number in 0..<6 {
        let mark = "zq\(round)x\(number)qz"
        marks.append(mark)
        let before = Bool.random(using: &dice) ? structure.randomElement(using: &dice) ?? "" : ""
        let after = Bool.random(using: &dice) ? structure.randomElement(using: &dice) ?? "" : ""
        lines.insert("\(before)\(mark) \(after)", at: Int.random(in: 6..<lines.count, using: &dice))
      }
      let text = lines.joined(separator: "\n")
      let words = GuideWords.of(Guide(slug: "s", markdown: Array(text.utf8), file: "g.md"))
      for mark in marks where !words.contains(mark) {
        let at = lines.firstIndex { $0.contains(mark) } ?? 0
        let around = lines[max(0, at - 4)..<min(lines.count, at + 4)].joined(separator: "\n")
        Issue.record("\(mark) was lost of:\n\(around)")
      }
    }
  }

  /// Pieces that do not say that the text behind them is to be dropped, as comments and tags' attributes do.
  private static let harmless = [
    "", "- ", "1. ", "3.You ", "> ", "  ", "     ", "\t", "#### ", "## Step 3: ", "**", "`",
    "<Note>", "</Note>", "<Unknown>", "</Unknown>", "| ", "| a | b |\n|-|-|\n| ",
    "```\n", "---\n", "[x](y) ", "<your-name>", "a < ", "{", "}", "\\", "* ", "+ ", "=", "***",
    "[r]: ", "&", "_", "~~~\n", "<Tab title=\"t\">", "<YOUR_KEY>", "</YOUR_KEY>", "<br/>", "• ",
    "<ParamField path=\"p\">", "<Info title=\"t\">", "</Info>", "| a | b | c ", "```sh ",
  ].map { Array($0.utf8) }

  @Test(.timeLimit(.minutes(5)), arguments: 0..<8)
  func `a damaged provider file is read or refused with a line`(_ seed: Int) throws {
    var dice = SeededRandom(seed: UInt64(2000 + seed))
    for _ in 0..<100 {
      let bytes = damaged(try #require(Self.providers.randomElement(using: &dice)), &dice)
      let file = ProviderFile(bytes, file: "p.yaml", single: "sample")
      for finding in file.findings { #expect(!finding.message.isEmpty) }
      for entry in file.entries {
        let provider = Provider(
          slug: entry.slug, entry: entry.entry, origin: .builtIn, line: entry.line)
        _ = GuideLint.findings(for: provider, guide: nil, file: "p.yaml")
        _ = Form(provider: provider, guide: .generated(for: provider))
      }
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `damaged JSON is read or refused`() throws {
    var dice = SeededRandom(seed: 3)
    let provider = try #require(Catalogue(sources: [.builtIn]).provider("tally"))
    let original = Array(Value.map(provider.entry).json.utf8)
    for _ in 0..<1000 {
      let bytes = damaged(original, &dice)
      if let value = unsafe try? Value(json: bytes.span.bytes) {
        #expect(try Value(json: value.json) == value)
      }
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `nesting without end overflows nothing`() {
    for piece in [
      "> ", "- ", "<Note>", "*a ", "[", "<Tab>", "**", "`", "1. ", "a*", "a\n", "- a\n", "{/*\n",
      "|\n", "|a", "<br/>", "<img src=\"a\"/>", "https://a ", "<a", "**“a”**b `c` ", "[a](b) ",
    ] {
      let guide = readGuide(String(repeating: piece, count: 19_000) + "word")
      #expect(GuideWords.of(guide).contains("word"))
    }
    let lines = (0..<900).map { String(repeating: " ", count: $0 * 2) + "- x\($0)" }
    let guide = readGuide("## Step 1: A\n" + lines.joined(separator: "\n"))
    #expect(GuideWords.of(guide).contains("x899"))
  }
}

/// All words of a guide, wherever they stand.
enum GuideWords {
  static func of(_ guide: Guide) -> String {
    let blocks = guide.overview + guide.prerequisites + guide.instructions
    let steps = guide.steps.map {
      $0.heading + "\n" + $0.anchors.joined(separator: " ") + "\n" + words($0.blocks)
    }
    let extras = guide.extras.map { $0.heading + "\n" + words($0.blocks) }
    return ([words(blocks)] + steps + extras).joined(separator: "\n")
  }

  private static func words(_ blocks: [Block]) -> String {
    blocks.map(words).joined(separator: "\n")
  }

  private static func words(_ block: Block) -> String {
    switch block {
    case .paragraph(let inlines), .heading(_, let inlines): words(inlines)
    case .list(let items): items.map { words($0.blocks) }.joined(separator: "\n")
    case .code(let language, let text): (language ?? "") + "\n" + text
    case .table(let table):
      ([table.header] + table.rows).joined().map(words).joined(separator: "\n")
    case .callout(_, let inner), .quote(let inner): words(inner)
    case .figure(let figure): figure.source + " " + (figure.alternative ?? "")
    case .rule: ""
    }
  }

  private static func words(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .strong(let inner), .emphasis(let inner): words(inner)
      case .link(let inner, let url): words(inner) + " " + url
      case .figure(let figure): figure.source + " " + (figure.alternative ?? "")
      case .lineBreak: "\n"
      }
    }.joined()
  }
}
