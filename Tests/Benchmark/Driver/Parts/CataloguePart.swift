/// The picker over made-up providers: with the index of the folder still to be made, with it at hand, and at a key.
struct CataloguePart {
  private enum Folder: CaseIterable {
    case usual, folders, large

    var name: String {
      switch self {
      case .usual: "981 in one file"
      case .folders: "1,000 in folders"
      case .large: "100,000 in one file"
      }
    }

    func write(to path: String, in workspace: Workspace) throws(Unmeasured) {
      do {
        switch self {
        case .usual: try SyntheticGuides.writeRepository(981, guides: 604, to: path)
        case .folders: try SyntheticGuides.writeFolders(1000, to: path)
        case .large: try SyntheticGuides.writeRepository(100_000, guides: 0, to: path)
        }
      } catch {
        throw Unmeasured(reason: "\(path) cannot be written: \(error)")
      }
      workspace.give(path)
    }
  }

  /// Seconds for the index of the largest folder.
  private static let patience = 120.0

  let bench: Bench

  func run() {
    for folder in Folder.allCases {
      let path = bench.workspace.file("guides-\(folder)")
      do {
        try folder.write(to: path, in: bench.workspace)
      } catch {
        bench.report.remark("\(folder.name): not measured: \(error.reason)")
        continue
      }
      measure(folder, path)
      bench.workspace.remove(path)
    }
  }

  private func measure(_ folder: Folder, _ path: String) {
    let (name, report) = (folder.name, bench.report)
    let cold = contest { subject throws(Unmeasured) in
      bench.workspace.remove(subject.cache)
      return try open(subject, path)
    }
    let aim = folder == .usual ? "≤ 25" : ""
    report.row("\(name): cold, ms", cold, .wall, aim: aim)
    report.row("\(name): cold, CPU ms", cold, .processor)
    let warm = contest { subject throws(Unmeasured) in try open(subject, path) }
    report.row("\(name): warm, ms", warm, .wall)
    report.row("\(name): warm, CPU ms", warm, .processor)
    let keys = contest { subject throws(Unmeasured) in try search(subject, path) }
    report.row("\(name): a key of a search, ms", keys, .echo)
    guard folder == .usual else { return }
    for isCold in [true, false] {
      report.row(
        "\(name): \(isCold ? "cold" : "warm"), million instructions",
        bench.subjects.map { subject in
          Result { () throws(Unmeasured) in try instructions(subject, path, isCold: isCold) }
        })
    }
  }

  /// Up to the end that a signal asks for.
  private func instructions(_ subject: Subject, _ path: String, isCold: Bool) throws(Unmeasured)
    -> Double
  {
    if isCold { bench.workspace.remove(subject.cache) }
    let tracing = Tracing(workspace: bench.workspace)
    let logs = try bench.workspace.folder("instructions")
    let terminal = try picker(subject, path) { command throws(Unmeasured) in
      try tracing.counted(command, logs: logs)
    }
    _ = try terminal.wait(forBytes: "providers", seconds: CataloguePart.patience)
    terminal.settle(1000)
    terminal.terminate()
    return try tracing.instructions(in: logs)
  }

  private func contest(_ sample: @escaping (Subject) throws(Unmeasured) -> Sample) -> Outcomes {
    Contest(rounds: 12, seconds: 20).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in try sample(subject) }
      })
  }

  private func picker(
    _ subject: Subject, _ path: String,
    change: (Command) throws(Unmeasured) -> Command = { $0 }
  ) throws(Unmeasured) -> TerminalRun {
    let home = try bench.workspace.folder("home-of-picker")
    return try TerminalRun(
      try change(subject.command(["--guides", path], home: home)), in: bench.workspace)
  }

  private func open(_ subject: Subject, _ path: String) throws(Unmeasured) -> Sample {
    let terminal = try picker(subject, path)
    let wall = try terminal.wait(forBytes: "providers", seconds: CataloguePart.patience)
    terminal.settle(100)
    return [.wall: wall, .processor: terminal.end()]
  }

  private func search(_ subject: Subject, _ path: String) throws(Unmeasured) -> Sample {
    let terminal = try picker(subject, path)
    _ = try terminal.wait(forBytes: "providers", seconds: CataloguePart.patience)
    terminal.settle(200)
    // As far apart as a person's keys: what comes within 50 ms of each other waits until it is known to be no paste.
    let echoes = try "granite mail".map { letter throws(Unmeasured) in
      try terminal.key(String(letter), quiet: 80)
    }
    _ = terminal.end()
    return [.echo: Series(echoes)?.median ?? 0]
  }
}
