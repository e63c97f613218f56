import FoundationEssentials
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// Signals of every kind, at random moments and to any of its processes: the program ends when it is told to, rests when it is not,
/// and loses nothing.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(60)))
struct SignalStormTests {
  private static let harmless = [SIGTSTP, SIGCONT, SIGWINCH, SIGPIPE]
  private static let ending = [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGALRM, SIGUSR1]

  private struct Storm {
    var signals = 0
    var sessions = 0
    /// Those that were there after all of theirs, and rested.
    var survived = 0
    var slowest = Duration.zero
  }

  @Test func `whatever signals come, the program ends in time, idles in peace and loses nothing`()
    async throws
  {
    let wanted = Gate.size("USHER_SIGNALS", else: 250)
    let provider = try await HeldProvider()
    var random = SeededRandom(seed: UInt64(wanted))
    var storm = Storm()
    while storm.signals < wanted {
      // Where an ending signal may come at once, few are ever sent: every other session gets one at its end alone.
      let kinds = storm.sessions % 2 == 0 ? Self.harmless : Self.harmless + Self.ending
      try session(of: kinds, provider, &random, &storm)
      storm.sessions += 1
      if storm.sessions % 20 == 0 { #expect(provider.isIntact, "after \(storm.sessions)") }
    }
    #expect(storm.survived > 0)
    #expect(provider.isIntact)
    #expect(provider.program.run(["doctor", "--json"]).text.contains("store"))
    Gate.report(
      "storm",
      "\(storm.signals) signals in \(storm.sessions) sessions: none hung, slowest end \(storm.slowest)"
    )
  }

  private func session(
    of kinds: [Int32], _ provider: HeldProvider, _ random: inout SeededRandom, _ storm: inout Storm
  ) throws {
    let terminal = try #require(provider.program.start(provider.command))
    // Before it is ready some signals end it that do nothing later.
    if kinds.count == Self.harmless.count || Bool.random(using: &random) {
      try #require(terminal.begins(with: "Link Acme"), "session \(storm.sessions)")
      if Bool.random(using: &random) { terminal.type("\r" + HeldProvider.typedKey.prefix(7)) }
    }
    for _ in 0..<100 {
      let processes = [terminal.process] + PseudoTerminal.descendants(of: terminal.process)
      let target = processes[random.below(processes.count)]
      guard kill(target, kinds[random.below(kinds.count)]) == 0, !isOver(terminal) else { break }
      storm.signals += 1
      if random.below(8) == 0 { terminal.type("x") }
      if random.below(8) == 0 { terminal.resize(columns: 20 + random.below(120), rows: 24) }
    }
    if !isOver(terminal), kinds.count == Self.harmless.count {
      terminal.resize(columns: 80, rows: 24)
      try #require(terminal.wait(for: "Acme"), "session \(storm.sessions): \(terminal.screen.text)")
      #expect(isResting(terminal), "session \(storm.sessions)")
      storm.survived += 1
    }
    for process in PseudoTerminal.descendants(of: terminal.process) { kill(process, SIGCONT) }
    storm.slowest = max(storm.slowest, try end(terminal, storm.sessions))
  }

  /// Told to end, it has ended within two seconds.
  private func end(_ terminal: PseudoTerminal, _ session: Int) throws -> Duration {
    let running = PseudoTerminal.descendants(of: terminal.process)
    let time = ContinuousClock().measure {
      kill(terminal.process, SIGTERM)
      _ = terminal.waitForEnd()
      for process in running { #expect(PseudoTerminal.waitForEnd(of: process)) }
    }
    let status = try #require(terminal.waitForEnd(), "session \(session)")
    #expect(status > 128 || status == 3 || status == 130, "session \(session): \(status)")
    #expect(time < .milliseconds(2500), "session \(session): \(time)")
    #expect(terminal.damage == [], "session \(session)")
    return time
  }

  /// A program that has been ended and not been waited for yet.
  private func isOver(_ terminal: PseudoTerminal) -> Bool {
    let words = String(
      decoding: TextFile.read("/proc/\(terminal.process)/stat") ?? [], as: UTF8.self)
    return words.isEmpty || words.contains(") Z ")
  }

  /// Whether what nobody asks anything takes less than half of a processor. Time is what is measured, so it has to pass.
  private func isResting(_ terminal: PseudoTerminal) -> Bool {
    let before = processorTime(terminal)
    poll(nil, 0, 200)
    return processorTime(terminal) - before < 10
  }

  /// Of all its processes, in hundredths of a second.
  private func processorTime(_ terminal: PseudoTerminal) -> Int {
    ([terminal.process] + PseudoTerminal.descendants(of: terminal.process)).reduce(0) {
      sum, process in
      let text = String(decoding: TextFile.read("/proc/\(process)/stat") ?? [], as: UTF8.self)
      let words = text.split(separator: " ")
      guard words.count > 14, let user = Int(words[13]), let system = Int(words[14]) else {
        return sum
      }
      return sum + user + system
    }
  }
}
