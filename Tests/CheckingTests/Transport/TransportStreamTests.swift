import CLinux
import Checking
import Glibc
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// Answers that go to an output while they come.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportStreamTests {
  private static let long = Noise.bytes(8 * 1024 * 1024 + 7)

  private func trial(_ output: BytePipe, idle: Duration = .seconds(20)) -> Trial {
    var trial = Trial()
    trial.idle = idle
    trial.output = output.writeEnd
    return trial
  }

  @Test(arguments: [[:], ["transfer-encoding": "chunked"]])
  func `a long body arrives byte for byte`(_ headers: [String: String]) async throws {
    let server = try await LoopbackServer { _ in .bytes(Self.long, headers: headers) }
    let output = BytePipe().collect()
    let answer = try await trial(output).ask("https://127.0.0.1:\(server.port)/").get()
    #expect(answer.isWritten)
    #expect(answer.cut == nil)
    #expect(answer.bodySize == 0)
    #expect(Noise.areEqual(await output.all(), Self.long))
    await server.stop()
  }

  @Test func `events arrive before the stream ends`() async throws {
    let gate = LoopbackGate()
    let server = try await LoopbackServer { _ in .pieces(["data: 1\n\n", "data: 2\n\n"], gate) }
    let output = BytePipe().collect()
    let trial = trial(output)
    let asked = Task { await trial.ask("https://127.0.0.1:\(server.port)/") }
    #expect(await output.text(atLeast: 9) == "data: 1\n\n")
    gate.open()
    #expect(await output.text(atLeast: 18) == "data: 1\n\ndata: 2\n\n")
    gate.open()
    #expect(await asked.value.answer?.cut == nil)
    await server.stop()
  }

  @Test func `a reader who takes his time is waited for`() async throws {
    let server = try await LoopbackServer { _ in .bytes(Self.long) }
    let output = BytePipe()
    let trial = trial(output, idle: .milliseconds(200))
    let asked = Task { await trial.ask("https://127.0.0.1:\(server.port)/") }
    // Longer than the server may be silent: the pipe is full all the while.
    try await Trial.pass(milliseconds: 500)
    let all = output.collect()
    #expect(await asked.value.answer?.cut == nil)
    #expect(Noise.areEqual(await all.all(), Self.long))
    await server.stop()
  }

  @Test func `a reader who has gone ends the exchange`() async throws {
    let server = try await LoopbackServer { _ in .endless }
    var ends: [Int32] = [0, 0]
    try #require(unsafe linux_pipe(&ends) == 0)
    close(ends[0])
    var trial = Trial()
    trial.idle = .seconds(20)
    trial.output = ends[1]
    _ = linux_signal_ignore(SIGPIPE)
    let answer = try await trial.ask("https://127.0.0.1:\(server.port)/").get()
    #expect(answer.isWritten)
    #expect(answer.cut?.cause == .internalFailure)
    close(ends[1])
    await server.allConnectionsClosed()
    await server.stop()
  }

  @Test func `an output that is full is said to be`() async throws {
    let server = try await LoopbackServer { _ in .bytes(Self.long) }
    let full = unsafe linux_open("/dev/full", O_WRONLY | O_CLOEXEC, 0)
    var trial = Trial()
    trial.idle = .seconds(20)
    trial.output = full
    let answer = try await trial.ask("https://127.0.0.1:\(server.port)/").get()
    #expect(answer.cut?.detail == "the output could not be written: the disk is full")
    close(full)
    await server.stop()
  }

  @Test func `a server that falls silent between two pieces ends the exchange`() async throws {
    let gate = LoopbackGate()
    let server = try await LoopbackServer { _ in .pieces(["one", "two"], gate) }
    let output = BytePipe().collect()
    let answer = try await trial(output, idle: .milliseconds(200)).ask(
      "https://127.0.0.1:\(server.port)/"
    ).get()
    #expect(answer.status == 200)
    #expect(answer.cut?.cause == .timeout)
    #expect(await output.all() == Array("one".utf8))
    // Behind each piece.
    for _ in 0..<2 { gate.open() }
    await server.stop()
  }

  @Test func `an answer that does not begin ends the wait, and one that drips does not`()
    async throws
  {
    let silent = try await LoopbackServer { _ in .silence }
    let output = BytePipe().collect()
    let limit = Duration.milliseconds(200)
    let url = "https://127.0.0.1:\(silent.port)/"
    #expect(await trial(output, idle: limit).ask(url).failure?.cause == .timeout)
    await silent.stop()
    let dripping = try await LoopbackServer { _ in .drip }
    let trial = trial(output, idle: limit)
    let asked = Task { await trial.ask("https://127.0.0.1:\(dripping.port)/") }
    // A dot every five milliseconds, for longer than the limit.
    #expect(await output.bytes(atLeast: 100).count >= 100)
    trial.stop.give()
    #expect(await asked.value.answer?.cut == Trial.Failure.stopped)
    await dripping.stop()
  }

  @Test(arguments: [LoopbackReply.closeMidBody, .resetMidBody])
  func `of a connection that ends in the middle the beginning is written`(
    _ reply: LoopbackReply
  ) async throws {
    let server = try await LoopbackServer { _ in reply }
    let output = BytePipe().collect()
    let answer = try await trial(output).ask("https://127.0.0.1:\(server.port)/").get()
    #expect(answer.cut?.cause == .connectionReset)
    #expect("half of it".hasPrefix(String(decoding: await output.all(), as: UTF8.self)))
    await server.stop()
  }

  @Test func `a redirect is followed, and nothing of it is written`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/old"
        ? .answer(302, headers: ["location": "/new"], body: "elsewhere") : .json("here")
    }
    let output = BytePipe().collect()
    _ = try await trial(output).ask("https://127.0.0.1:\(server.port)/old").get()
    #expect(await output.all() == Array("here".utf8))
    await server.stop()
  }

  @Test(arguments: ["HEAD", "GET"]) func `an answer without a body ends at once`(
    _ method: String
  ) async throws {
    let server = try await LoopbackServer { request in
      request.method == "HEAD"
        ? .answer(200, headers: ["content-length": "5", "content-encoding": "gzip"])
        : .answer(204, headers: ["content-encoding": "gzip"])
    }
    let output = BytePipe().collect()
    let requests = [1, 2].map { _ in
      Trial.Request(url: "https://127.0.0.1:\(server.port)/", method: method)
    }
    let (results, _) = await trial(output).ask(requests)
    #expect(results.map { $0.answer?.status } == (method == "HEAD" ? [200, 200] : [204, 204]))
    #expect(results.allSatisfy { $0.answer?.cut == nil })
    #expect(await output.all().isEmpty)
    #expect(server.connections == 1)
    await server.stop()
  }

  @Test func `what is said before the answer is passed over`() async throws {
    let raw =
      "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"
    let server = try await LoopbackServer { _ in .noise(raw) }
    let output = BytePipe().collect()
    #expect(
      await trial(output).ask("https://127.0.0.1:\(server.port)/").answer?.isWritten == true)
    #expect(await output.all() == Array("hi".utf8))
    await server.stop()
  }

  @Test func `compression is asked for only where it is unpacked`() async throws {
    let server = try await LoopbackServer { _ in .gzipped("plain words") }
    let url = "https://127.0.0.1:\(server.port)/"
    for compresses in [true, false] {
      let output = BytePipe().collect()
      _ = await trial(output).ask([Trial.Request(url: url, compresses: compresses)])
      let text = String(decoding: await output.all(), as: UTF8.self)
      #expect((text == "plain words") == compresses)
    }
    #expect(
      server.requests.map { $0.header("accept-encoding") } == ["deflate, gzip", nil])
    await server.stop()
  }

  @Test func `what is kept is unpacked, asked for or not`() async throws {
    let server = try await LoopbackServer { _ in .gzipped("plain words") }
    var trial = Trial()
    trial.idle = .seconds(20)
    let request = Trial.Request(
      url: "https://127.0.0.1:\(server.port)/", headers: [("Accept-Encoding", "gzip")],
      compresses: false)
    #expect(await trial.ask([request]).results[0].answer?.text == "plain words")
    await server.stop()
  }

  @Test func `the limits begin anew with each request`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/old" ? .redirect(to: "/new") : .answer(200)
    }
    var trial = Trial()
    trial.idle = .seconds(20)
    trial.options.limits.redirects = 1
    trial.options.limits.requests = 2
    let old = Trial.Request(url: "https://127.0.0.1:\(server.port)/old")
    #expect(await trial.ask([old, old, old]).results.allSatisfy { $0.answer?.status == 200 })
    await server.stop()
  }

  @Test func `a connection that the server has closed in the meantime is opened anew`() async throws
  {
    let server = try await LoopbackServer { _ in .hangUp(after: "words") }
    let request = Trial.Request(url: "https://127.0.0.1:\(server.port)/")
    let (results, _) = await Trial().ask(Array(repeating: request, count: 10))
    #expect(results.map { $0.answer?.text } == Array(repeating: "words", count: 10))
    await server.stop()
  }

  @Test func `a wait is over when it is stopped`() async throws {
    let server = try await LoopbackServer { _ in .silence }
    var trial = Trial()
    trial.idle = .seconds(60)
    let asked = Task { [trial] in await trial.ask("https://127.0.0.1:\(server.port)/") }
    _ = await server.requests(atLeast: 1)
    trial.stop.give()
    #expect(await asked.value.failure == Trial.Failure.stopped)
    await server.allConnectionsClosed()
    await server.stop()
  }
}
