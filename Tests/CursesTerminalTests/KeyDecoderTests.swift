import CursesTerminal
import TerminalUI
import Testing

@testable import CursesTerminal

@Suite struct KeyDecoderTests {
  /// Everything that `bytes` decode to, as if nothing more came.
  private func items(_ bytes: [UInt8]) -> [KeyDecoder.Item] {
    var items: [KeyDecoder.Item] = []
    var start = 0
    while start < bytes.count {
      let result = KeyDecoder().decode(bytes.span.extracting(start...), isFinal: true)
      if result.item != .ignored, result.item != .undecodable { items.append(result.item) }
      start += result.length
    }
    return items
  }

  private func keys(_ text: String) -> [Key] {
    items(Array(text.utf8)).compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  @Test(arguments: [
    ("a", [Key.character("a")]), ("é世👍", [.character("é"), .character("世"), .character("👍")]),
    ("\r\n\t\u{7F}\u{8}", [.enter, .enter, .tab, .backspace, .backspace]),
    ("\u{3}\u{1A}\u{0}\u{1F}", [.control("c"), .control("z"), .control("@"), .control("_")]),
    ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}x", [.alt("x")]),
    ("\u{1B}é", [.alt("é")]), ("\u{1B}\r", [.escape, .enter]), ("\u{1B}\u{7F}", [.control("w")]),
    ("\u{1B}[A\u{1B}OB", [.up, .down]), ("\u{1B}[1;5C", [.right]),
    ("\u{1B}[1;2C\u{1B}[1;2D\u{1B}[1;2A", [.shiftRight, .shiftLeft, .up]),
    ("\u{1B}[1~\u{1B}[7~", [.home, .home]),
    ("\u{1B}[3~\u{1B}[5~\u{1B}[6~", [.delete, .pageUp, .pageDown]), ("\u{1B}[Z", [.backTab]),
    ("\u{1B}OP\u{1B}[15~\u{1B}[24~", [.function(1), .function(5), .function(12)]),
    ("\u{1B}[[A", [.function(1)]), ("\u{1B}Ow\u{1B}OM", [.character("7"), .enter]),
    ("\u{1B}\u{1B}[A", [.up]), ("\u{1B}[", [.alt("[")]), ("\u{1B}]", [.alt("]")]),
  ])
  func `keys are recognised`(text: String, expected: [Key]) {
    #expect(keys(text) == expected)
  }

  @Test(arguments: [
    "\u{1B}[<0;10;20M", "\u{1B}[<0;10;20m", "\u{1B}[M !!", "\u{1B}[I", "\u{1B}[O", "\u{1B}[?62;22c",
    "\u{1B}[24;80R", "\u{1B}[>41;354;0c", "\u{1B}]11;rgb:0000/0000/0000\u{7}",
    "\u{1B}]52;c;c2VjcmV0\u{1B}\\", "\u{1B}P1+r544e=787465726d\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\",
    "\u{1B}[201~", "\u{1B}[2~", "\u{1B}[99~", "\u{1B}[8;24;80t", "\u{1B}[?2026;2$y",
    "\u{1B}[1;2;3;4u", "\u{1B}[97;1:3u", "\u{1B}[57441;2u", "\u{1B}[97;9u", "\u{1B}[1;1:3A",
    "\u{1B}[3;1:3~", "\u{1B}[49;2u",
  ])
  func `reports and replies that nobody asked for are swallowed whole`(sequence: String) {
    #expect(keys(sequence + "z") == [.character("z")])
  }

  @Test(arguments: [
    ("97", Key.character("a")), ("97;2", .character("A")), ("97:65;2", .character("A")),
    ("97;65", .character("A")), ("97;66", .character("a")), ("65;2", .character("A")),
    ("97;1:1", .character("a")), ("97;1:2", .character("a")), ("97;129", .character("a")),
    ("97;;97", .character("a")), ("49;2;33", .character("!")), ("49:33;2", .character("!")),
    ("33;2", .character("!")), ("32;2", .character(" ")), ("223", .character("ß")),
    ("252;2", .character("Ü")),
    ("99;5", .control("c")), ("99;6", .control("c")), ("99;69", .control("c")),
    ("91;5", .escape), ("109;5", .enter), ("105;5", .tab), ("104;5", .backspace),
    ("97;3", .alt("a")), ("49;3", .alt("1")), ("27", .escape), ("27;2", .escape), ("13", .enter),
    ("13;2", .enter), ("9", .tab), ("9;2", .backTab), ("127", .backspace), ("127;3", .control("w")),
    ("57399", .character("0")), ("57408", .character("9")), ("57409", .character(".")),
    ("57414", .enter), ("57415", .character("=")), ("57417", .left), ("57420", .down),
    ("57421", .pageUp), ("57424", .end), ("57426", .delete),
  ])
  func `keys of the kitty protocol are keys`(parameters: String, key: Key) {
    #expect(keys("\u{1B}[\(parameters)u") == [key])
  }

