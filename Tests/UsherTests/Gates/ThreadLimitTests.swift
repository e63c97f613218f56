import TestSupport
import Testing

/// An account that has used up its processes: what needs a thread says so, and nothing that was typed is lost.
@Suite(.timeLimit(.minutes(1)))
struct ThreadLimitTests {
  @Test func `a wizard without threads goes on until it needs one, and says so`() throws {
    let program = UsherProgram()
    let command = UsherProgram.command(["connect", "tally"])
    let place = try #require(command.firstIndex(of: UsherProgram.path))
    // Behind the change of the user: it is his processes that are counted.
    let limited = command[..<place] + ["/usr/bin/prlimit", "--nproc=1"] + command[place...]
    let terminal = try #require(
      PseudoTerminal(
        limited[0], Array(limited.dropFirst()), environment: program.environment, columns: 80,
        rows: 24))

    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    terminal.type(TestProvider.tallyKey)
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.pressEnter(until: "may start no more threads"))
    #expect(terminal.screen.text.contains("ulimit -u"))
    #expect(terminal.screen.text.contains("What you typed is still here"))
    terminal.type("\u{1B}")
    #expect(terminal.wait(for: "36 characters"))
    terminal.leave()
    // Left where the provider could not be asked.
    #expect(terminal.waitForEnd() == 6)
  }
}
