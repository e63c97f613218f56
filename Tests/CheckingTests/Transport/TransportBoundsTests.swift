import Basics
import Checking
import LoopbackSupport
import Requests
import Testing

/// Answers that are too long, too slow, broken, or never come.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportBoundsTests {
  private func ask(
    _ reply: LoopbackReply, _ change: (inout CheckLimits) -> Void = { _ in }
  ) async throws -> Trial.Outcome {
    let server = try await LoopbackServer { _ in reply }
    var trial = Trial()
    change(&trial.options.limits)
    let result = await trial.ask("https://127.0.0.1:\(server.port)/")
    await server.stop()
    return result
  }

  @Test(arguments: [33 * 1024, 200 * 1024])
  func `headers beyond the limit are refused`(_ size: Int) async throws {
    #expect(try await ask(.longHeaders(size)).cause == .badAnswer)
  }

  @Test func `headers below the limit pass`() async throws {
    #expect(try await ask(.longHeaders(31 * 1024)).answer?.status == 200)
  }

  @Test func `a body that never ends is refused at the limit`() async throws {
    let failure = try #require(try await ask(.endless).failure)
    #expect(failure.cause == .badAnswer)
    #expect(failure.detail?.contains("1024 kB") == true)
  }

  @Test func `a body of exactly the limit passes, and one byte more does not`() async throws {
    let body = LoopbackReply.answer(200, body: String(repeating: "x", count: 1000))
    #expect(try await ask(body) { $0.body = 1000 }.answer?.text.count == 1000)
    #expect(try await ask(body) { $0.body = 999 }.cause == .badAnswer)
  }

  @Test func `a compressed body is counted after it is unpacked`() async throws {
    let failure = try #require(try await ask(.gzipBomb).failure)
    #expect(failure.cause == .badAnswer)
    #expect(failure.detail?.contains("longer than") == true)
  }

  @Test(arguments: [LoopbackReply.drip, .silence])
  func `an answer that does not come in time ends the wait`(_ reply: LoopbackReply) async throws {
    let start = ContinuousClock.now
    let result = try await ask(reply) { $0.total = .milliseconds(200) }
    #expect(result.cause == .timeout)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test(arguments: [LoopbackReply.resetMidBody, .closeMidBody])
  func `a connection that ends in the middle is told from a bad answer`(
    _ reply: LoopbackReply
  ) async throws {
    #expect(try await ask(reply).cause == .connectionReset)
  }

  @Test func `an answer that is not HTTP is a bad one`() async throws {
    #expect(try await ask(.noise("220 mail.example ESMTP\r\n")).cause == .badAnswer)
  }

  @Test(arguments: [LoopbackGreeting.closeAtOnce, .resetAtOnce])
  func `a server that hangs up at once has reset the connection`(
    _ greeting: LoopbackGreeting
  ) async throws {
    let server = try await LoopbackServer(greeting)
    #expect(await Trial().ask("https://127.0.0.1:\(server.port)/").cause == .connectionReset)
    await server.stop()
  }

  @Test func `a server that takes the connection and is silent runs into the time limit`()
    async throws
  {
    let server = try await LoopbackServer(.mute)
    var trial = Trial()
    trial.options.limits.connect = .milliseconds(200)
    #expect(await trial.ask("https://127.0.0.1:\(server.port)/").cause == .timeout)
    await server.stop()
  }

  @Test func `a port that nobody listens on refuses the connection`() async throws {
    let port = DeadPort.number
    let failure = try #require(await Trial().ask("https://127.0.0.1:\(port)/").failure)
    #expect(failure.cause == .connectionRefused)
  }

  @Test func `an address without a way to it has no route`() async throws {
    // The broadcast address of the loopback network: no connection can lead there.
    let trial = Trial.named(["nowhere.example": ["127.255.255.255"]])
    #expect(await trial.ask("https://nowhere.example/").cause == .noRoute)
  }

  @Test func `a name without an address is said to have none`() async throws {
    #expect(await Trial().ask("https://missing.example/").cause == .noName)
  }
}
