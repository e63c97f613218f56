import TerminalUI
import TestSupport
import Testing

@Suite struct SanitizerTests {
  @Test(arguments: [
    ("plain text", "plain text"), ("Zoë 世界", "Zoë 世界"), ("a\u{1B}[31mb", "a^[[31mb"),
    ("a\u{7F}\u{0}", "a^?^@"), ("\u{9B}2J", "<U+009B>2J"), ("a\nb", "a^Jb"), ("a\tb", "a    b"),
    ("\u{202E}cba", "<U+202E>cba"), ("pay\u{200B}pal", "pay<U+200B>pal"),
    ("\u{FEFF}x\u{AD}y", "<U+FEFF>x<U+00AD>y"), ("\u{E0041}", "<U+E0041>"),
    ("\u{E000}", "<U+E000>"),
    ("\u{FFFF}", "<U+FFFF>"), ("a\u{2028}b", "a<U+2028>b"), ("\u{3164}", "<U+3164>"),
    ("\u{301}x", "<U+0301>x"), ("e\u{301}\u{302}\u{303}", "e\u{301}\u{302}"),
    ("❤\u{FE0F}", "❤"), ("👩\u{200D}💻", "👩💻"), ("👍\u{1F3FD}", "👍"), ("a\u{200D}b", "a<U+200D>b"),
  ])
  func `what could move or mislead is shown instead of sent`(text: String, clean: String) {
    #expect(Sanitizer.clean(text) == clean)
  }

  @Test func `line breaks stay where they are allowed, in one form`() {
    #expect(Sanitizer.clean("a\r\nb\rc\n", keepingLineBreaks: true) == "a\nb^Mc\n")
    #expect(Sanitizer.clean("a\r", keepingLineBreaks: true) == "a^M")
  }

  @Test func `characters that are not looked up are what Unicode says of them`() {
    for range in [0x20..<0x7F, 0xC0..<0x250, 0x2010..<0x2028, 0x2500..<0x25A0] as [Range<UInt32>] {
      for scalar in range.compactMap(Unicode.Scalar.init) {
        #expect(Sanitizer.isSafe(scalar) && Width.of(scalar) == 1, "\(scalar.value)")
        // Behind an emoji a joiner belongs to it; behind any other character it is shown.
        let joined = Sanitizer.clean("世\(scalar)\u{200D}")
        #expect(joined == "世\(scalar)<U+200D>", "\(scalar.value)")
      }
    }
  }

  @Test func `5,000 hostile strings leave nothing that a terminal could act on`() {
    var random = SeededRandom(seed: 20)
    for _ in 0..<5000 {
      let text = HostileText.make(using: &random)
      let clean = Sanitizer.clean(text)
      #expect(clean.unicodeScalars.allSatisfy(Sanitizer.isSafe))
      #expect(Sanitizer.clean(clean) == clean)
      #expect(longestRunOfMarks(in: clean) <= 2)
      let kept = Sanitizer.clean(text, keepingLineBreaks: true)
      #expect(kept.unicodeScalars.allSatisfy { $0 == "\n" || Sanitizer.isSafe($0) })
    }
  }

  @Test func `hostile text drawn on a canvas takes exactly the columns it says`() {
    var random = SeededRandom(seed: 21)
    for _ in 0..<500 {
      let text = Sanitizer.clean(HostileText.make(using: &random))
      var canvas = Canvas(size: Size(columns: 400, rows: 1))
      let used = canvas.write(text, at: Point(column: 0, row: 0))
      #expect(used == min(Width.of(text), used))
      #expect(used == Width.of(text) || used >= 399)
      #expect(Width.of(canvas.lines[0]) <= 400)
    }
  }

  @Test func `5,000 hostile strings on a screen are text and nothing else`() {
    var random = SeededRandom(seed: 22)
    for _ in 0..<5000 {
      var screen = ScreenEmulator(columns: 1000, rows: 2)
      screen.feed(Sanitizer.clean(HostileText.make(using: &random)).utf8)
      #expect(screen.cursor.row == 0)
      #expect(screen.commands.isEmpty && screen.strangeControls.isEmpty)
      #expect(!screen.hasRendition && screen.modes == ["?25": true])
    }
  }

  private func longestRunOfMarks(in text: String) -> Int {
    var longest = 0
    var current = 0
    for scalar in text.unicodeScalars {
      current = Width.of(scalar) == 0 ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}

/// Text as an attacker would write it: sequences, controls, invisible and combining characters between ordinary ones.
enum HostileText {
  private static let pieces = [
    "text", " ", "世", "\u{1B}[2J", "\u{1B}]52;c;aGk=\u{7}", "\u{1B}]0;title\u{1B}\\", "\u{1B}[201~",
    "\u{9B}31m", "\u{90}q\u{9C}", "\r", "\n", "\r\n", "\t", "\u{8}", "\u{7F}", "\u{0}", "\u{301}",
    "\u{20DD}", "\u{1160}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{200D}", "\u{FE0F}", "\u{FEFF}",
    "\u{AD}", "\u{E0001}", "\u{E0061}", "\u{F8FF}", "\u{10FFFF}", "\u{2028}", "👩", "🏽",
    "🇫",
    "\u{115F}", "\u{180E}", "\u{FFF9}",
  ]

  static func make(using random: inout SeededRandom) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      if Int.random(in: 0..<4, using: &random) == 0,
        let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random))
      {
        text.unicodeScalars.append(scalar)
      } else if let piece = pieces.randomElement(using: &random) {
        text.unicodeScalars.append(contentsOf: piece.unicodeScalars)
      }
    }
    return text
  }
}
