import LoopbackSupport
import TestSupport

/// A request through a stored connection for a small answer and for a long one, beside `curl` with the same header.
struct RequestPart {
  private static let curl = "curl"
  private static let longPath = "/v1/long"
  /// In bytes, of the long answer.
  private static let length = 100 * 1024 * 1024

  let bench: Bench

  func run() async {
    guard LoopbackCertificates.tool != nil else {
      return bench.report.remark("not measured: openssl is not installed")
    }
    let authority = bench.workspace.file("authority.pem")
    do {
      try bench.workspace.copy(LoopbackCertificates.trusted, to: authority)
      for greeting in [LoopbackGreeting.plain, .tls(.right)] {
        let server = try await LoopbackServer(greeting) { request in
          request.target == RequestPart.longPath
            ? .long(RequestPart.length) : .json(#"{"name": "Bench"}"#)
        }
        let scheme = if case .plain = greeting { "http" } else { "https" }
        let origin = "\(scheme)://localhost:\(server.port)"
        measure("small answer, \(scheme)", "/v1/me", rounds: 25, aim: 1.5, origin, authority)
        measure("100 MiB, \(scheme)", RequestPart.longPath, rounds: 9, aim: 1.1, origin, authority)
        await server.stop()
      }
    } catch {
      bench.report.remark("not measured: no server on loopback: \(error)")
    }
  }

  private func measure(
    _ what: String, _ path: String, rounds: Int, aim: Double, _ origin: String, _ authority: String
  ) {
    let outcomes = Contest(rounds: rounds, seconds: 30).run(
      bench.subjects.map { subject in
        Contest.Contestant(subject.label) { () throws(Unmeasured) in
          try Launch.succeed(request(subject, path, origin, authority), in: bench.workspace).sample
        }
      } + [
        Contest.Contestant(RequestPart.curl) { () throws(Unmeasured) in
          try Launch.succeed(ask("\(origin)\(path)", authority), in: bench.workspace).sample
        }
      ])
    let names = bench.subjects.map(\.label)
    for (quantity, unit, aim) in [(Quantity.wall, "ms", "≤ \(aim)"), (.processor, "CPU ms", "")] {
      bench.report.row("\(what), \(unit)", outcomes, quantity)
      let curl = outcomes.series(RequestPart.curl, quantity)
      bench.report.row(
        "\(what), \(unit) × curl",
        outcomes.medians(names, quantity).map { $0.times(curl.map(\.median)) }, aim: aim)
      bench.report.beside("curl, \(unit)", curl)
    }
  }

  private func request(
    _ subject: Subject, _ path: String, _ origin: String, _ authority: String
  ) throws(Unmeasured) -> Command {
    let home = try CheckedHome(subject, origins: [origin], in: bench.workspace).path
    return subject.command(
      ["request", CheckedHome.slug(0), path, "--ca", authority], home: home)
  }

  private func ask(_ address: String, _ authority: String) throws(Unmeasured) -> Command {
    guard let curl = Tool.path("curl") else { throw Unmeasured(reason: "curl is not installed") }
    return Command(
      curl,
      [
        "-sS", "--cacert", authority, "-H", "authorization: Bearer \(BenchGuides.key(1))", address,
      ], home: bench.workspace.path)
  }
}
