import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// Where credentials and tokens are while an account is used, and where they are not: looked for from outside.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: geteuid() == 0, "needs root: the program lets nobody else read its memory"),
  .timeLimit(.minutes(2)))
struct AccessSecretsTests {
  private let provider: AccessProvider
  private var program: UsherProgram { provider.program }

  init() async throws {
    provider = try await AccessProvider(UsherProgram()) { request in
      request.target == "/v1/hang" ? .silence : .answer(404, body: "nothing here")
    }
    provider.link("acme", "depot")
  }

  /// What is looked for. It stands in files that the program cannot read.
  private func scan(for secret: String) -> MemoryScan {
    let path = program.home.file("looked-for")
    TextFile.write(secret, to: path)
    return MemoryScan(maskedFile: path, last: secret.utf8.count)
  }

  /// What everybody on the machine may read of a process.
  private func open(_ process: Int32, _ file: String) -> String {
    String(decoding: TextFile.read("/proc/\(process)/\(file)") ?? [], as: UTF8.self)
  }

  @Test(arguments: [
    ("acme", [AccessProvider.secret, "token-EXAMPLE-1"]), ("depot", [AccessProvider.key]),
  ])
  func `while a request is under way its credentials are in locked memory alone`(
    _ slug: String, _ secrets: [String]
  ) async throws {
    // Swift's shared libraries, which the release does not have, look functions up later, and save registers for it.
    let terminal = try #require(
      program.start(
        ["request", slug, "/hang"] + provider.options, adding: ["LD_BIND_NOW": "1"]))
    // A token comes first, where there is one.
    _ = await provider.server.requests(atLeast: secrets.count)
    #expect(provider.asked == ["GET /v1/hang"])
    let helpers = terminal.children
    #expect(helpers.count == 1)
    for secret in secrets {
      let scan = scan(for: secret)
      let all = 0..<scan.count
      #expect(scan.occurrences(of: all, in: terminal.process) > 0, "it is somewhere")
      #expect(scan.occurrences(of: all, in: terminal.process, part: .ordinary) == 0)
      for process in [terminal.process] + helpers {
        for file in ["cmdline", "environ"] { #expect(!open(process, file).contains(secret)) }
      }
      #expect(!terminal.screen.text.contains(secret))
    }
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    for helper in helpers { #expect(PseudoTerminal.waitForEnd(of: helper)) }
  }

  @Test func `what is told of a request on a terminal holds no secret`() throws {
    for (slug, secret) in [("acme", "token-EXAMPLE-1"), ("depot", AccessProvider.key)] {
      for path in ["/me", "/nothing"] {
        let terminal = try #require(
          program.start(["request", slug, path, "-v"] + provider.options, rows: 60))
        _ = terminal.waitForEnd()
        #expect(terminal.screen.text.contains("GET"), "\(terminal.screen.text)")
        #expect(!String(decoding: terminal.output, as: UTF8.self).contains(secret))
      }
    }
  }

  @Test func `a token goes to no terminal, and stands in no file in clear`() throws {
    let terminal = try #require(program.start(["token", "acme"] + provider.options))
    #expect(terminal.waitForEnd() != 0)
    #expect(!terminal.screen.text.contains("token-EXAMPLE"))
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-1\n")
    for file in try program.writtenFiles() {
      #expect(!file.holds("token-EXAMPLE") && !file.holds(AccessProvider.secret), "\(file.name)")
    }
  }
}
