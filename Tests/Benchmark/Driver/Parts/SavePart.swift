/// One more connection into stores of several sizes.
struct SavePart {
  let bench: Bench

  func run() {
    let homes = bench.stores.homes(GetPart.sizes, for: bench.subjects)
    var copies: [String: String] = [:]
    var number = 0
    func home(_ made: MadeStore) throws(Unmeasured) -> String {
      if let copy = copies[made.name] { return copy }
      let copy = made.subject.place("saves-\(made.size)")
      try bench.workspace.copy(try made.home.get(), to: copy)
      copies[made.name] = copy
      return copy
    }
    func save(_ made: MadeStore) throws(Unmeasured) -> Command {
      number += 1
      return try bench.stores.save("s\(number)", subject: made.subject, home: home(made))
    }

    let outcomes = Contest(rounds: 20, seconds: 40).run(
      homes.map { made in
        Contest.Contestant(made.name) { () throws(Unmeasured) in
          try Launch.succeed(save(made), in: bench.workspace).sample
        }
      })
    for size in GetPart.sizes {
      let names = bench.subjects.map { MadeStore.name($0, size) }
      bench.report.row(
        "\(size) connections, ms", outcomes.medians(names, .wall), aim: "≤ 6")
      bench.report.row("\(size) connections, CPU ms", outcomes.medians(names, .processor))
      let counts = homes.filter { $0.size == size }.map { made in
        Result { () throws(Unmeasured) in Double(try syncs(save(made))) }
      }
      let instructions = homes.filter { $0.size == size }.map { made in
        Result { () throws(Unmeasured) in
          try Tracing(workspace: bench.workspace).instructions(of: save(made))
        }
      }
      bench.report.row("\(size) connections, million instructions", instructions)
      bench.report.row("\(size) connections, syncs", counts, aim: "≤ 4")
    }
  }

  private func syncs(_ command: Command) throws(Unmeasured) -> Int {
    let tracing = Tracing(workspace: bench.workspace)
    let log = bench.workspace.file("syncs")
    bench.workspace.remove(log)
    _ = try Launch.succeed(
      try tracing.traced(command, log: log, calls: Tracing.syncs), in: bench.workspace)
    return tracing.calls(in: log)
  }
}
