import Catalogues
import Testing

@testable import Catalogues
@testable import GuideText
@testable import ProviderFormat

/// The words of a file are looked for in what was read of it.
@Suite("Nothing of a guide is lost")
struct GuideTextTests {
  private static let tags = ["img", "a", "Note", "Tip", "Warning", "Info"]

  /// Runs of letters and digits outside of tags and of the front matter.
  private func words(of source: String) -> Set<Substring> {
    var text = source
    if text.hasPrefix("---\n"), let end = text.dropFirst(4).firstRange(of: "\n---") {
      text = String(text[end.upperBound...])
    }
    for tag in Self.tags {
      for begin in ["<\(tag)>", "</\(tag)>", "<\(tag) "] {
        while let start = text.firstRange(of: begin)?.lowerBound,
          let end = text[start...].firstIndex(of: ">")
        {
          text.replaceSubrange(start...end, with: " ")
        }
      }
    }
    // The language of a code block is no word of its text.
    let lines = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("```") }
    return Set(lines.flatMap { $0.split { !$0.isLetter && !$0.isNumber } })
  }

  private func missing(_ source: String, _ guide: Guide) -> Set<Substring> {
    let headings = guide.headings.map(\.text).joined(separator: "\n")
    let read = headings + "\n" + GuideWords.of(guide)
    return words(of: source).subtracting(read.split { !$0.isLetter && !$0.isNumber })
      .filter { !isMarker($0, source) }
  }

  /// A list's number is kept as a number, not as a word.
  private func isMarker(_ word: Substring, _ source: String) -> Bool {
    word.allSatisfy(\.isNumber)
      && source.split(separator: "\n").contains {
        $0.drop { $0 == " " || $0 == ">" }.hasPrefix(word + ".")
      }
  }

  @Test func `every word of the built-in guides is read`() {
    for file in BuiltInGuides.all {
      let source = String(decoding: file.guide(), as: UTF8.self)
      #expect(missing(source, readGuide(source)) == [])
    }
  }

  @Test(.enabled(if: Corpus.isThere))
  func `every word of the corpus is read`() throws {
    for file in try Corpus.catalogue().guideFiles() {
      let bytes = try GuideFile.read(file.path.path, limit: Guide.sizeLimit)
      let source = String(decoding: bytes, as: UTF8.self)
      #expect(missing(source, file.guide) == [], "\(file.path.relativePath)")
    }
  }

  /// All constructs behind each other in every order of two, so that none swallows the next.
  @Test func `every construct keeps its words behind every other`() {
    for (first, second) in Self.constructs.flatMap({ a in Self.constructs.map { (a, $0) } }) {
      for gap in ["\n", "\n\n"] {
        let source = first("one") + gap + second("two") + gap + "end"
        let read = GuideWords.of(readGuide("## Step 1: A\n\n" + source))
        for word in ["onea", "oneb", "twoa", "twob", "end"] {
          #expect(read.contains(word), "\(word) of:\n\(source)")
        }
      }
    }
  }

  private static let constructs: [@Sendable (String) -> String] = [
    { "1. \($0)a\n   \($0)b" }, { "- \($0)a\n  - \($0)b" }, { "3.You \($0)a\n4.You \($0)b" },
    { "<img src=\"/\($0)a.png\" style={{a: \"}>\"}}/>\n\($0)b" }, { "> \($0)a\n\($0)b" },
    { "<Note>\($0)a</Note> \($0)b" }, { "<Warning>\n\n\($0)a\n\n- \($0)b\n</Warning>" },
    { "```sh \($0)a\n\($0)b\n```" }, { "| \($0)a |\n|-|\n| x | \($0)b |" },
    { "#### \($0)a\n\($0)b" }, { "\($0)a\n---\n\($0)b" }, { "\($0)a <YOUR_KEY> \($0)b" },
    { "<Steps>\n<Step title=\"\($0)a\">\n\($0)b\n</Step>\n</Steps>" },
    { "<Tabs>\n  <Tab title=\"\($0)a\">\n    \($0)b\n  </Tab>\n</Tabs>" },
    { "<details>\n<summary>\($0)a</summary>\n\n\($0)b\n\n</details>" },
    { "<table><tr><td>\($0)a</td><td>\($0)b</td></tr></table>" },
    { "[\($0)a]: https://a.example/\($0)b" }, { "[\($0)a](https://a.example/\($0)b)" },
    { "{/* hidden */}\($0)a <!-- hidden --> \($0)b" }, { "**\($0)a:**\($0)b" },
    { "    \($0)a\n\n\t\($0)b" }, { "<Note>\($0)a\n\n\($0)b" },
    { "<Card title=\"\($0)a\" href=\"/\($0)b\" />" },
    { "a. \($0)a\nb) \($0)b" }, { "import the \($0)a\n\n{\($0)b}" },
  ]
}
