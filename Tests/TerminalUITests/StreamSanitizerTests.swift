import TerminalUI
import Testing

@Suite struct StreamSanitizerTests {
  static let texts = [
    "plain\ntext\n", "Zoë 世界 👩\u{200D}💻 e\u{301}", "a\u{1B}[31mb\r\nc\rd\r",
    "\u{9B}2J\u{202E}x\u{FEFF}",
    "", "é",
  ]

  @Test(arguments: texts)
  func `a text comes out as it does in one piece, wherever it is cut`(text: String) {
    let whole = Sanitizer.clean(text, keepingLineBreaks: true)
    let bytes = Array(text.utf8)
    for size in 1...max(1, bytes.count) {
      var sanitizer = StreamSanitizer()
      var clean = ""
      for start in stride(from: 0, to: bytes.count, by: size) {
        clean += sanitizer.clean(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(clean + sanitizer.finish() == whole, "\(size)")
    }
  }

  @Test func `what is whole is there at once`() {
    var sanitizer = StreamSanitizer()
    #expect(sanitizer.clean(Array("data: 1\n".utf8)) == "data: 1\n")
    #expect(sanitizer.clean(Array("half a c".utf8)) == "half a c")
  }

  @Test func `bytes that are no text are shown, each once`() {
    var sanitizer = StreamSanitizer()
    // The first is cut off, the second stands alone, the third is the beginning of one that never ends.
    let clean = sanitizer.clean([0xE2, 0x82, 0x41, 0xFF]) + sanitizer.clean([0xF0, 0x9F])
    #expect(clean + sanitizer.finish() == "\u{FFFD}\u{FFFD}A\u{FFFD}\u{FFFD}\u{FFFD}")
  }
}
