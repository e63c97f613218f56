import CLinux
import TestSupport
import Testing

/// Whatever way the program ends, the terminal is as it was before.
@Suite(.timeLimit(.minutes(1))) struct ExitTests {
  /// A way to end, and what the shell is told.
  enum Ending: CaseIterable, Sendable {
    case key, interruptKey, bareExit, failure
    case interrupt, terminate, hangUp, quit, alarm, user
    case crash, kill

    var key: String? {
      switch self {
      case .key: "\u{4}"
      case .interruptKey: "\u{3}"
      case .bareExit: "\u{5}"
      case .failure: "\u{6}"
      case .interrupt, .terminate, .hangUp, .quit, .alarm, .user, .crash, .kill: nil
      }
    }

    var signal: Int32 {
      switch self {
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      case .hangUp: SIGHUP
      case .quit: SIGQUIT
      case .alarm: SIGALRM
      case .user: SIGUSR1
      case .crash: SIGSEGV
      case .kill: SIGKILL
      case .key, .interruptKey, .bareExit, .failure: 0
      }
    }

    var statuses: [Int32] {
      switch self {
      case .key: [0]
      case .interruptKey: [3]
      case .bareExit: [7]
      // A trap is SIGILL or SIGTRAP, as the processor has it.
      case .failure: [128 + SIGILL, 128 + SIGTRAP]
      case .interrupt, .terminate, .hangUp, .quit, .alarm, .user, .crash, .kill: [128 + signal]
      }
    }
  }

  private func typing() throws -> PseudoTerminal {
    let terminal = try Fixture.start()
    terminal.type("half a key")
    #expect(terminal.wait(for: "10 characters"))
    return terminal
  }

  @Test(arguments: Ending.allCases)
  func `the terminal is as before when the interface ends`(ending: Ending) throws {
    let terminal = try typing()
    if let key = ending.key {
      terminal.type(key)
    } else {
      for child in terminal.children { kill(child, ending.signal) }
    }
    let status = try #require(terminal.waitForEnd())
    #expect(ending.statuses.contains(status))
    #expect(terminal.damage == [])
    #expect(!terminal.screen.text.contains("Password"))
  }

  @Test(arguments: [Ending.interrupt, .terminate, .hangUp, .quit, .alarm, .user])
  func `a signal to the parent alone ends both`(ending: Ending) throws {
    let terminal = try typing()
    let child = try #require(terminal.children.first)
    kill(terminal.process, ending.signal)
    #expect(terminal.waitForEnd() == 128 + ending.signal)
    #expect(PseudoTerminal.waitForEnd(of: child))
    #expect(terminal.damage == [])
  }

  @Test func `when the parent is killed the child ends and cleans up`() throws {
    let terminal = try typing()
    let child = try #require(terminal.children.first)
    kill(terminal.process, SIGKILL)
    #expect(PseudoTerminal.waitForEnd(of: child))
    #expect(terminal.waitForEnd() == 128 + SIGKILL)
    #expect(terminal.damage == [])
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `without a supervisor a signal still ends it cleanly`(signal: Int32) throws {
    let terminal = try Fixture.start(["unsupervised"])
    #expect(terminal.wait(for: "0 characters"))
    kill(terminal.process, signal)
    #expect(terminal.waitForEnd() == 128 + signal)
    #expect(terminal.damage == [])
  }

  @Test func `when the window is closed nothing stays behind`() throws {
    let terminal = try typing()
    let child = try #require(terminal.children.first)
    terminal.hangUp()
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(PseudoTerminal.waitForEnd(of: child))
      #expect(PseudoTerminal.waitForEnd(of: terminal.process))
    }
    #expect(time < .seconds(2))
  }

  @Test func `an interface that is stuck is killed when the window is closed`() throws {
    let terminal = try typing()
    let child = try #require(terminal.children.first)
    terminal.type("\u{10}")
    #expect(terminal.wait(for: "last: control"))
    terminal.hangUp()
    #expect(PseudoTerminal.waitForEnd(of: child))
    #expect(PseudoTerminal.waitForEnd(of: terminal.process))
  }

  @Test(arguments: [Ending.interrupt, .terminate, .quit, .alarm, .user])
  func `an interface that is stuck does not keep a signal from ending it`(ending: Ending) throws {
    let terminal = try typing()
    let child = try #require(terminal.children.first)
    terminal.type("\u{10}")
    #expect(terminal.wait(for: "last: control"))
    kill(terminal.process, ending.signal)
    #expect(terminal.waitForEnd() == 128 + ending.signal)
    #expect(PseudoTerminal.waitForEnd(of: child))
    #expect(terminal.damage == [])
  }

  @Test func `output that nobody reads does not keep the terminal from being restored`() throws {
    let terminal = try typing()
    terminal.type("\u{F}")
    kill(terminal.process, SIGTERM)
    #expect(PseudoTerminal.waitForEnd(of: terminal.process))
    #expect(terminal.waitForEnd() == 128 + SIGTERM)
    #expect(terminal.damage == [])
  }

  /// The kernel throws away what waits at Ctrl-C, once the terminal is given back and that key is a signal again.
  @Test func `an impatient Ctrl-C does not throw away what restores a slow terminal`() throws {
    let terminal = try Fixture.start(["lingering"])
    #expect(terminal.wait(for: "0 characters"))
    // More than the terminal takes by itself.
    terminal.resize(columns: 1000, rows: 12)
    #expect(terminal.typeUnread("\u{3}"))
    let end = ContinuousClock.now.advanced(by: .seconds(10))
    while terminal.settings != terminal.initialSettings, .now < end {}
    #expect(terminal.typeUnread("\u{3}"))
    #expect(terminal.waitForEnd() == 128 + SIGINT)
    #expect(terminal.damage == [])
  }

  @Test func `while another program has the terminal it waits, and reads on behind it`() throws {
    let terminal = try typing()
    terminal.type("\u{7}")
    #expect(terminal.wait(for: "lent"))
    terminal.type("for the other program\r")
    #expect(terminal.wait { $0.text.contains("10 characters") && !$0.text.contains("lent") })
    terminal.type("x")
    #expect(terminal.wait(for: "11 characters"))
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
  }

  @Test func `the rest of a paste is not left for the shell when the interface is killed`() throws {
    let terminal = try typing()
    let child = try #require(terminal.children.first)
    terminal.type("\u{10}")
    #expect(terminal.wait(for: "last: control"))
    let shell = terminal.openAnother()
    defer { close(shell) }
    terminal.type("\u{1B}[200~rm -rf EXAMPLE\n")
    #expect(PseudoTerminal.waitForInput(on: shell))
    kill(child, SIGKILL)
    #expect(PseudoTerminal.waitForEnd(of: terminal.process))
    #expect(PseudoTerminal.pendingInput(on: shell) == 0)
  }
}
