import Basics
import CLinux
import CursesTerminal
import Secrets
import TerminalUI
import Testing

@testable import CursesTerminal

/// Text that comes without the marks of a paste: what is one paste, and what is typed. Time is the test's own.
@Suite struct UnmarkedPasteTests {
  /// Bytes that arrive together, so long after those before.
  private struct Piece {
    let delay: Duration
    let bytes: [UInt8]

    init(_ text: String, after milliseconds: Int = 1000) {
      self.init(Array(text.utf8), after: milliseconds)
    }

    init(_ bytes: [UInt8], after milliseconds: Int) {
      delay = .milliseconds(milliseconds)
      self.bytes = bytes
    }
  }

  /// What comes of the pieces when nothing follows them: keys as their characters or names, pastes in brackets.
  private func items(_ pieces: [Piece], intoText: Bool = true, then pause: Int = 5000) -> [String] {
    news(pieces, intoText: intoText, then: pause).filter { !$0.hasPrefix("… ") }
  }

  /// The same with what is told of a text while it arrives, as `… 20`.
  private func news(_ pieces: [Piece], intoText: Bool = true, then pause: Int = 5000) -> [String] {
    var ends: [Int32] = [0, 0]
    #expect(unsafe linux_pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    var reader = InputReader(decoder: KeyDecoder())
    reader.goesIntoText = intoText
    var items: [String] = []
    var now = ContinuousClock.now
    for piece in pieces {
      let arrival = now.advanced(by: piece.delay)
      pass(from: now, to: arrival, &reader, &items)
      now = arrival
      _ = unsafe piece.bytes.withUnsafeBytes { unsafe write(ends[1], $0.baseAddress, $0.count) }
      let isOpen = reader.read(from: ends[0], at: now)
      #expect(isOpen)
      collect(&reader, &items, at: now)
    }
    pass(from: now, to: now.advanced(by: .milliseconds(pause)), &reader, &items)
    return items
  }

  /// Looks again whenever the reader wants to.
  private func pass(
    from start: ContinuousClock.Instant, to end: ContinuousClock.Instant,
    _ reader: inout InputReader, _ items: inout [String]
  ) {
    while let decision = reader.decision, decision < end { collect(&reader, &items, at: decision) }
  }

  private func collect(
    _ reader: inout InputReader, _ items: inout [String], at now: ContinuousClock.Instant
  ) {
    while true {
      switch reader.next(at: now) {
      case .key(.character(let scalar)): items.append(String(Character(scalar)))
      case .key(.enter): items.append("Enter")
      case .key(let key): items.append("\(key)")
      case .paste(let paste): items.append("marked[\(text(paste))]")
      case .unmarkedPaste(let paste): items.append("[\(text(paste))]")
      case .arriving(let characters): items.append("… \(characters)")
      case .none: return
      }
    }
  }

  private func text(_ paste: consuming PastedText) -> String {
    let text = paste.contents()
    let bytes = text.withBytes { span in (0..<span.byteCount).map { span[$0] } }
    return String(decoding: bytes, as: UTF8.self)
      .replacing("\r\n", with: "¶").replacing("\r", with: "⏎").replacing("\n", with: "␊")
  }

