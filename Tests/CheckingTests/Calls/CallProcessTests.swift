import Basics
import Checking
import FoundationEssentials
import Glibc
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// The process of a call: what it has, and what becomes of it.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct CallProcessTests {
  private static func request() -> CallRequest { CallRequest(APICall(target: .path("/"))) }

  private static func run(
    _ script: String, output: Int32, body: Int32? = nil
  ) -> CallOutcome {
    let caller = HelperCaller(
      output: output, body: body, program: "/bin/sh", arguments: ["-c", script])
    return caller.call(
      request(), of: ShellHelper.submission(), token: nil, cancel: EventDescriptor(),
      report: { _ in }, renew: { .refused(CallTrial.noToken) })
  }

  @Test func `it has the output and the body besides its three, and nothing else`() async {
    // Numbers of our own that are in each other's way.
    let (output, body) = (BytePipe().collect(), BytePipe().send(Array("sent\n".utf8)))
    _ = Self.run("ls /proc/self/fd >&3; cat <&4 >&3", output: output.writeEnd, body: body.readEnd)
    // The sixth is the directory that `ls` reads.
    let text = String(decoding: await output.all(), as: UTF8.self)
    #expect(text == "0\n1\n2\n3\n4\n5\nsent\n")
    let other = BytePipe().collect()
    _ = Self.run("ls /proc/self/fd >&3", output: other.writeEnd)
    #expect(String(decoding: await other.all(), as: UTF8.self) == "0\n1\n2\n3\n4\n")
  }

  @Test func `the descriptors of the program stay as they are`() async throws {
    let server = try await LoopbackServer { .bytes($0.body) }
    let body = BytePipe().send(Array("words".utf8))
    var trial = CallTrial()
    trial.body = body.readEnd
    let descriptors = [trial.output.writeEnd, body.readEnd]
    func facts() -> [Int32] {
      descriptors.flatMap { [fcntl($0, F_GETFL), fcntl($0, F_GETFD)] }
    }
    let before = facts()
    let called = Task { [trial] in
      let request = CallRequest(
        APICall(target: .path("/")), body: .stream(length: 5, type: "a/b", isRepeatable: false))
      let account = try Account.withKey("https://localhost:\(server.port)")
      return await trial.call(request, of: account)
    }
    #expect(await trial.output.bytes(atLeast: 5) == Array("words".utf8))
    #expect(facts() == before)
    _ = try await called.value
    await server.stop()
  }

  @Test(arguments: [
    "exit 3", "kill -SEGV $$", ShellHelper.printing("nonsense"),
    ShellHelper.printing(#"{"diagnosis":{"kind":"accepted","sentence":"x"}}"#),
  ])
  func `one that crashes or talks nonsense is a failure of the call`(_ script: String) {
    let outcome = Self.run("\(script); cat > /dev/null", output: STDERR_FILENO)
    #expect(outcome.diagnosis?.cause == .internalFailure)
    #expect(outcome.exitCode == .notAsked)
  }

  @Test func `it is started before it is wanted, and once`() async {
    let output = BytePipe().collect()
    let answer = ShellHelper.printing(#"{"outcome":{"status":200,"pages":0}}"#)
    let caller = HelperCaller(
      output: output.writeEnd, program: "/bin/sh",
      arguments: ["-c", "echo here >&3; head -c 2000 > /dev/null; \(answer); cat > /dev/null"])
    caller.prepare()
    caller.prepare()
    #expect(await output.text(atLeast: 5) == "here\n")
    let outcome = caller.call(
      Self.request(), of: ShellHelper.submission(length: 4000), token: nil,
      cancel: EventDescriptor(), report: { _ in }, renew: { .refused(CallTrial.noToken) })
    #expect(outcome == CallOutcome(status: 200))
    #expect(await output.all() == Array("here\n".utf8))
  }

  @Test func `it leaves the keys of the terminal to the program`() async throws {
    let server = try await LoopbackServer { _ in .silence }
    let trial = CallTrial()
    let called = Task { [trial] in
      await trial.call("/", of: try Account.withKey("https://localhost:\(server.port)"))
    }
    _ = await server.requests(atLeast: 1)
    let ignored = try #require(Self.ignoredSignals())
    for number in [SIGINT, SIGTERM, SIGHUP] { #expect(ignored & 1 << UInt64(number - 1) != 0) }
    trial.cancel.set()
    #expect(try await called.value.outcome.exitCode == .interrupted)
    await server.stop()
  }

  /// Of the process of ours that runs the fixture; nil where there is none.
  private static func ignoredSignals() -> UInt64? {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    let children = tasks.flatMap { task in
      text("/proc/self/task/\(task)/children").split(separator: " ")
    }
    let child = children.first {
      text("/proc/\($0)/cmdline").contains(HelperProgram.subcommand)
    }
    let line = child.flatMap { child in
      text("/proc/\(child)/status").split(separator: "\n").first { $0.hasPrefix("SigIgn") }
    }
    return line.flatMap { UInt64($0.suffix(16), radix: 16) }
  }

  private static func text(_ path: String) -> String {
    String(decoding: TextFile.read(path) ?? [], as: UTF8.self)
  }

  @Test func `it goes with the program that wanted the call`() async throws {
    let server = try await LoopbackServer { _ in .drip }
    do {
      let directory = TemporaryDirectory()
      let call = "\(Fixture.path) call https://127.0.0.1:\(server.port)"
      // The shell waits for the end of its input.
      let program = RunningProgram(
        "/bin/sh",
        ["-c", "\(call) > /dev/null & program=$!; read line; kill -KILL $program; wait"],
        environment: ["SSL_CERT_FILE": LoopbackCertificates.trusted, "PATH": "/usr/bin:/bin"],
        errors: directory.file("errors"))
      _ = await server.requests(atLeast: 1)
      // Killed here, without a chance to tidy up.
      _ = consume program
    }
    await server.allConnectionsClosed()
    await server.stop()
  }
}
