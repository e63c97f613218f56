import LoopbackSupport
import TestSupport

/// One check of a stored connection against a server that speaks TLS, beside `curl` with the same request.
struct TLSPart {
  private static let curl = "curl"

  let bench: Bench

  func run() async {
    guard LoopbackCertificates.tool != nil else {
      return bench.report.remark("not measured: openssl is not installed")
    }
    let server: LoopbackServer
    let authority = bench.workspace.file("authority.pem")
    do {
      server = try await LoopbackServer(.tls(.right)) { _ in .json(#"{"name": "Bench"}"#) }
      // The tests' own copy is for the benchmark's user alone.
      try bench.workspace.copy(LoopbackCertificates.trusted, to: authority)
    } catch {
      return bench.report.remark("not measured: no server on loopback: \(error)")
    }
    let origin = "https://localhost:\(server.port)"
    let outcomes = Contest(rounds: 25, seconds: 30).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          try Launch.succeed(check(subject, origin, authority), in: bench.workspace).sample
        }
      } + [
        Contest.Contestant(TLSPart.curl) { () throws(Unmeasured) in
          try Launch.succeed(ask(origin, authority), in: bench.workspace).sample
        }
      ])
    let report = bench.report
    let names = bench.subjects.map(\.label)
    for (quantity, unit, aim) in [(Quantity.wall, "ms", "≤ 1.3"), (.processor, "CPU ms", "")] {
      report.row("usher check, \(unit)", outcomes, quantity)
      let curl = outcomes.series(TLSPart.curl, quantity)
      report.row(
        "usher check, \(unit) × curl",
        outcomes.medians(names, quantity).map { $0.times(curl.map(\.median)) }, aim: aim)
      report.beside("curl, \(unit)", curl)
    }
    await server.stop()
  }

  private func check(_ subject: Subject, _ origin: String, _ authority: String)
    throws(Unmeasured) -> Command
  {
    let home = try CheckedHome(subject, origins: [origin], in: bench.workspace).path
    return subject.command(["check", CheckedHome.slug(0), "--ca", authority], home: home)
  }

  private func ask(_ origin: String, _ authority: String) throws(Unmeasured) -> Command {
    guard let curl = Tool.path("curl") else { throw Unmeasured(reason: "curl is not installed") }
    return Command(
      curl,
      [
        "-sS", "--cacert", authority, "-H", "authorization: Bearer \(BenchGuides.key(1))",
        "\(origin)/v1/me",
      ], home: bench.workspace.path)
  }
}
