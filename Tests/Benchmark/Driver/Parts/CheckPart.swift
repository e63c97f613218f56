import LoopbackSupport

/// Eight connections that are checked at once or one after the other.
struct CheckPart {
  private static let count = 8
  private static let delay = 300

  let bench: Bench

  func run() async {
    var servers: [LoopbackServer] = []
    do {
      for _ in 0..<CheckPart.count {
        servers.append(
          try await LoopbackServer(.plain) { _ in
            .late(milliseconds: CheckPart.delay, .json(#"{"name": "Bench"}"#))
          })
      }
    } catch {
      return bench.report.remark("not measured: no server on loopback: \(error)")
    }
    let origins = servers.map { "http://127.0.0.1:\($0.port)" }
    let outcomes = Contest(rounds: 5, seconds: 30).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          let home = try CheckedHome(subject, origins: origins, in: bench.workspace).path
          return try Launch.succeed(
            subject.command(["check", "--all"], home: home), in: bench.workspace
          ).sample
        }
      })
    bench.report.row("all of them, ms", outcomes, .wall, aim: "≤ 400")
    bench.report.row("all of them, CPU ms", outcomes, .processor)
    for server in servers { await server.stop() }
  }
}

/// The home of somebody who has linked one account at each of some servers on loopback.
struct CheckedHome {
  let path: String

  init(_ subject: Subject, origins: [String], in workspace: Workspace) throws(Unmeasured) {
    // Servers have ports of their own.
    let port = origins.first?.split(separator: ":").last ?? ""
    path = try workspace.folder(named: subject.place("home-of-check-\(origins.count)-\(port)"))
    if workspace.exists("\(path)/.config/usher/guides") { return }
    let input = workspace.file("values-of-check")
    try workspace.write(#"{"credentials": {"apiKey": "\#(BenchGuides.key(1))"}}"#, to: input)
    for (number, origin) in origins.enumerated() {
      let slug = CheckedHome.slug(number)
      try BenchGuides.write(slug, origin: origin, home: path, in: workspace)
      var connect = subject.command(["connect", slug, "--from", "-", "--no-check"], home: path)
      connect.input = input
      _ = try Launch.succeed(connect, in: workspace)
    }
  }

  static func slug(_ number: Int) -> String { "loop\(number)" }
}
