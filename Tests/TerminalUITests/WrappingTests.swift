import TerminalUI
import TestSupport
import Testing

@Suite struct WrappingTests {
  private func wrap(_ text: String, _ columns: Int, hanging: Int = 0) -> [String] {
    Wrapping.lines(of: text, columns: columns, hangingIndent: hanging)
      .map { $0.map(\.text).joined() }
  }

  @Test func `lines break at spaces and lose the space`() {
    #expect(wrap("the quick brown fox", 10) == ["the quick", "brown fox"])
    #expect(wrap("one  two", 20) == ["one  two"])
    #expect(wrap("one   two", 4) == ["one", "two"])
    #expect(wrap("", 10) == [""])
  }

  @Test func `line breaks in the text are kept`() {
    #expect(wrap("a\nb c\n\nd", 10) == ["a", "b c", "", "d"])
    #expect(wrap("  code\n    more", 10) == ["  code", "    more"])
  }

  @Test func `a word that fits on a line is never parted`() {
    #expect(wrap("see https://x.example/a", 20) == ["see", "https://x.example/a"])
  }

  @Test func `a longer word starts on its own line and is parted at the margin`() {
    #expect(
      wrap("see https://example.com/path", 10) == ["see", "https://ex", "ample.com/", "path"])
    #expect(wrap("abcdefghij end", 4) == ["abcd", "efgh", "ij", "end"])
  }

  @Test func `a list's lines hang behind its marker`() {
    #expect(
      wrap("1. open the settings page", 12, hanging: 3) == [
        "1. open the", "   settings", "   page",
      ])
    #expect(wrap("abc def", 4, hanging: 40) == ["abc", "  de", "  f"])
  }

  @Test func `wide text breaks between characters, not before closing punctuation`() {
    #expect(wrap("世界世界", 5) == ["世界", "世界"])
    #expect(wrap("世界世。", 6) == ["世界", "世。"])
  }

  @Test func `flags without blanks between them are parted between two, never within one`() {
    let flags = ["🇩🇪", "🇫🇷", "🇮🇹", "🇯🇵", "🇧🇷"]
    #expect(wrap(flags.joined(), 3) == flags)
    #expect(wrap(flags.joined(), 5) == ["🇩🇪🇫🇷", "🇮🇹🇯🇵", "🇧🇷"])
    #expect(wrap("x" + flags.joined(), 4) == ["x🇩🇪", "🇫🇷🇮🇹", "🇯🇵🇧🇷"])
    #expect(wrap(flags.joined(), 1) == flags)
  }

  @Test func `styles go on over a break and a word may have several`() {
    let runs = [StyledText("go to "), StyledText("bold", .strong), StyledText("ly now")]
    let lines = Wrapping.lines(of: runs, columns: 8)
    #expect(
      lines == [
        [StyledText("go to")], [StyledText("bold", .strong), StyledText("ly")], [StyledText("now")],
      ])
  }

  @Test func `nothing is lost and no line is too wide, whatever the text`() {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "a", "word", " ", "  ", "\n", "世", "。", "e\u{301}", "https://x.example/y?z=1", "👍",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0..<30, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let columns = Int.random(in: 2..<30, using: &random)
      let lines = wrap(text, columns)
      #expect(lines.allSatisfy { Width.of($0) <= columns })
      let before = text.filter { !$0.isWhitespace }
      #expect(lines.joined().filter { !$0.isWhitespace } == before)
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a margin too narrow for anything still ends`(columns: Int) {
    #expect(wrap("世界 ab", columns).joined().count == 4)
  }
}
