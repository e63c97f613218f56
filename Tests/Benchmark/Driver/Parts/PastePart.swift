/// A long value that arrives as if it were typed: many bytes at once and no marks around them.
struct PastePart {
  private static let sizes = [(4096, "4 KiB", "≤ 30"), (65_536, "64 KiB", "≤ 500")]
  /// Milliseconds of silence, with nothing left unread, that count as the end.
  private static let quiet: Int32 = 400

  let bench: Bench

  func run() {
    for (size, name, aim) in PastePart.sizes {
      let outcomes = Contest(rounds: 4, seconds: 60).run(
        bench.subjects.map { subject in
          Contest.Contestant(subject.label) { () throws(Unmeasured) in
            try sample(
              size, in: MaskedForm.wizard(subject).open(in: bench.workspace),
              shows: "\(size) character")
          }
        } + [
          Contest.Contestant(CForm.floor.name) { () throws(Unmeasured) in
            try sample(size, in: CForm.floor.open(in: bench.workspace), shows: nil)
          }
        ])
      bench.report.row("\(name), ms", outcomes, .wall, aim: aim)
      bench.report.row("\(name), CPU ms, start included", outcomes, .processor)
      bench.report.row("\(name), bytes written", outcomes, .bytes)
      bench.report.beside("\(CForm.floor.name), ms", outcomes.series(CForm.floor.name, .wall))
    }
  }

  /// - Parameter text: what the screen shows once all of it has arrived; nil where it shows no count.
  private func sample(_ size: Int, in terminal: TerminalRun, shows text: String?)
    throws(Unmeasured) -> Sample
  {
    terminal.settle(100)
    _ = terminal.shows("")
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
    let pasted = (0..<size).map { letters[($0 * 7 + $0 / 31) % letters.count] }
    let before = terminal.output.count
    let start = ContinuousClock.now
    terminal.press(pasted)
    terminal.settle(PastePart.quiet)
    var end = terminal.lastRead
    if let text { end = try terminal.firstShown(text) }
    return [
      .wall: milliseconds(since: start, to: end), .processor: terminal.end(),
      .bytes: Double(terminal.output.count - before),
    ]
  }
}
