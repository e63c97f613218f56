import CLinux
import TestSupport
import Testing

/// A shell with job control and without line editing, which would change the line settings itself.
private let dash = Tool.path("dash")

@Suite(.timeLimit(.minutes(1))) struct JobControlTests {
  private func shell(running arguments: String = "") throws -> PseudoTerminal {
    let shell = try #require(dash)
    guard let terminal = PseudoTerminal(shell, ["-i"], environment: ["PS1": "shell> "]) else {
      throw Fixture.CannotStart()
    }
    #expect(terminal.wait(for: "shell>"))
    terminal.type("'\(Fixture.path)' \(arguments)\r")
    return terminal
  }

  private func leave(_ terminal: PseudoTerminal) {
    terminal.type("\u{4}")
    #expect(terminal.wait(for: "code 0"))
    #expect(terminal.damage == [])
    terminal.type("exit\r")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test(.enabled(if: dash != nil))
  func `suspending gives the shell its terminal and coming back paints everything`() throws {
    let terminal = try shell()
    #expect(terminal.wait(for: "Form 80x24"))
    terminal.type("abc\u{1A}")
    #expect(terminal.wait(for: "Stopped"))
    #expect(terminal.wait(for: "shell>"))
    #expect(terminal.damage == [])
    terminal.type("echo in $((1 + 1))\r")
    #expect(terminal.wait(for: "in 2"))
    terminal.type("fg; echo code $?\r")
    #expect(terminal.wait { $0.isOn("?1049") && $0.text.contains("3 characters") })
    #expect(terminal.screen.isOn("?2004"))
    leave(terminal)
  }

  @Test(.enabled(if: dash != nil))
  func `a window that changed meanwhile is noticed on coming back`() throws {
    let terminal = try shell()
    #expect(terminal.wait(for: "Form 80x24"))
    terminal.type("\u{1A}")
    #expect(terminal.wait(for: "Stopped"))
    terminal.resize(columns: 100, rows: 30)
    terminal.type("fg; echo code $?\r")
    #expect(terminal.wait(for: "last: resized 100x30"))
    leave(terminal)
  }

  @Test(.enabled(if: dash != nil), arguments: [SIGTSTP, SIGSTOP])
  func `an interface stopped from outside comes back as well`(signal: Int32) throws {
    let terminal = try shell()
    #expect(terminal.wait(for: "Form 80x24"))
    let supervisor = try #require(terminal.children.first)
    let child = try #require(PseudoTerminal.children(of: supervisor).first)
    kill(child, signal)
    #expect(terminal.wait(for: "Stopped"))
    #expect(terminal.wait(for: "shell>"))
    #expect(terminal.damage == [])
    terminal.type("fg; echo code $?\r")
    #expect(terminal.wait { $0.isOn("?1049") && $0.text.contains("0 characters") })
    terminal.type("x")
    #expect(terminal.wait(for: "1 characters"))
    leave(terminal)
  }

  @Test(.enabled(if: dash != nil))
  func `after coming back a crash still leaves the terminal clean`() throws {
    let terminal = try shell()
    #expect(terminal.wait(for: "Form 80x24"))
    terminal.type("\u{1A}")
    #expect(terminal.wait(for: "Stopped"))
    terminal.type("fg; echo code $?\r")
    #expect(terminal.wait { $0.isOn("?1049") && $0.text.contains("0 characters") })
    terminal.type("\u{6}")
    #expect(terminal.wait { $0.text.contains("code 132") || $0.text.contains("code 133") })
    #expect(terminal.damage == [])
  }

  @Test(.enabled(if: dash != nil), arguments: [SIGKILL, SIGSEGV])
  func `the interface cleans up in the background when its parent is killed`(
    signal: Int32
  ) throws {
    let terminal = try shell()
    #expect(terminal.wait(for: "Form 80x24"))
    let supervisor = try #require(terminal.children.first)
    let child = try #require(PseudoTerminal.children(of: supervisor).first)
    kill(supervisor, signal)
    #expect(PseudoTerminal.waitForEnd(of: child))
    terminal.type("echo in $((1 + 1))\r")
    #expect(terminal.wait(for: "in 2"))
    #expect(terminal.damage == [])
    terminal.type("exit\r")
    #expect(terminal.waitForEnd() != nil)
  }

  @Test func `without a shell that could continue it, it does not stop`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "0 characters"))
    terminal.type("a\u{1A}b")
    #expect(terminal.wait(for: "2 characters"))
    #expect(terminal.screen.isOn("?1049") && terminal.screen.isOn("?2004"))
    for child in terminal.children { kill(child, SIGTSTP) }
    terminal.type("c")
    #expect(terminal.wait(for: "3 characters"))
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
  }
}