  @Test(arguments: [
    ("5;99", Key.control("c")), ("2;65", .character("A")), ("2;33", .character("!")),
    ("2;49", .character("1")), ("3;120", .alt("x")), ("2;9", .backTab), ("5;13", .enter),
    ("1;27", .escape), ("6;27", .escape), ("5;127", .control("w")), ("2;32", .character(" ")),
  ])
  func `keys of modifyOtherKeys are keys`(parameters: String, key: Key) {
    #expect(keys("\u{1B}[27;\(parameters)~") == [key])
  }

  @Test(arguments: [
    ("1;1:1A", Key.up), ("1;5:2B", .down), ("1;129D", .left), ("3;5~", .delete),
    ("5;1:2~", .pageUp),
    ("1;2:1C", .shiftRight), ("13;1:1~", .function(3)),
  ])
  func `keys with modifiers and kinds of events are keys`(sequence: String, key: Key) {
    #expect(keys("\u{1B}[\(sequence)") == [key])
  }

  @Test func `the bytes of a broken sequence do not become keys`() {
    #expect(keys("\u{1B}[12;") == [])
    #expect(keys("\u{1B}[\u{1B}[A") == [.up])
    #expect(items([0xC3, 0x28]) == [.key(.character("("))])
    #expect(items([0xFF, 0xFE, 0x61]) == [.key(.character("a"))])
    #expect(items([0xC2, 0x9B, 0x41]) == [.key(.character("A"))])
    #expect(items([0xED, 0xA0, 0x80]) == [])
  }

  @Test(arguments: [
    "\u{1B}", "\u{1B}[", "\u{1B}[1;5", "\u{1B}O", "\u{1B}]0;x", "\u{1B}\u{1B}", "\u{1B}[M !",
  ])
  func `what could become a longer sequence waits`(beginning: String) {
    let bytes = Array(beginning.utf8)
    guard case .incomplete = KeyDecoder().decode(bytes.span).item else {
      Issue.record("decoded too early")
      return
    }
  }

  @Test func `the first bytes of a character wait for the others`() {
    let bytes = Array("世".utf8)
    for count in 1..<bytes.count {
      let part = Array(bytes[..<count])
      #expect(
        KeyDecoder().decode(part.span).item
          == .incomplete(patience: KeyDecoder.sequencePatience))
    }
  }

  @Test func `a paste's first mark is told from keys`() {
    #expect(items(Array("\u{1B}[200~".utf8)) == [.pasteStart])
  }

  @Test func `the terminal's own description of a key comes first`() {
    let sequence = Array("\u{1B}[33~".utf8)
    let decoder = KeyDecoder(keys: KeySequences(described: [sequence: .end]))
    #expect(decoder.decode(sequence.span).item == .key(.end))
  }

  @Test func `random bytes never stop the decoder and never take more than there is`() {
    var state: UInt64 = 99
    func next() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Half of them from the alphabet of sequences.
      let byte = UInt8(truncatingIfNeeded: state >> 33)
      let grammar = Array("\u{1B}[]OPM;?<0129~Az\u{7}\\".utf8)
      return byte & 1 == 0 ? grammar[Int(byte >> 1) % grammar.count] : byte
    }
    for _ in 0..<3000 {
      let bytes = (0..<40).map { _ in next() }
      var start = 0
      while start < bytes.count {
        let rest = bytes.span.extracting(start...)
        let early = KeyDecoder().decode(rest)
        let result = KeyDecoder().decode(rest, isFinal: true)
        #expect(result.length >= 1 && result.length <= bytes.count - start)
        if case .incomplete = early.item {} else { #expect(early == result) }
        start += max(1, result.length)
      }
    }
  }
}
