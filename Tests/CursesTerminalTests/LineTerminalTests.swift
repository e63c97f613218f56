import CLinux
import TestSupport
import Testing

/// Two questions, line by line: a name that may be seen and a key that may not.
@Suite(.timeLimit(.minutes(1))) struct LineTerminalTests {
  @Test(arguments: ["xterm-256color", "dumb", "-"])
  func `a name is echoed, a key is not`(term: String) throws {
    let terminal = try Fixture.start(["lines"], environment: ["TERM": term])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("Zoë\r")
    #expect(terminal.wait(for: "4 bytes"))
    #expect(terminal.screen.text.contains("Name: Zoë"))
    terminal.type("hunter2-EXAMPLE\r")
    #expect(terminal.wait(for: "15 bytes"))
    #expect(terminal.waitForEnd() == 0)
    #expect(!terminal.screen.text.contains("hunter2"))
    #expect(terminal.damage == [])
    if term != "xterm-256color" { #expect(!terminal.output.contains(0x1B)) }
  }

  @Test func `what is typed ahead is not shown either`() throws {
    let terminal = try Fixture.start(["lines"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("name\rhunter2-EXAMPLE\r")
    #expect(terminal.waitForEnd() == 0)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("hunter2"))
  }

  @Test func `a key longer than the kernel's line arrives whole`() throws {
    let terminal = try Fixture.start(["lines"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("n\r")
    #expect(terminal.wait(for: "Key:"))
    let key = (0..<20_000).map { UInt8(33 + $0 % 89) }
    terminal.type(key + [0x0D])
    #expect(terminal.wait(for: "20000 bytes"))
    #expect(terminal.wait(for: Fixture.sum(key).replacing(":", with: "")))
  }

  @Test func `a pasted line break does not end a line`() throws {
    let terminal = try Fixture.start(["lines"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("n\r\u{1B}[200~one\ntwo\u{1B}[201~\r")
    #expect(terminal.wait(for: "7 bytes"))
  }

  @Test func `what is pasted where no value is asked for is not shown`() throws {
    let terminal = try Fixture.start(["lines", "choice"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("2\u{1B}[200~hunter2-EXAMPLE\u{1B}[201~x\u{7F}\u{15}3\r")
    #expect(terminal.wait(for: "1 bytes"))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("hunter2"))
    #expect(terminal.screen.text.contains("Name: 2(pasted)3\n"))
  }

  @Test func `characters can be taken back, one and all`() throws {
    let terminal = try Fixture.start(["lines"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("ab世\u{7F}c\r")
    #expect(terminal.wait(for: "3 bytes"))
    #expect(terminal.screen.text.contains("Name: abc\n"))
    terminal.type("wrong\u{15}xy\r")
    #expect(terminal.wait(for: "2 bytes"))
  }

  @Test(arguments: [("\u{3}", Int32(130)), ("\u{4}", 3)])
  func `control-C interrupts and control-D ends`(key: String, status: Int32) throws {
    let terminal = try Fixture.start(["lines"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type(key)
    #expect(terminal.waitForEnd() == status)
    #expect(terminal.damage == [])
  }

  @Test func `control-C interrupts waiting, and what was typed meanwhile is not shown`() throws {
    let terminal = try Fixture.start(["lines", "waiting"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("n\rk\r")
    #expect(terminal.wait(for: "Waiting"))
    terminal.type("hunter2-EXAMPLE\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(!terminal.screen.text.contains("hunter2"))
    #expect(terminal.damage == [])
  }

  @Test(arguments: [SIGTERM, SIGKILL, SIGSEGV])
  func `the echo is back however it ends`(signal: Int32) throws {
    let terminal = try Fixture.start(["lines"])
    #expect(terminal.wait(for: "Name:"))
    terminal.type("n\rhalf a key")
    #expect(terminal.wait(for: "Key:"))
    for child in terminal.children { kill(child, signal) }
    #expect(terminal.waitForEnd() == 128 + signal)
    #expect(terminal.damage == [])
  }

  @Test func `an ASCII terminal gets ASCII`() throws {
    let terminal = try Fixture.start(["lines"], environment: ["LANG": "C"])
    #expect(terminal.wait(for: "* Two questions"))
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
  }
}
