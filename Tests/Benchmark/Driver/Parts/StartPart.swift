import TestSupport

/// What a start costs, up to the first screen and without what comes after it.
struct StartPart {
  private static let sizeOfStore = 1000

  let bench: Bench

  func run() {
    measureFirstPaint()
    countInstructions()
    measureWithStore()
    measureVersion()
  }

  private func measureFirstPaint() {
    let outcomes = Contest(rounds: 30, seconds: 40).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          try paint(
            subject, home: bench.workspace.folder(named: subject.place("home-of-start")))
        }
      }
        + CForm.all.map { form in
          Contest.Contestant(form.name) { () throws(Unmeasured) in
            try form.paint(in: bench.workspace)
          }
        })
    let report = bench.report
    report.row("first paint, CPU ms", outcomes, .processor)
    let floor = outcomes.series(CForm.floor.name, .processor).map(\.median)
    report.row(
      "first paint, CPU × C floor",
      outcomes.medians(bench.subjects.map(\.label), .processor).map { $0.times(floor) },
      aim: "≤ 2.2")
    report.row("first paint, ms", outcomes, .wall)
    for form in CForm.all {
      report.beside("\(form.name), CPU ms", outcomes.series(form.name, .processor))
      report.beside("\(form.name), ms", outcomes.series(form.name, .wall))
    }
  }

  /// To the first screen and through the end that a signal asks for.
  private func countInstructions() {
    let tracing = Tracing(workspace: bench.workspace)
    let forms = bench.subjects.map { MaskedForm.wizard($0) } + [.other(.floor)]
    let counts = forms.map { form in
      Result { () throws(Unmeasured) in
        let logs = try bench.workspace.folder("instructions")
        let terminal = try form.start(in: bench.workspace) { command throws(Unmeasured) in
          try tracing.counted(command, logs: logs)
        }
        terminal.terminate()
        return try tracing.instructions(in: logs)
      }
    }
    bench.report.row("first paint, million instructions", counts.dropLast())
    bench.report.beside("\(CForm.floor.name), million instructions", counts.last)
  }

  private func measureWithStore() {
    let homes = bench.subjects.map { subject in
      Result { () throws(Unmeasured) in
        try bench.stores.home(StartPart.sizeOfStore, for: subject)
      }
    }
    let outcomes = Contest(rounds: 15).run(
      zip(bench.subjects, homes).map { subject, home in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          try paint(subject, home: try home.get())
        }
      })
    bench.report.row("first paint, 1,000 connections, CPU ms", outcomes, .processor)
  }

  private func paint(_ subject: Subject, home: String) throws(Unmeasured) -> Sample {
    let wizard = try WizardRun(
      subject, guides: try BenchGuides.usual(in: bench.workspace), home: home)
    let wall = try wizard.reachStart()
    return [.wall: wall, .processor: wizard.terminal.end()]
  }

  private func measureVersion() {
    let command = { (subject: Subject) in
      subject.command(["--version"], home: bench.workspace.path)
    }
    let outcomes = Contest(rounds: 30, seconds: 10).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          try Launch.succeed(command(subject), in: bench.workspace).sample
        }
      })
    bench.report.row("--version, CPU ms", outcomes, .processor)
    bench.report.row("--version, page faults", outcomes, .faults)
    bench.report.row(
      "--version, million instructions",
      bench.subjects.map { subject in
        Result { () throws(Unmeasured) in
          try Tracing(workspace: bench.workspace).instructions(of: command(subject))
        }
      })
  }
}
