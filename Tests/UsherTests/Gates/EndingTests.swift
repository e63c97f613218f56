import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// A shell with job control and without line editing, which would change the line settings itself.
private let dash = Tool.path("dash")

/// However the program ends, wherever the person is in it: the terminal is as before, the shell is told how, no process stays,
/// and the store holds what it held.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: dash != nil, "needs dash"), .timeLimit(.minutes(30)))
struct EndingTests {
  @Test func `every way to end leaves the terminal and the store as they were`() async throws {
    let endings = Ending.all.prefix(Gate.size("USHER_ENDINGS", else: Ending.allCases.count))
    let provider = try await HeldProvider()
    for (ending, moment) in endings {
      try end(by: ending, at: moment, provider)
      #expect(provider.isIntact, "\(ending), \(moment)")
      #expect(provider.hasSecondWholeOrNot, "\(ending), \(moment)")
      _ = provider.program.run(["remove", "acme/second", "--yes"])
    }
    Gate.report("endings", "\(endings.count) endings: terminal, exit code and store right in all")
  }

  private func end(by ending: Ending, at moment: WizardMoment, _ provider: HeldProvider) throws {
    let lock = StoreLock()
    defer { lock.release() }
    let what = Comment(rawValue: "\(ending), \(moment)")
    // What was kept of the one before would be offered on the way.
    try provider.forgetDraft()
    if ending == .stopped { return try stop(at: moment, provider, lock, what) }
    let terminal = try #require(provider.program.start(provider.command))
    try #require(moment.reach(on: terminal, provider, lock), "\(what): \(terminal.screen.text)")
    let running = PseudoTerminal.descendants(of: terminal.process)
    switch ending {
    case .key: terminal.leave()
    case .windowClosed: terminal.hangUp()
    case .supervisorKilled: kill(terminal.process, SIGKILL)
    case .interrupt, .terminate, .hangUp, .quit, .alarm, .user, .trap, .crash, .abort, .kill,
      .stopped:
      for child in terminal.children { kill(child, ending.signal ?? 0) }
    }
    for process in running { #expect(PseudoTerminal.waitForEnd(of: process), what) }
    #expect(terminal.waitForEnd() == ending.status, what)
    if ending != .windowClosed { #expect(terminal.damage == [], what) }
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(!output.contains(HeldProvider.typedKey.prefix(10)), what)
  }

  /// Under a shell, which gets the terminal while the program is stopped.
  private func stop(
    at moment: WizardMoment, _ provider: HeldProvider, _ lock: StoreLock, _ what: Comment
  ) throws {
    let environment = provider.program.environment.merging(["PS1": "shell> "]) { $1 }
    let terminal = try #require(PseudoTerminal(dash ?? "", ["-i"], environment: environment))
    #expect(terminal.wait(for: "shell>"))
    let line = UsherProgram.command(provider.command).map { "'\($0)'" }.joined(separator: " ")
    terminal.type("\(line)\r")
    try #require(moment.reach(on: terminal, provider, lock), "\(what): \(terminal.screen.text)")
    let supervisor = try #require(terminal.children.first)
    let running = [supervisor] + PseudoTerminal.descendants(of: supervisor)
    for child in PseudoTerminal.children(of: supervisor) { kill(child, SIGTSTP) }
    #expect(terminal.wait(for: "Stopped"), what)
    #expect(terminal.wait(for: "shell>"), what)
    #expect(terminal.damage == [], what)
    terminal.type("fg; echo code $?\r")
    #expect(terminal.wait { $0.isOn("?1049") && $0.text.contains("Acme") }, what)
    terminal.leave()
    #expect(terminal.wait(for: "code \(Ending.stopped.status)"), what)
    for process in running { #expect(PseudoTerminal.waitForEnd(of: process), what) }
    #expect(terminal.damage == [], what)
  }
}
