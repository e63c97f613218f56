import Basics
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `check --all`: several at a time.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(3)))
struct CheckAllTests {
  private let program = UsherProgram()

  /// Links so many accounts of a provider that is asked at a server of the test's. Their names are in the order of the list.
  private func link(_ count: Int, at server: LoopbackServer) throws -> [String] {
    let options = try DepotProvider.options(for: program, at: server)
    let names = (1...count).map { "account-\($0 + 10)" }
    for name in names {
      let linked = program.run(
        ["connect", "depot", "--name", name, "--from", "-", "--no-check"] + options,
        input: #"{"credentials": {"apiKey": "dpt-1234567890abcdefEXAMPLE"}}"#)
      #expect(linked.status == 0, "\(linked.errorText)")
    }
    return names.map { "depot/\($0)" }
  }

  private func checkAll(_ more: String...) -> ChildProcess {
    program.run(["check", "--all", "--ca", TestProvider.authority(for: program)] + more)
  }

  @Test func `eight are asked at once, and told in the order of the list`() async throws {
    // Whoever asked for one after the other would wait for an answer that never comes.
    let server = try await LoopbackServer(.tls(.right)) { _ in .after(requests: 8, .json("{}")) }
    let names = try link(8, at: server)
    let result = checkAll()
    #expect(result.status == 0, "\(result.errorText)")
    let lines = result.text.split(separator: "\n").map(String.init)
    #expect(lines == names.map { "\($0): Depot accepts these credentials." })
    #expect(server.requests.count == 8)
    let listed = program.run(["list"]).text
    #expect(listed.ranges(of: "accepted").count == 8, "\(listed)")
    await server.stop()
  }

  @Test func `a provider that asks for a pause is not asked by those that have not begun`()
    async throws
  {
    let server = try await LoopbackServer(.tls(.right)) { _ in
      .answer(429, headers: ["retry-after": "30"])
    }
    _ = try link(10, at: server)
    let result = checkAll()
    #expect(result.status == 6)
    let lines = result.text.split(separator: "\n").map(String.init)
    #expect(lines.count == 10)
    #expect(server.requests.count <= 8)
    let spared =
      "depot/account-20: Depot asked for a pause when another connection was checked: nothing was asked. Check again in 30 seconds."
    #expect(lines.last == spared)
    await server.stop()
  }

  @Test func `a terminal is told how far it is, on a line that is gone at the end`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .after(requests: 3, .json("{}")) }
    _ = try link(3, at: server)
    let terminal = try #require(
      program.start(
        ["check", "--all", "--ca", TestProvider.authority(for: program)], columns: 40, rows: 12))
    #expect(terminal.waitForEnd() == 0)
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.contains("usher: 0 of 3 · asking localhost"), "\(output)")
    #expect(!terminal.screen.text.contains("of 3"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("depot/account-13: Depot accepts these"))
    #expect(!checkAll().errorText.contains("of 3"))
    await server.stop()
  }

  @Test func `what is not asked again counts as it was found`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(401) }
    _ = try link(1, at: server)
    #expect(checkAll().status == 5)
    let again = checkAll("--older-than", "1h")
    #expect(again.status == 5, "\(again.errorText)")
    #expect(again.errorText.contains("1 connection was refused at the last check"))
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test func `what did not come through is asked again`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(503) }
    _ = try link(1, at: server)
    #expect(checkAll().status == 6)
    let asked = server.requests.count
    #expect(checkAll("--older-than", "1h").status == 6)
    #expect(server.requests.count > asked)
    await server.stop()
  }

  @Test func `Ctrl-C ends it, what was answered is noted, and the rest is asked later`()
    async throws
  {
    let server = try await LoopbackServer(.tls(.right)) { request in
      request.header("authorization")?.hasSuffix("slow-EXAMPLE") == true ? .silence : .json("{}")
    }
    _ = try link(1, at: server)
    let linked = program.run(
      ["connect", "depot", "--name", "slow", "--from", "-", "--no-check", "--guides"]
        + [program.home.file("guides")],
      input: #"{"credentials": {"apiKey": "dpt-1234567890abcdef-slow-EXAMPLE"}}"#)
    #expect(linked.status == 0)
    let terminal = try #require(
      program.start(["check", "--all", "--ca", TestProvider.authority(for: program)]))
    #expect(terminal.wait(for: "depot/account-11: Depot accepts"))
    _ = await server.requests(atLeast: 2)
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    let output = terminal.screen.text
    #expect(output.contains("usher: interrupted: 1 of 2 are checked"), "\(output)")
    #expect(output.contains("--older-than"))
    let dry = program.run(["check", "--all", "--older-than", "1h", "--dry-run"])
    #expect(dry.text.ranges(of: "\"method\"").count == 1, "\(dry.text)")
    await server.stop()
  }

  @Test func `the check of one is interrupted as that of many, whoever asks for it`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .silence }
    let name = try link(1, at: server)[0]
    let terminal = try #require(
      program.start(["check", name, "--ca", TestProvider.authority(for: program)]))
    _ = await server.requests(atLeast: 1)
    // A process that the signal itself ends would be counted as 128 more than this one's number, 143.
    kill(terminal.process, SIGTERM)
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.screen.text.contains("usher: interrupted"), "\(terminal.screen.text)")
    #expect(program.run(["list"]).text.contains("not checked"))
    await server.stop()
  }
}