  @Test(arguments: [("\r", "⏎"), ("\n", "␊"), ("\r\n", "¶")])
  func `several lines are one paste, whatever their ends`(lineEnd: String, shown: String) {
    let lines = ["one", "two", "three"]
    #expect(
      items([Piece(lines.joined(separator: lineEnd))])
        == ["[\(lines.joined(separator: shown))]"])
    #expect(
      items([Piece(lines.joined(separator: lineEnd) + lineEnd)])
        == ["[\(lines.joined(separator: shown) + shown)]"])
  }

  @Test(arguments: [true, false])
  func `a second line reaches no other field, and no command`(intoText: Bool) {
    #expect(items([Piece("tok1\rsecond")], intoText: intoText) == ["[tok1⏎second]"])
    #expect(items([Piece("\r/?1q\r")], intoText: intoText) == ["[⏎/?1q⏎]"])
    #expect(items([Piece("\tname: value\r")], intoText: intoText) == ["[\tname: value⏎]"])
    #expect(items([Piece("user\tword")], intoText: intoText) == ["[user\tword]"])
  }

  @Test(arguments: [1, 2, 5, 16], [0, 1, 8, 25, 45])
  func `a slow line that sends it in pieces changes nothing`(size: Int, gap: Int) {
    let text = Array("first line of a value\rsecond\r\rlast".utf8)
    let pieces = stride(from: 0, to: text.count, by: size).map { start in
      Piece(
        Array(text[start..<min(start + size, text.count)]), after: start == 0 ? 1000 : gap)
    }
    let found = items(pieces)
    // The first character may have been shown, and is then taken back.
    #expect(found.last == "[first line of a value⏎second⏎⏎last]")
    #expect(found.count == 1 || found == ["f", "backspace", found[2]])
  }

  @Test(arguments: [60, 100, 250])
  func `pieces far apart are one paste as long as more than a key comes at once`(gap: Int) {
    let text = Array("first line of a value\rsecond line\rand the last line".utf8)
    let pieces = stride(from: 0, to: text.count, by: 18).map { start in
      Piece(Array(text[start..<min(start + 18, text.count)]), after: gap)
    }
    #expect(
      items(pieces) == ["[first line of a value⏎second line⏎and the last line]"])
  }

  @Test func `a long line is a paste, and its line end is no Enter`() {
    let key = String(repeating: "k", count: 35) + "9"
    #expect(items([Piece(key)]) == ["[\(key)]"])
    #expect(items([Piece(key + "\r")]) == ["[\(key)⏎]"])
    #expect(items([Piece(key + "\r")], intoText: false) == ["[\(key)⏎]"])
  }

  @Test func `how much of a long paste has come is told at once, and before its end`() {
    let key = String(repeating: "k", count: 700)
    #expect(
      news([Piece(key), Piece(key, after: 5), Piece("é\rx", after: 5)])
        == ["… 1400", "… 1403", "[\(key + key)é⏎x]"])
    // Whoever sees a short one may go on at once: it is shown when it can be used.
    #expect(news([Piece("a value of many words")]) == ["[a value of many words]"])
    // Where nothing is typed there is nothing to show.
    #expect(news([Piece(key), Piece(key, after: 5)], intoText: false) == ["[\(key + key)]"])
    #expect(news([Piece("short"), Piece("\r", after: 5)]).last == "Enter")
  }

  @Test func `a key in between is not part of the paste that follows`() {
    let key = String(repeating: "k", count: 35) + "9"
    #expect(
      items([Piece("x"), Piece("\u{15}", after: 20), Piece(key, after: 20)])
        == ["x", "\(Key.control("u"))", "[\(key)]"])
  }

  @Test func `a person's Enter behind a paste is an Enter`() {
    let key = String(repeating: "k", count: 35) + "9"
    #expect(items([Piece(key), Piece("\r", after: 120)]) == ["[\(key)]", "Enter"])
    #expect(items([Piece(key), Piece("\r", after: 400)]) == ["[\(key)]", "Enter"])
    #expect(
      items([Piece(key), Piece("\u{3}", after: 120)]) == ["[\(key)]", "\(Key.control("c"))"])
  }

  @Test func `one short line with Enter behind it counts as typed`() {
    #expect(items([Piece("me\r")]) == ["m", "e", "Enter"])
    #expect(items([Piece("tally\r\n")]) == ["t", "a", "l", "l", "y", "Enter"])
    #expect(items([Piece("tally"), Piece("\r", after: 5)]) == ["t", "a", "l", "l", "y", "Enter"])
    // Where no text is asked for, it is not for this screen.
    #expect(items([Piece("tally\r")], intoText: false) == [])
  }

  @Test func `a short line waits whether another follows`() {
    #expect(items([Piece("tok1\r"), Piece("second", after: 250)]) == ["[tok1⏎second]"])
  }

  @Test func `typing is keys, however fast a person is, and not delayed`() {
    let typed = Array("typed by hand").map { Piece(String($0), after: 80) }
    #expect(items(typed) == Array("typed by hand").map(String.init))
    #expect(items([Piece("a")], then: 0) == ["a"])
    // Two keys at once, as of rolling fingers, and a moment of a line that hangs.
    #expect(items([Piece("th"), Piece("e", after: 90)]) == ["t", "h", "e"])
    #expect(items([Piece("abc")], intoText: false) == ["a", "b", "c"])
    #expect(items([Piece("é")]) == ["é"])
  }

  @Test func `a key that is held down repeats`() {
    let held = (0..<60).map { Piece("x", after: $0 == 0 ? 500 : 33) }
    #expect(items(held) == Array(repeating: "x", count: 60))
    let fast = (0..<200).map { _ in Piece("x", after: 10) }
    #expect(items(fast, then: 0).count == 200)
    let scrolled = (0..<40).map { _ in Piece(" ", after: 33) }
    #expect(items(scrolled, intoText: false) == Array(repeating: " ", count: 40))
    #expect(items([Piece("\r\r\r")]) == ["Enter", "Enter", "Enter"])
    #expect(items((0..<9).map { _ in Piece("\r", after: 33) }).count == 9)
  }

  @Test func `keys with names are keys at once`() {
    let down = "\(Key.down)"
    #expect(items([Piece("\u{1B}[B\u{1B}[B\r")], then: 11) == [down, down, "Enter"])
    #expect(
      items([Piece("ab\u{7F}\u{3}")], then: 0) == ["a", "b", "backspace", "\(Key.control("c"))"])
    #expect(items([Piece("\t")], then: 0) == ["tab"])
  }

  @Test func `a BEGIN line waits for its END line, but not for ever`() {
    let begin = "-----BEGIN PRIVATE KEY-----\rMIIE\r"
    let end = "-----END PRIVATE KEY-----\r"
    let whole = (begin + end).replacing("\r", with: "⏎")
    #expect(items([Piece(begin), Piece(end, after: 1900)]) == ["[\(whole)]"])
    let cut = begin.replacing("\r", with: "⏎")
    #expect(items([Piece(begin)]) == ["[\(cut)]"])
    #expect(items([Piece(begin), Piece("\u{1B}", after: 700)]) == ["[\(cut)]", "escape"])
    #expect(items([Piece(begin), Piece("\r", after: 700)]) == ["[\(cut)]", "Enter"])
  }

  @Test func `control characters in a paste are its content`() {
    #expect(
      items([Piece("first line\rsecond\u{3}line\u{1B}[A")])
        == ["[first line⏎second\u{3}line\u{1B}[A]"])
    // The marks of the next paste are not.
    #expect(
      items([Piece("first line\rsecond\u{1B}[200~x\u{1B}[201~")])
        == ["[first line⏎second]", "marked[x]"])
  }

  @Test func `a paste larger than the reader's room arrives whole`() {
    let lines = (0..<900).map { "line \($0) of a long file" }
    let bytes = Array(lines.joined(separator: "\r").utf8)
    let pieces = stride(from: 0, to: bytes.count, by: 4095).map {
      Piece(Array(bytes[$0..<min($0 + 4095, bytes.count)]), after: $0 == 0 ? 1000 : 3)
    }
    #expect(items(pieces) == ["[\(lines.joined(separator: "⏎"))]"])
  }

  // MARK: Sequences that a line tears

  @Test(arguments: [30, 90, 150, 260, 900])
  func `a torn mark is a mark and no text`(gap: Int) {
    let mark = Array("\u{1B}[200~".utf8)
    for cut in 1..<mark.count {
      let found = items([
        Piece(Array(mark[..<cut]), after: 1000),
        Piece(Array(mark[cut...]) + Array("value\u{1B}[201~".utf8), after: gap),
      ])
      #expect(found.last == "marked[value]", "cut at \(cut)")
      #expect(found.allSatisfy { $0.count > 1 }, "cut at \(cut): \(found)")
    }
  }

  @Test func `what follows Escape by hand is typed`() {
    #expect(
      items([Piece("\u{1B}"), Piece("[", after: 400), Piece("x", after: 300)])
        == ["escape", "[", "x"])
  }

  @Test func `a byte that is no character in UTF-8 is not lost without a word`() {
    #expect(
      items([Piece([0xE9], after: 500), Piece("x", after: 400)]) == ["[\u{FFFD}]", "x"])
    #expect(items([Piece([0x70, 0xE4, 0x73], after: 500)]) == ["p", "[\u{FFFD}]", "s"])
  }
}
