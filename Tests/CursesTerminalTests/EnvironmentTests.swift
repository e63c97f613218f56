import CursesTerminal
import TestSupport
import Testing

@testable import CursesTerminal

/// Terminals and locales as they are found on servers.
@Suite(.timeLimit(.minutes(1))) struct EnvironmentTests {
  @Test(arguments: ["-", "", "dumb", "unknown", "no-such-terminal", "../../etc/passwd"])
  func `a terminal that cannot be painted on is refused untouched`(term: String) throws {
    let terminal = try Fixture.start(environment: ["TERM": term])
    #expect(terminal.waitForEnd() == 4)
    #expect(terminal.screen.text.contains("this terminal cannot show a full screen"))
    #expect(!terminal.output.contains(0x1B))
    #expect(terminal.damage == [])
  }

  @Test(arguments: [
    "xterm", "xterm-256color", "screen", "screen-256color", "tmux-256color", "linux", "vt100",
    "vt220",
    "xterm-ghostty", "foot", "wezterm", "rxvt-unicode-256color",
  ])
  func `terminals in use work, known to the system or not`(term: String) throws {
    let terminal = try Fixture.start(environment: ["TERM": term, "TERMINFO_DIRS": "/nonexistent"])
    terminal.type("abc")
    #expect(terminal.wait(for: "3 characters"))
    #expect(terminal.screen.text.contains("***"))
    terminal.type("\u{1B}OA")
    #expect(terminal.wait(for: "last: up"))
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
  }

  @Test func `every embedded entry is one that ncurses takes`() throws {
    for term in [
      "xterm-kitty", "xterm", "screen-256color", "screen.xterm-256color", "linux-16color",
    ] {
      #expect(EmbeddedTerminfo.entry(for: term) != nil)
    }
    #expect(EmbeddedTerminfo.entry(for: "xterm-kitty")?.name == "xterm-256color")
    #expect(EmbeddedTerminfo.entry(for: "wy50") == nil)
  }

  @Test(arguments: ["C", "POSIX"])
  func `a locale of ASCII gets ASCII`(locale: String) throws {
    let terminal = try Fixture.start(environment: ["LANG": "-", "LC_ALL": locale])
    #expect(terminal.wait(for: "0 characters"))
    #expect(terminal.screen.lines[0].hasPrefix("+-----"))
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
    terminal.type("é世x")
    #expect(terminal.wait(for: "3 characters"))
  }

  @Test(arguments: ["-", "xx_YY.UTF-8"])
  func `a locale that is unset or not installed gets UTF-8`(locale: String) throws {
    let terminal = try Fixture.start(environment: ["LANG": locale])
    #expect(terminal.wait(for: "Zoë 世界"))
    #expect(terminal.screen.lines[0].hasPrefix("┌─────"))
  }

  @Test func `no colour is used where it is unwanted or impossible`() throws {
    for environment in [["NO_COLOR": "1"], ["TERM": "vt100"]] {
      let terminal = try Fixture.start(environment: environment)
      #expect(terminal.wait(for: "0 characters"))
      #expect(!terminal.screen.hasSeenColor, "\(environment)")
    }
    let terminal = try Fixture.start(environment: ["NO_COLOR": ""])
    #expect(terminal.wait(for: "0 characters"))
    #expect(terminal.screen.hasSeenColor)
  }
}
