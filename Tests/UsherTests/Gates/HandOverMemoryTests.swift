import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// What is left of a value in the program's memory while it is handed over, and of a long one that is pasted and thrown away.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: geteuid() == 0, "needs root: the program lets nobody else read its memory"),
  .timeLimit(.minutes(5)))
struct HandOverMemoryTests {
  private let provider: HeldProvider
  private var program: UsherProgram { provider.program }
  private let scan: MemoryScan

  init() async throws {
    provider = try await HeldProvider()
    let path = provider.program.home.file("looked-for")
    TextFile.write(HeldProvider.storedKey, to: path)
    scan = MemoryScan(maskedFile: path, last: 16)
  }

  private func isAsleep(_ process: Int32) -> Bool {
    String(decoding: TextFile.read("/proc/\(process)/stat") ?? [], as: UTF8.self).contains(") S ")
  }

  @Test func `while a value waits to be read from a pipe it is in locked memory alone`() throws {
    let fill = #"mkfifo "$HOME/pipe"; exec 3<>"$HOME/pipe"; head -c 65536 /dev/zero >&3; "#
    let terminal = try #require(
      PseudoTerminal(
        "/bin/sh", ["-c", fill + #"exec "$@" >&3"#, "sh"] + UsherProgram.command(["get", "acme"]),
        environment: program.environment.merging(["LD_BIND_NOW": "1"]) { $1 }))
    // Nothing else makes it sleep that has the value already.
    let end = ContinuousClock.now.advanced(by: .seconds(10))
    var copies = 0
    while copies < 1 || !isAsleep(terminal.process), ContinuousClock.now < end {
      copies = scan.occurrences(in: terminal.process)
    }
    #expect(copies > 0, "it is somewhere")
    #expect(scan.occurrences(in: terminal.process, part: .ordinary) == 0)
    kill(terminal.process, SIGKILL)
    _ = terminal.waitForEnd()
  }

  @Test func `a command that was given a value has it in its environment, and nobody else has it`()
    throws
  {
    let terminal = try #require(program.start(["run", "acme", "--", "/bin/cat"]))
    terminal.type("ready\r")
    #expect(terminal.wait { $0.text.contains("ready\nready") })
    #expect(terminal.children.isEmpty, "it has taken the program's place")
    #expect(scan.occurrences(in: terminal.process) == 1, "the environment's own")
    let line = String(
      decoding: TextFile.read("/proc/\(terminal.process)/cmdline") ?? [], as: UTF8.self)
    #expect(!line.contains(HeldProvider.storedKey))
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func `20 kB that were pasted and thrown away leave no copy behind`() throws {
    let key = MemoryScan.marker(length: 20_000)
    let terminal = try #require(
      program.start(provider.command, adding: ["LD_BIND_NOW": "1"]))
    #expect(terminal.begins(with: "Link Acme"))
    func copies() -> Int {
      ([terminal.process] + PseudoTerminal.descendants(of: terminal.process))
        .map { max(0, key.occurrences(in: $0)) }.reduce(0, +)
    }
    terminal.type("\u{1B}[200~")
    for start in stride(from: 0, to: key.count, by: 1000) {
      terminal.type((start..<start + 1000).map { key.byte($0) })
    }
    terminal.type("\u{1B}[201~")
    try #require(terminal.wait { $0.text.contains("20,000") || $0.text.contains("20000") })
    #expect(copies() == 1, "the draft's own")
    terminal.type("\u{15}")
    #expect(terminal.wait { !$0.text.contains("20,000") && !$0.text.contains("20000") })
    #expect(copies() == 0, "after the field was emptied")
    terminal.passQuietTime()
    terminal.leave()
    #expect(terminal.waitForEnd() == 3)
  }
}
