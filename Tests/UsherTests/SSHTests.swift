import LoopbackSupport
import TestSupport
import Testing

/// Through a real sshd on loopback: the place where operators use it.
@Suite(
  .enabled(if: SSHServer.isAvailable && LoopbackCertificates.tool != nil),
  .timeLimit(.minutes(2)))
struct SSHTests {
  @Test func `an account is linked over ssh`() async throws {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let server = try #require(SSHServer())
    let terminal = try #require(
      program.start(["connect", "tally"] + provider.options, over: server))
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    terminal.type("\u{1B}[200~\(TestProvider.tallyKey)\u{1B}[201~")
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.pressEnter(until: "Tally is linked"))
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
    #expect(program.run(["get", "tally"]).text == TestProvider.tallyKey)
  }

  @Test func `a cut line ends the program, and what was accepted is there again`() async throws {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let server = try #require(SSHServer())
    let first = try #require(
      program.start(["connect", "tailscale-api-key"] + provider.options, over: server))
    #expect(first.goOnWithoutSecondKey())
    #expect(first.wait(for: "Link Tailscale"))
    first.type("\r")
    #expect(first.wait(for: "Step 1 of"))
    first.type("acme.example\r")
    #expect(first.wait(for: "Step 2 of"))
    let running = server.descendants
    first.hangUp()
    // Whoever comes back takes longer than the program needs to save and to end.
    #expect(!running.isEmpty)
    for process in running { #expect(PseudoTerminal.waitForEnd(of: process)) }

    let second = try #require(program.start(["connect", "tailscale-api-key"] + provider.options))
    #expect(second.wait(for: "You have been here before"))
    #expect(second.pressEnter(until: "Step 2 of"))
  }
}
