import TestSupport
import Testing

/// A form with one masked field, on a terminal, driven as a person would.
@Suite(.timeLimit(.minutes(1))) struct FormTests {
  private let secret = "hunter2-EXAMPLE"

  @Test func `what is typed is masked, counted, and never written`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    terminal.type(secret)
    #expect(terminal.wait(for: "15 characters"))
    #expect(terminal.screen.text.contains("Password  *************** "))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("hunter2"))
    #expect(terminal.screen.cursor == (27, 3))
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
  }

  @Test func `a masked key costs its star and one changed figure, in one write`() throws {
    let terminal = try Fixture.start()
    terminal.type("ab")
    #expect(terminal.wait(for: "2 characters"))
    let before = terminal.output.count
    terminal.type("c")
    #expect(terminal.wait(for: "3 characters"))
    #expect(terminal.output.count - before <= 41)
  }

  @Test func `wide and accented text is drawn in its columns`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "Form 80x24 Zoë 世界"))
    let right = terminal.screen.lines[1]
    #expect(right.hasPrefix("│ Form") && right.hasSuffix("│"))
    #expect(right.count == 78, "two wide characters stand for four columns")
  }

  @Test func `a paste arrives whole and is one event`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    let pasted = "line one\nline \u{1B}[2J two\u{3}\t"
    terminal.type("\u{1B}[200~\(pasted)\u{1B}[201~\u{B}")
    #expect(terminal.wait(for: Fixture.sum(Array(pasted.utf8))))
    #expect(terminal.screen.text.contains("\(pasted.utf8.count) characters"))
  }

  @Test(arguments: [65_536, 1_048_576])
  func `a long paste arrives whole`(count: Int) throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    let pasted = (0..<count).map { UInt8(33 + $0 % 89) }
    terminal.type(Array("\u{1B}[200~".utf8) + pasted + Array("\u{1B}[201~\u{B}".utf8))
    #expect(terminal.wait(for: Fixture.sum(pasted)))
    #expect(terminal.screen.text.contains("last: control"))
  }

  @Test func `a paste beyond the limit is cut and says so`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    let pasted = [UInt8](repeating: 0x61, count: 1_100_000)
    terminal.type(Array("\u{1B}[200~".utf8) + pasted + Array("\u{1B}[201~".utf8))
    #expect(terminal.wait(for: "last: cut paste"))
    #expect(terminal.screen.text.contains("1048576 characters"))
  }

  @Test func `keys typed before the first screen are not lost`() throws {
    let terminal = try Fixture.start()
    terminal.type("abc")
    #expect(terminal.wait(for: "3 characters"))
  }

  @Test(arguments: [
    ("\u{1B}OA", "up"), ("\u{1B}[5~", "pageUp"), ("\u{1B}", "escape"), ("\u{1B}x", "alt"),
  ])
  func `special keys arrive as themselves`(sequence: String, name: String) throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    terminal.type(sequence)
    #expect(terminal.wait(for: "last: \(name)"))
  }

  @Test func `what a terminal reports unasked is not typed`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    terminal.type("\u{1B}[I\u{1B}]11;rgb:00/00/00\u{7}\u{1B}[?62;22c\u{1B}[<0;5;5Mx")
    #expect(terminal.wait(for: "1 characters"))
  }

  @Test func `text that was revealed is painted over completely`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    terminal.type(secret + "\u{12}")
    #expect(terminal.wait(for: "ends: LE"))
    let before = terminal.output.count
    terminal.type("\u{12}")
    #expect(terminal.wait { !$0.text.contains("ends:") && $0.text.contains("15 characters") })
    let repaint = String(decoding: terminal.output[before...], as: UTF8.self)
    #expect(repaint.contains("Form 80x24"))
  }

  @Test func `an address is offered to the clipboard as base64`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    terminal.type("\u{19}")
    #expect(terminal.wait { !$0.commands.isEmpty })
    #expect(terminal.screen.commands == ["52;c;aHR0cHM6Ly9leGFtcGxlLmNvbS8="])
  }

  @Test func `a deadline and news from elsewhere wake it up`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    terminal.type("\u{14}")
    #expect(terminal.wait(for: "last: deadline"))
    terminal.type("\u{E}")
    #expect(terminal.wait(for: "last: mail"))
    terminal.type("x")
    #expect(terminal.wait(for: "1 characters"))
  }

  @Test func `an update of the whole screen is shown at once`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    #expect(terminal.wait { !$0.isOn("?2026") })
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.contains("\u{1B}[?2026h") && output.contains("\u{1B}[?2026l"))
  }
}
