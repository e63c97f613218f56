import TestSupport

/// One secret out of stores of several sizes, beside `age` that opens one file.
struct GetPart {
  static let sizes = [10, 1000, 10_000]
  private static let age = "age -d"

  let bench: Bench

  func run() {
    let homes = bench.stores.homes(GetPart.sizes, for: bench.subjects)
    let outcomes = Contest(rounds: 40, seconds: 40).run(
      homes.map { made in
        Contest.Contestant(made.name) { () throws(Unmeasured) in
          try Launch.succeed(command(made.subject, made.size, try made.home.get()), in: workspace)
            .sample
        }
      } + [age(homes)])
    for size in GetPart.sizes { print(size, outcomes) }
    bench.report.beside("\(GetPart.age), ms", outcomes.series(GetPart.age, .wall))
    bench.report.beside("\(GetPart.age), CPU ms", outcomes.series(GetPart.age, .processor))
    countInstructions(homes)
  }

  private var workspace: Workspace { bench.workspace }

  private func print(_ size: Int, _ outcomes: Outcomes) {
    let names = bench.subjects.map { MadeStore.name($0, size) }
    for (quantity, unit) in [(Quantity.wall, "ms"), (.processor, "CPU ms")] {
      let medians = outcomes.medians(names, quantity)
      bench.report.row("\(size) connections, \(unit)", medians)
      let age = outcomes.series(GetPart.age, quantity).map(\.median)
      bench.report.row(
        "\(size) connections, \(unit) × age", medians.map { $0.times(age) }, aim: "≤ 1.2")
    }
  }

  /// The connection in the middle.
  private func command(_ subject: Subject, _ size: Int, _ home: String) -> Command {
    subject.command(["get", "\(BenchGuides.slug)/n\(size / 2)"], home: home)
  }

  /// What `age` opens is what Usher has sealed: a record of the last program's smallest store.
  private func age(_ homes: [MadeStore]) -> Contest.Contestant {
    let record = workspace.file("record.age")
    return Contest.Contestant(GetPart.age) { () throws(Unmeasured) in
      guard let age = Tool.path("age") else { throw Unmeasured(reason: "age is not installed") }
      guard let made = homes.last(where: { $0.size == GetPart.sizes[0] }) else {
        throw Unmeasured(reason: "there is no store")
      }
      let home = try made.home.get()
      if TextFile.read(record) == nil {
        var export = made.subject.command(
          ["export", "\(BenchGuides.slug)/n\(made.size / 2)"], home: home)
        export.output = record
        _ = try Launch.succeed(export, in: workspace)
        workspace.give(record)
      }
      let identity = "\(home)/.config/usher/identity.txt"
      return try Launch.succeed(
        Command(age, ["-d", "-i", identity, record], home: home), in: workspace
      ).sample
    }
  }

  private func countInstructions(_ homes: [MadeStore]) {
    for size in GetPart.sizes {
      bench.report.row(
        "\(size) connections, million instructions",
        homes.filter { $0.size == size }.map { made in
          Result { () throws(Unmeasured) in
            try Tracing(workspace: workspace).instructions(
              of: command(made.subject, size, try made.home.get()))
          }
        })
    }
  }
}
