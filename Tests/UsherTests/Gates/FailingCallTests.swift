import LoopbackSupport
import TestSupport
import Testing

/// Each call that the built program makes for its files fails once, or from then on: what was stored is there, what went wrong is
/// said with the right exit code, and the terminal is as before.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: FailingCalls.compiler != nil, "needs a C compiler"), .timeLimit(.minutes(60)))
struct FailingCallTests {
  private let provider: HeldProvider
  private let calls: FailingCalls
  private var program: UsherProgram { provider.program }

  init() async throws {
    provider = try await HeldProvider()
    calls = try #require(FailingCalls(for: provider.program))
  }

  /// Tries a plan at every `step`th call until one is not reached any more. Returns how many failed.
  private func everyCall(
    _ kind: FailingCalls.Kind, lasting: Bool, step: Int,
    _ work: (FailingCalls.Plan) throws -> Void
  ) throws -> Int {
    var (failed, missed) = (0, 0)
    for call in stride(from: 1, to: 2000, by: step) {
      try work(FailingCalls.Plan(call: call, kind: kind, isLasting: lasting))
      if calls.hasFailed { failed += 1 } else { missed += 1 }
      // A call that cannot suffer in this way is passed over; the last ones may all be such.
      if calls.hasFailed { missed = 0 } else if missed > 40 / step + 1 { return failed }
    }
    return failed
  }

  @Test func `a command that stores does so, or says why not and ends with 7`() throws {
    let step = Gate.size("USHER_STRIDE", else: 67)
    var (points, stored) = (0, 0)
    for kind in FailingCalls.Kind.allCases {
      for lasting in kind == .kill ? [false] : [false, true] {
        points += try everyCall(kind, lasting: lasting, step: step) { plan in
          let result = program.run(
            ["connect", "acme", "--name", "second", "--from", "-", "--no-check"] + provider.options,
            input: #"{"credentials": {"apiKey": "\#(HeldProvider.typedKey)"}}"#,
            adding: calls.variables(for: plan))
          if try isRight(result, plan) { stored += 1 }
        }
      }
    }
    #expect(points > 100 / step)
    Gate.report("calls", "\(points) failing calls of a command, \(stored) times stored: none wrong")
  }

  /// Whether it was stored; removes it again.
  private func isRight(_ result: ChildProcess, _ plan: FailingCalls.Plan) throws -> Bool {
    let what = Comment(rawValue: "\(plan): \(result.status) \(result.errorText)")
    #expect(provider.isIntact, what)
    let found = program.run(["get", "acme/second"])
    #expect(found.status == 8 || found.text == HeldProvider.typedKey, what)
    switch result.status {
    case 0: #expect(found.text == HeldProvider.typedKey, what)
    case 1: #expect(result.errorText.contains("config.yaml"), what)
    case 7:
      #expect(result.errorText.contains("usher: error:"), what)
      if result.errorText.contains("unchanged") { #expect(found.status == 8, what) }
      if result.errorText.contains("nevertheless") { #expect(found.status == 0, what) }
    default: #expect(plan.kind == .kill && result.status == 128 + 9, what)
    }
    #expect(!result.errorText.contains(HeldProvider.typedKey), what)
    if found.status == 0 {
      #expect(program.run(["remove", "acme/second", "--yes"]).status == 0, what)
    }
    return found.status == 0
  }

  @Test func `a command that reads prints what is stored, or nothing and ends with 7`() throws {
    let step = Gate.size("USHER_STRIDE", else: 67)
    var points = 0
    for kind in FailingCalls.Kind.allCases {
      for lasting in kind == .kill ? [false] : [false, true] {
        points += try everyCall(kind, lasting: lasting, step: step) { plan in
          let result = program.run(["get", "acme/default"], adding: calls.variables(for: plan))
          let what = Comment(rawValue: "\(plan): \(result.status) \(result.errorText)")
          switch result.status {
          case 0: #expect(result.text == HeldProvider.storedKey, what)
          case 1: #expect(result.text == "" && result.errorText.contains("config.yaml"), what)
          case 7: #expect(result.text == "" && result.errorText.contains("usher: error:"), what)
          default: #expect(plan.kind == .kill && result.status == 128 + 9, what)
          }
        }
      }
    }
    #expect(points > 20 / step)
    Gate.report("calls", "\(points) failing calls of a command that reads: none wrong")
  }

  @Test func `the wizard stores, or says why not, and leaves the terminal as before`() throws {
    let step = Gate.size("USHER_STRIDE", else: 101)
    var points = 0
    for (kind, lasting) in [(FailingCalls.Kind.broken, false), (.full, true), (.kill, false)] {
      points += try everyCall(kind, lasting: lasting, step: step) { plan in
        let terminal = try #require(
          program.start(
            provider.command + ["--no-check"], adding: calls.variables(for: plan)))
        let what = Comment(rawValue: "\(plan)")
        goThrough(terminal)
        terminal.leave()
        let status = try #require(terminal.waitForEnd(), "\(plan): \(terminal.screen.text)")
        let isKilled = plan.kind == .kill && status == 128 + 9
        // 1 is for the settings' own file.
        #expect(
          [0, 1, 3, 7].contains(status) || isKilled,
          "\(plan): \(status) \(terminal.screen.text)")
        #expect(terminal.damage == [], what)
        #expect(provider.isIntact, what)
        let found = program.run(["get", "acme/second"])
        #expect(found.status == 8 || found.text == HeldProvider.typedKey, what)
        if status == 0 { #expect(found.status == 0, what) }
        _ = program.run(["remove", "acme/second", "--yes"])
        try provider.forgetDraft()
      }
    }
    #expect(points > 0)
    Gate.report("calls", "\(points) failing calls of the wizard: terminal and store right in all")
  }

  /// Types the key and stores it, as far as it gets.
  private func goThrough(_ terminal: PseudoTerminal) {
    guard terminal.begins(with: "Link Acme") else { return }
    terminal.type(HeldProvider.typedKey)
    guard terminal.wait(for: "\(HeldProvider.typedKey.utf8.count) characters") else { return }
    for _ in 0..<3 where !terminal.isClosed && !terminal.screen.text.contains("could not") {
      terminal.passQuietTime()
      let before = terminal.screen.text
      terminal.type("\r")
      _ = terminal.wait { $0.text != before && !$0.text.contains("Storing") }
    }
  }
}
