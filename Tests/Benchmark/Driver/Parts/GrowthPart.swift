/// What a key costs where there is much beside the field: a guide of many lines, a step of many fields.
struct GrowthPart {
  private enum Place: CaseIterable {
    case guide10, guide1000, fields1, fields50, fields500

    var name: String {
      switch self {
      case .guide10: "guide of 10 lines"
      case .guide1000: "guide of 1,000 lines"
      case .fields1: "step of 1 field"
      case .fields50: "step of 50 fields"
      case .fields500: "step of 500 fields"
      }
    }

    /// What its figures are set beside.
    var least: Place {
      switch self {
      case .guide10, .guide1000: .guide10
      case .fields1, .fields50, .fields500: .fields1
      }
    }
  }

  /// Milliseconds of a key that takes long, of which fewer are typed.
  private static let slow = 30.0
  /// Seconds for a screen or a key, which are many where a tool counts.
  private static let patience = 300.0

  let bench: Bench

  func run() {
    var processor: [Place: [Result<Double, Unmeasured>]] = [:]
    var instructions: [Place: [Result<Double, Unmeasured>]] = [:]
    for place in Place.allCases {
      let outcomes = Contest(rounds: 4, seconds: 40).run(
        bench.subjects.map { subject in
          Contest.Contestant(subject.label) { () throws(Unmeasured) in
            try sample(subject, place)
          }
        })
      bench.report.row("\(place.name), CPU µs a key", outcomes, .processor)
      processor[place] = outcomes.medians(bench.subjects.map(\.label), .processor)
      compare(place, processor)
      let counts = bench.subjects.map { subject in
        Result { () throws(Unmeasured) in
          try KeyCost(bench.workspace, few: 8, more: 8).instructions { change throws(Unmeasured) in
            try open(subject, place, change: change)
          }
        }
      }
      bench.report.row("\(place.name), thousand instructions", counts)
      instructions[place] = counts
      compare(place, instructions)
    }
  }

  private func compare(_ place: Place, _ figures: [Place: [Result<Double, Unmeasured>]]) {
    guard place != place.least, let own = figures[place], let least = figures[place.least] else {
      return
    }
    bench.report.row(
      "  × that of the smallest", zip(own, least).map { $0.times($1) }, aim: "≤ 1.1")
  }

  private func sample(_ subject: Subject, _ place: Place) throws(Unmeasured) -> Sample {
    let probe = try open(subject, place) { $0 }
    let isSlow = try probe.key("x") > GrowthPart.slow
    _ = probe.end()
    return try KeyCost(bench.workspace, few: 8, more: isSlow ? 8 : 96).sample {
      change throws(Unmeasured) in
      try open(subject, place, change: change)
    }
  }

  private func open(
    _ subject: Subject, _ place: Place, change: (Command) throws(Unmeasured) -> Command
  ) throws(Unmeasured) -> TerminalRun {
    let wizard = try WizardRun(
      subject, guides: try guides(place), home: try subject.emptyHome("growth"), change: change)
    switch place {
    case .guide10, .guide1000: try wizard.reachMaskedField(seconds: GrowthPart.patience)
    case .fields1, .fields50, .fields500:
      try wizard.reachPlainField(seconds: GrowthPart.patience)
    }
    return wizard.terminal
  }

  private func guides(_ place: Place) throws(Unmeasured) -> String {
    let folder = bench.workspace.file("guides-of-growth-\(place)")
    if bench.workspace.exists(folder) { return folder }
    switch place {
    case .guide10: try BenchGuides.write(lines: 10, to: folder, in: bench.workspace)
    case .guide1000: try BenchGuides.write(lines: 1000, to: folder, in: bench.workspace)
    case .fields1: try BenchGuides.write(fields: 1, to: folder, in: bench.workspace)
    case .fields50: try BenchGuides.write(fields: 50, to: folder, in: bench.workspace)
    case .fields500: try BenchGuides.write(fields: 500, to: folder, in: bench.workspace)
    }
    return folder
  }
}
