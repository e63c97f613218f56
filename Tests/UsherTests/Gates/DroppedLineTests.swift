import Connections
import Glibc
import LoopbackSupport
import Store
import TestSupport
import Testing

/// Lines that are cut at random moments, through a real sshd: the program ends, what was accepted is there again, and no value is
/// in any file that was written.
@Suite(
  .enabled(if: SSHServer.isAvailable && LoopbackCertificates.tool != nil, "needs sshd and openssl"),
  .timeLimit(.minutes(60)))
struct DroppedLineTests {
  /// How far somebody has come.
  private enum Stage: Int, CaseIterable {
    case before, firstStep, firstValue, secondStep, secondValue, thirdStep, review
  }

  private static let key = TestProvider.tailscaleKey
  private static let name = ConnectionName(provider: "tailscale-api-key")!

  private struct Figures {
    var resumed = 0
    var files = 0
    var slowest = Duration.zero
  }

  @Test func `whenever the line is cut, what was accepted is there and in no file in clear`()
    async throws
  {
    let drops = Gate.size("USHER_DROPS", else: 2)
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let server = try #require(SSHServer())
    var random = SeededRandom(seed: 11)
    var figures = Figures()
    for drop in 0..<drops {
      // The last stages first: it is they that have something to lose.
      let stages = Stage.allCases
      let stage = stages[stages.count - 1 - drop % stages.count]
      let terminal = try #require(
        program.start(["connect", "tailscale-api-key"] + provider.options, over: server))
      let what = Comment(rawValue: "drop \(drop), \(stage)")
      try #require(reach(stage, on: terminal, &random), "\(what): \(terminal.screen.text)")
      figures.slowest = max(
        figures.slowest, cut(terminal, drop % 2 == 0, below: server, what))
      figures.files += try scan(program, what)
      try resume(stage, program, provider, &figures, what)
      try program.inStore { try $0.forget(Self.name) }
    }
    Gate.report(
      "lines",
      "\(drops) lines cut, \(figures.resumed) drafts resumed, slowest end \(figures.slowest), "
        + "the key in none of \(figures.files) files")
  }

  private func reach(
    _ stage: Stage, on terminal: PseudoTerminal, _ random: inout SeededRandom
  ) -> Bool {
    guard terminal.begins(with: "Link Tailscale") else { return false }
    for next in Stage.allCases.dropFirst() where next.rawValue <= stage.rawValue {
      let isThere: Bool
      switch next {
      case .before: isThere = true
      case .firstStep: isThere = terminal.pressEnter(until: "Step 1 of")
      case .firstValue:
        // The organization that is offered is taken with Ctrl-Y.
        terminal.type("\u{19}")
        isThere = true
      case .secondStep: isThere = terminal.pressEnter(until: "Step 2 of")
      case .secondValue:
        let typed =
          stage == next ? 12 + random.below(Self.key.utf8.count - 12) : Self.key.utf8.count
        terminal.type(String(Self.key.prefix(typed)))
        isThere = terminal.wait(for: "\(typed) characters")
      case .thirdStep: isThere = terminal.pressEnter(until: "Step 3 of 3")
      case .review: isThere = terminal.pressEnter(until: "Check and store")
      }
      guard isThere else { return false }
    }
    return true
  }

  /// Returns how long the last process took to end.
  private func cut(
    _ terminal: PseudoTerminal, _ isClosed: Bool, below server: SSHServer, _ what: Comment
  ) -> Duration {
    let running = server.descendants
    #expect(!running.isEmpty, what)
    let time = ContinuousClock().measure {
      if isClosed { terminal.hangUp() } else { kill(terminal.process, SIGKILL) }
      for process in running { #expect(PseudoTerminal.waitForEnd(of: process), what) }
    }
    #expect(time < .seconds(5), what)
    return time
  }

  /// Every file that the program has written. Twelve characters are more than it ever shows.
  private func scan(_ program: UsherProgram, _ what: Comment) throws -> Int {
    let files = try program.writtenFiles()
    for file in files {
      #expect(!file.holds(String(Self.key.suffix(12))), "\(what): \(file.name)")
      #expect(!file.holds(String(Self.key.prefix(24).suffix(12))), "\(what): \(file.name)")
    }
    return files.count
  }

  private func resume(
    _ stage: Stage, _ program: UsherProgram, _ provider: TestProvider, _ figures: inout Figures,
    _ what: Comment
  ) throws {
    guard stage.rawValue >= Stage.secondStep.rawValue else { return }
    let terminal = try #require(
      program.start(["connect", "tailscale-api-key"] + provider.options))
    try #require(terminal.wait(for: "You have been here before"), what)
    figures.resumed += 1
    guard stage.rawValue >= Stage.thirdStep.rawValue else {
      #expect(terminal.pressEnter(until: "Step 2 of"), what)
      terminal.leave()
      #expect(terminal.waitForEnd() == 3, what)
      return
    }
    // It goes on where values are missing, and none is.
    for _ in 0..<2 where !terminal.screen.text.contains("Check and store") {
      terminal.passQuietTime()
      terminal.type("\r")
      #expect(
        terminal.wait { $0.text.contains("Check and store") || $0.text.contains("Step 3 of 3") },
        what)
    }
    #expect(terminal.pressEnter(until: "is linked"), what)
    #expect(terminal.waitForEnd() == 0, what)
    #expect(program.run(["get", "tailscale-api-key", "apiKey"]).text == Self.key, what)
    #expect(program.run(["remove", "tailscale-api-key", "--yes"]).status == 0, what)
  }
}
