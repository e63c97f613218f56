import Basics
import Checking
import LoopbackSupport
import ProviderFormat
import Requests
import TestSupport
import Testing

/// Whole checks: submission, helper process, network, diagnosis.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct HelperCheckTests {
  @Test(arguments: [
    (200, Diagnosis.Kind.accepted), (401, .refused), (429, .busy), (500, .busy), (503, .busy),
  ])
  func `the provider's answer becomes the diagnosis`(
    _ status: Int, _ kind: Diagnosis.Kind
  ) async throws {
    let server = try await LoopbackServer { _ in .answer(status) }
    let diagnosis = await Fixture.checker().check(
      Fixture.submission("https://127.0.0.1:\(server.port)"))
    #expect(diagnosis.kind == kind)
    #expect(diagnosis.status == status)
    let request = try #require(server.requests.first)
    #expect(request.target == "/me")
    #expect(request.header("authorization") == "Bearer tly-1234567890abcdefEXAMPLE")
    await server.stop()
  }

  @Test func `what is asked of whom is told before it is asked`() async throws {
    let server = try await LoopbackServer()
    let progress = Record<CheckProgress>()
    _ = await Fixture.checker().check(Fixture.submission("https://localhost:\(server.port)")) {
      progress.add($0)
    }
    #expect(progress.all.last?.host == "localhost:\(server.port)")
    #expect(progress.all.last?.address == "127.0.0.1")
    #expect(progress.all.last?.request == 1)
    await server.stop()
  }

  @Test func `a proxy of the environment is used and named`() async throws {
    let server = try await LoopbackServer()
    let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
    let progress = Record<CheckProgress>()
    let checker = Fixture.checker(
      variables: ["https_proxy": "http://127.0.0.1:\(proxy.port)"])
    let diagnosis = await checker.check(Fixture.submission("https://api.provider.example")) {
      progress.add($0)
    }
    #expect(diagnosis.kind == .accepted)
    #expect(progress.all.last?.proxy == "127.0.0.1:\(proxy.port)")
    await proxy.stop()
    await server.stop()
  }

  @Test func `an address of this machine is refused for a provider that came with the program`()
    async throws
  {
    let server = try await LoopbackServer()
    let diagnosis = await Fixture.checker().check(
      Fixture.submission("https://127.0.0.1:\(server.port)", origin: .builtIn))
    #expect(diagnosis.cause == .forbiddenAddress)
    #expect(server.connections == 0)
    await server.stop()
  }

  @Test(arguments: [
    (LoopbackReply.redirect(to: "https://other.example/"), Diagnosis.Cause.redirect),
    (.longHeaders(300_000), .badAnswer), (.noise("hello"), .badAnswer),
    (.noise("HTTP/1.1 000 Odd\r\ncontent-length: 2\r\n\r\nhi"), .badAnswer),
  ])
  func `trouble on the way is told by its cause`(
    _ reply: LoopbackReply, _ cause: Diagnosis.Cause
  ) async throws {
    let server = try await LoopbackServer { _ in reply }
    let diagnosis = await Fixture.checker().check(
      Fixture.submission("https://127.0.0.1:\(server.port)"))
    #expect(diagnosis.cause == cause)
    #expect(diagnosis.sentence.contains("127.0.0.1:\(server.port)"))
    await server.stop()
  }

  @Test func `a provider that never answers ends the check at its time limit`() async throws {
    let server = try await LoopbackServer { _ in .silence }
    let diagnosis = await Fixture.checker({ $0.limits.total = .milliseconds(300) }).check(
      Fixture.submission("https://127.0.0.1:\(server.port)"))
    #expect(diagnosis.cause == .timeout)
    await server.stop()
  }

  @Test(arguments: [
    LoopbackReply.endless, .gzipBomb, .resetMidBody, .closeMidBody, .longHeaders(45_000),
  ])
  func `a status that is known is not lost for what follows it`(_ reply: LoopbackReply) async throws
  {
    let server = try await LoopbackServer { _ in reply }
    let diagnosis = await Fixture.checker().check(
      Fixture.submission("https://127.0.0.1:\(server.port)"))
    #expect(diagnosis.kind == .accepted, "\(diagnosis.sentence)")
    await server.stop()
  }

  @Test func `a list that is longer than what is read does not spoil a good key`() async throws {
    let items = String(repeating: #"{"id":1,"name":"some name of an item"},"#, count: 45_000)
    let server = try await LoopbackServer { _ in .json(#"{"data":[\#(items)0]}"#) }
    let diagnosis = await Fixture.checker().check(
      Fixture.submission("https://127.0.0.1:\(server.port)"))
    #expect(diagnosis.kind == .accepted, "\(diagnosis.sentence)")
    await server.stop()
  }

  @Test func `cancelling hangs up on the provider at once`() async throws {
    let server = try await LoopbackServer { _ in .silence }
    let checker = Fixture.checker()
    let url = "https://127.0.0.1:\(server.port)"
    let task = Task.detached { await checker.check(Fixture.submission(url)) }
    _ = await server.requests(atLeast: 1)
    let start = ContinuousClock.now
    task.cancel()
    #expect(await task.value.kind == .cancelled)
    await server.allConnectionsClosed()
    #expect(ContinuousClock.now - start < .seconds(5))
    await server.stop()
  }

  @Test func `a key never shows up in a diagnosis, also when the provider repeats it`() async throws
  {
    let key = "tly-1234567890abcdefEXAMPLE"
    let server = try await LoopbackServer { _ in
      .answer(401, body: #"{"message":"bad key tly-1234567890abcdefEXAMPLE"}"#)
    }
    let diagnosis = await Fixture.checker().check(
      Fixture.submission("https://127.0.0.1:\(server.port)", key: key))
    #expect(diagnosis.kind == .refused)
    #expect(!"\(diagnosis)".contains(key.dropFirst(4)))
    await server.stop()
  }

  @Test func `nothing of the secret, no open file and no process is left after a check`()
    async throws
  {
    let server = try await LoopbackServer()
    let lines = Fixture.drive("https://127.0.0.1:\(server.port)", count: 20)
    #expect(lines.count == 21)
    #expect(lines.dropLast().allSatisfy { $0.first == "accepted" }, "\(lines)")
    let remains = try #require(lines.last)
    #expect(remains.count == 8)
    // Found while it was held: the search works.
    #expect(remains[1] == "1", "\(remains)")
    #expect(remains[2] == "0", "\(remains)")
    // Twenty leaks would show; one file may still be on its way out.
    let files = try remains[4...5].map { try #require(Int($0)) }
    #expect(files[1] - files[0] < 3, "\(remains)")
    #expect(remains[7] == "0", "\(remains)")
    await server.stop()
  }

  @Test(.enabled(if: Fixture.canEmptyDevices, "needs namespaces"))
  func `a check needs no devices`() async throws {
    let server = try await LoopbackServer()
    let result = ChildProcess.run(
      "/bin/sh",
      ["-c", Fixture.withoutDevices("\(Fixture.path) drive https://127.0.0.1:\(server.port) 1")],
      environment: ["SSL_CERT_FILE": LoopbackCertificates.trusted])
    #expect(result.text.hasPrefix("accepted"), "\(result.text) \(result.errorText)")
    await server.stop()
  }

  @Test func `the checking process goes with the program that wanted the check`() async throws {
    let server = try await LoopbackServer { _ in .silence }
    do {
      let directory = TemporaryDirectory()
      let drive = "\(Fixture.path) drive https://127.0.0.1:\(server.port) 1"
      // The shell waits for the end of its input.
      let program = RunningProgram(
        "/bin/sh", ["-c", "\(drive) & program=$!; read line; kill -KILL $program; wait"],
        environment: ["SSL_CERT_FILE": LoopbackCertificates.trusted, "PATH": "/usr/bin:/bin"],
        errors: directory.file("errors"))
      _ = await server.requests(atLeast: 1)
      // Killed here, without a chance to tidy up.
      _ = consume program
    }
    await server.allConnectionsClosed()
    await server.stop()
  }

  @Test(arguments: [LoopbackReply.gzipBomb, .endless, .longHeaders(1_000_000)])
  func `an answer without end does not fill the checking process`(
    _ reply: LoopbackReply
  ) async throws {
    let server = try await LoopbackServer { _ in reply }
    let (diagnosis, kilobytes) = try Fixture.measure(
      Fixture.submission("https://127.0.0.1:\(server.port)"))
    // The status was there before the trouble, where there was one.
    #expect(diagnosis.kind == .accepted || diagnosis.cause == .badAnswer)
    #expect(kilobytes > 1000)
    #expect(kilobytes < 60 * 1024)
    await server.stop()
  }
}
