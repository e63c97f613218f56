/// Many connections out of one file into an empty store.
struct BulkPart {
  private static let count = 10_000

  let bench: Bench

  func run() {
    let outcomes = Contest(rounds: 1, seconds: 1).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          let command = try bench.stores.saveAll(
            1...BulkPart.count, subject: subject, home: try subject.emptyHome("bulk"))
          return try Launch.succeed(command, in: bench.workspace).sample
        }
      })
    bench.report.row("10,000 connections, ms", outcomes, .wall, aim: "≤ 60,000")
    bench.report.row("10,000 connections, CPU ms", outcomes, .processor)
  }
}
