/// How long Enter at the end of a step waits for the next page, while what was typed is kept as a draft.
struct NextPart {
  /// Milliseconds that each synchronisation takes on the disk that is imitated.
  private static let slowness = 20

  let bench: Bench

  func run() {
    measure("as it is", delay: nil, rounds: 10)
    measure("a disk of \(NextPart.slowness) ms", delay: NextPart.slowness, rounds: 3)
  }

  private func measure(_ disk: String, delay: Int?, rounds: Int) {
    let outcomes = Contest(rounds: rounds, seconds: 40).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          try sample(subject, delay)
        }
      })
    // The first one makes the store, the later one does not.
    bench.report.row("\(disk): first Next, ms", outcomes, .wall)
    bench.report.row("\(disk): later Next, ms", outcomes, .echo)
  }

  private func sample(_ subject: Subject, _ delay: Int?) throws(Unmeasured) -> Sample {
    let wizard = try WizardRun(
      subject, guides: try BenchGuides.usual(in: bench.workspace),
      home: try subject.emptyHome("next")
    ) { command throws(Unmeasured) in
      guard let delay else { return command }
      return try Tracing(workspace: bench.workspace).traced(
        command, log: "/dev/null", calls: Tracing.syncs, delay: delay)
    }
    try wizard.reachPlainField()
    wizard.terminal.press("abc")
    wizard.terminal.settle(100)
    let first = try enter(BenchGuides.maskedField, in: wizard.terminal)
    wizard.terminal.press("abcdefgh")
    wizard.terminal.settle(300)
    let later = try enter("Nothing is stored yet", in: wizard.terminal)
    _ = wizard.terminal.end()
    return [.wall: first, .echo: later]
  }

  /// Milliseconds until the next page is there.
  private func enter(_ text: String, in terminal: TerminalRun) throws(Unmeasured) -> Double {
    let pressed = ContinuousClock.now
    terminal.press("\r")
    try terminal.wait(for: text)
    return milliseconds(since: pressed, to: terminal.lastRead)
  }
}
