import FoundationEssentials
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// Odd surroundings of every kind: a command does its work, or says in a sentence why it cannot and ends with the code for that.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(10)))
struct SurroundingsTests {
  /// A line for a shell, in which USHER is the program and OPTIONS what leads to its provider.
  private struct Surroundings {
    let name: String
    let line: String
    /// The exit codes that are right.
    let statuses: Set<Int32>
    /// What standard error has to hold.
    var says = ""
  }

  private static let link = "echo '{\"credentials\": {\"apiKey\": \"other-EXAMPLE\"}}' | "
  private static let connect = "connect acme --name other --from - --no-check OPTIONS"

  private static let everywhere: [Surroundings] = [
    .init(name: "no HOME", line: "unset HOME; USHER list", statuses: [0, 7]),
    .init(name: "an empty HOME", line: "HOME= USHER list", statuses: [0, 7]),
    .init(name: "a relative HOME", line: "HOME=here USHER list", statuses: [7], says: "HOME"),
    .init(
      name: "a HOME that cannot be written",
      line: "export HOME=/proc/nowhere; \(link)USHER \(connect)", statuses: [7], says: "error:"),
    .init(
      name: "a relative folder of data", line: "XDG_DATA_HOME=here USHER get acme/default",
      statuses: [0, 7, 8]),
    .init(
      name: "a file where the settings should be",
      line: "XDG_CONFIG_HOME=/dev/null USHER get acme/default", statuses: [1, 2, 7]),
    .init(name: "no TERM", line: "unset TERM; USHER list", statuses: [0]),
    .init(name: "a locale that is not there", line: "LC_ALL=xx_YY.UTF-8 USHER list", statuses: [0]),
    .init(name: "the locale C", line: "LC_ALL=C USHER status", statuses: [0, 1]),
    .init(name: "the locale POSIX", line: "LC_ALL=POSIX USHER list", statuses: [0]),
    .init(
      name: "no terminal", line: "setsid --wait USHER connect acme --name x OPTIONS </dev/null",
      statuses: [4], says: "terminal"),
    .init(
      name: "a setup without a terminal", line: "setsid --wait USHER </dev/null", statuses: [2, 4]),
    .init(name: "no standard input", line: "USHER list <&-", statuses: [0]),
    .init(name: "no standard output", line: "USHER get acme/default >&-", statuses: [1, 2, 7]),
    .init(name: "no standard error", line: "USHER get acme/nothing 2>&-", statuses: [8]),
    .init(name: "nothing standard", line: "USHER list <&- >&- 2>&-", statuses: [0, 1]),
    .init(
      name: "a full standard output", line: "USHER get acme/default >/dev/full",
      statuses: [1], says: "error:"),
    .init(
      name: "eight open files", line: "ulimit -n 8; USHER get acme/default", statuses: [0, 1, 7]),
    .init(name: "no locked memory", line: "ulimit -l 0; USHER get acme/default", statuses: [0]),
    .init(
      name: "files of no size", line: "ulimit -f 0; \(link)USHER \(connect)", statuses: [7],
      says: "error:"),
    .init(
      name: "a mask that hides nothing", line: "umask 000; \(link)USHER \(connect)", statuses: [0]),
  ]

  /// Where root is needed to make them.
  private static let ofRoot: [Surroundings] = [
    .init(
      name: "a disk that is read-only",
      line: "mount --bind \"$HOME\" \"$HOME\" && mount -o remount,bind,ro \"$HOME\" && "
        + "\(link)USHER \(connect)", statuses: [7], says: "error:"),
    .init(
      name: "a read-only disk, to read from",
      line: "mount --bind \"$HOME\" \"$HOME\" && mount -o remount,bind,ro \"$HOME\" && "
        + "USHER get acme/default", statuses: [0]),
    .init(
      name: "a full disk",
      line:
        "mkdir -p \"$HOME/full\" && mount -t tmpfs -o size=16k,mode=700,uid=65534,gid=65534 none \"$HOME/full\" && "
        + "\(link)USHER \(connect) --store \"$HOME/full/deep/usher.db\"", statuses: [7],
      says: "error:"),
  ]

