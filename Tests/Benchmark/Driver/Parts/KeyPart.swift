/// What one key in a masked field costs, typed or erased.
struct KeyPart {
  let bench: Bench

  func run() {
    let wizards = bench.subjects.map { MaskedForm.wizard($0) }
    let forms = CForm.all.map { MaskedForm.other($0) }
    let cost = KeyCost(bench.workspace, few: 32, more: 256)
    let outcomes = Contest(rounds: 6, seconds: 60).run(
      (wizards + forms).map { form in
        Contest.Contestant(form.name) { () throws(Unmeasured) in
          try cost.sample { change throws(Unmeasured) in
            try form.open(in: bench.workspace, change: change)
          }
        }
      })
    let report = bench.report
    report.row("CPU µs", outcomes, .processor)
    let floor = outcomes.series(CForm.floor.name, .processor).map(\.median)
    report.row(
      "CPU × C floor",
      outcomes.medians(wizards.map(\.name), .processor).map { $0.times(floor) }, aim: "≤ 2.2")
    report.row("echo µs", outcomes, .echo)
    report.row("bytes of a typed key", outcomes, .bytes, aim: "≤ 22")
    for form in forms {
      report.beside("\(form.name), CPU µs", outcomes.series(form.name, .processor))
      report.beside("\(form.name), bytes", outcomes.series(form.name, .bytes))
    }
    count(wizards)
  }

  private func count(_ wizards: [MaskedForm]) {
    // Tools that count slow a program down.
    let cost = KeyCost(bench.workspace, few: 32, more: 64)
    let instructions = (wizards + [.other(.floor)]).map { form in
      Result { () throws(Unmeasured) in
        try cost.instructions { change throws(Unmeasured) in
          try form.open(in: bench.workspace, change: change)
        }
      }
    }
    bench.report.row("thousand instructions", instructions.dropLast(), aim: "≤ 200")
    bench.report.beside("\(CForm.floor.name), thousand instructions", instructions.last)
    let calls = wizards.map { form in
      Result { () throws(Unmeasured) in
        try cost.systemCalls { change throws(Unmeasured) in
          try form.open(in: bench.workspace, change: change)
        }
      }
    }
    bench.report.row("system calls", calls, aim: "≤ 6")
  }
}
