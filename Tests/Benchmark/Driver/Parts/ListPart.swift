import TestSupport

/// All connections of stores of several sizes.
struct ListPart {
  private static let sizes = [(10, ""), (1000, "≤ 12"), (10_000, "≤ 60")]

  /// Where a tool that counts does not take minutes.
  private static let countedSizes = [10, 1000]

  let bench: Bench

  func run() {
    for (size, aim) in ListPart.sizes {
      let outcomes = Contest(rounds: 20, seconds: 20).run(
        bench.subjects.map { subject in
          Contest.Contestant(subject.label) { () throws(Unmeasured) in
            try sample(subject, size, bench.stores.home(size, for: subject))
          }
        })
      bench.report.row("\(size) connections, ms", outcomes, .wall, aim: aim)
      bench.report.row("\(size) connections, CPU ms", outcomes, .processor)
    }
    for size in ListPart.countedSizes {
      bench.report.row(
        "\(size) connections, million instructions",
        bench.subjects.map { subject in
          Result { () throws(Unmeasured) in
            try Tracing(workspace: bench.workspace).instructions(
              of: subject.command(["list"], home: bench.stores.home(size, for: subject)))
          }
        })
    }
  }

  private func sample(_ subject: Subject, _ size: Int, _ home: String) throws(Unmeasured)
    -> Sample
  {
    var command = subject.command(["list"], home: home)
    command.output = bench.workspace.file("list")
    let end = try Launch.succeed(command, in: bench.workspace)
    let lines = (TextFile.read(command.output) ?? []).count { $0 == UInt8(ascii: "\n") }
    // And a head.
    guard lines > size else { throw Unmeasured(reason: "it lists \(lines) lines") }
    return end.sample
  }
}