  @Test func `in odd surroundings there is a sentence and the right exit code, never a trace`()
    async throws
  {
    let provider = try await HeldProvider()
    for surroundings in Self.everywhere { try meet(surroundings, provider) }
    let modes = try FileManager.default.subpathsOfDirectory(
      atPath: provider.program.home.file(".local"))
    for name in modes {
      var status = stat()
      unsafe stat(provider.program.home.file(".local/\(name)"), &status)
      #expect(status.st_mode & 0o077 == 0, "\(name)")
    }
    Gate.report(
      "surroundings", "\(Self.everywhere.count) kinds: a sentence and the right code in all")
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to mount"))
  func `on disks that are full or read-only there is a sentence and the right exit code`()
    async throws
  {
    let provider = try await HeldProvider()
    for surroundings in Self.ofRoot { try meet(surroundings, provider, under: ["unshare", "-m"]) }
    Gate.report(
      "surroundings", "\(Self.ofRoot.count) kinds of disks: a sentence and the right code")
  }

  @Test(.enabled(if: FakeClock.tool != nil, "needs faketime"))
  func `ten days ago it stores and reads what it stored`() async throws {
    let provider = try await HeldProvider()
    var clock = FakeClock()
    clock.advance(days: -10)
    let (program, values) = (provider.program, #"{"credentials": {"apiKey": "older-EXAMPLE"}}"#)
    let result = program.run(["get", "acme/default"], at: clock)
    #expect(result.text == HeldProvider.storedKey, "\(result.errorText)")
    let linked = program.run(
      ["connect", "acme", "--name", "older", "--from", "-", "--no-check"] + provider.options,
      input: values, at: clock)
    #expect(linked.status == 0, "\(linked.errorText)")
    #expect(program.run(["get", "acme/older"]).text == "older-EXAMPLE")
    let day = ChildProcess.run("/usr/bin/date", ["-u", "-d", "@\(clock.now)", "+%F"]).text.prefix(
      10)
    #expect(program.run(["history", "acme/older"]).text.contains(day))
  }

  @Test(arguments: ["-", "", "unknown", "dumb", "vt100", "no-such-terminal"])
  func `on every terminal the wizard asks`(term: String) async throws {
    let provider = try await HeldProvider()
    let terminal = try #require(
      provider.program.start(provider.command, rows: 60, adding: ["TERM": term]))
    #expect(terminal.begins(with: "Link Acme"), "\(terminal.screen.text)")
    terminal.type("\u{3}")
    // Line by line, what comes before the first question is interrupted as any other program is.
    let status = try #require(terminal.waitForEnd())
    #expect([3, 130].contains(status))
    #expect(terminal.damage == [])
  }

  @Test(arguments: [4, 8, 9, 11, 16, 26])
  func `where few files may be open every command names the limit`(limit: Int) throws {
    let program = UsherProgram()
    for words in [
      ["list"], ["check", "--all"], ["get", "acme"], ["connect", "tally", "--from", "-"],
    ] {
      let command = UsherProgram.command(words).joined(separator: " ")
      let result = ChildProcess.run(
        "/bin/sh", ["-c", "ulimit -n \(limit); exec \(command)"], environment: program.environment)
      #expect(result.status == 1, "\(limit) \(words): \(result.errorText)")
      #expect(result.errorText.contains("ulimit -n"), "\(limit) \(words): \(result.errorText)")
    }
  }

  @Test(arguments: [8, 12, 26, 32])
  func `where few files may be open the wizard names the limit, or asks`(limit: Int) async throws {
    let provider = try await HeldProvider()
    let command = UsherProgram.command(provider.command).joined(separator: " ")
    let terminal = try #require(
      PseudoTerminal(
        "/bin/sh", ["-c", "ulimit -n \(limit); exec \(command)"],
        environment: provider.program.environment))
    let isThere = terminal.wait { $0.text.contains("ulimit -n") || $0.text.contains("Link Acme") }
    #expect(isThere, "\(limit): \(terminal.screen.text)")
    let asks = terminal.screen.text.contains("Link Acme")
    #expect(asks == (limit == 32))
    if asks { terminal.type("\u{3}") }
    let status = try #require(terminal.waitForEnd())
    #expect(asks ? status == 3 : [1, 7].contains(status), "\(limit): \(status)")
    #expect(terminal.damage == [])
  }

  private func meet(
    _ surroundings: Surroundings, _ provider: HeldProvider, under prefix: [String] = []
  ) throws {
    let usher = UsherProgram.command([]).joined(separator: " ")
    let line = surroundings.line.replacing("USHER", with: usher)
      .replacing("OPTIONS", with: provider.options.joined(separator: " "))
    let command = prefix + ["/bin/bash", "-c", line]
    let result = ChildProcess.run(
      "/usr/bin/env", command, environment: provider.program.environment)
    let what = Comment(
      rawValue: "\(surroundings.name): \(result.status) \(result.text) \(result.errorText)")
    #expect(surroundings.statuses.contains(result.status), what)
    #expect(result.errorText.contains(surroundings.says), what)
    for trace in ["Fatal error", "Backtrace", "Thread 0", "core dumped", "Segmentation"] {
      #expect(!result.errorText.contains(trace), what)
    }
    // Only the help is longer.
    #expect(result.status == 2 || result.errorText.split(separator: "\n").count <= 6, what)
    #expect(!result.errorText.contains(HeldProvider.storedKey), what)
    #expect(provider.isIntact, what)
    _ = provider.program.run(["remove", "acme/other", "--yes"])
  }
}
