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

  @Test(arguments: [257 * 1024, 1024 * 1024])
  func `headers beyond the limit are refused`(_ size: Int) async throws {
    #expect(try await ask(.longHeaders(size)).cause == .badAnswer)
  }

  @Test func `headers below the limit pass`() async throws {
    #expect(try await ask(.longHeaders(31 * 1024)).answer?.status == 200)
    #expect(try await ask(.longHeaders(250 * 1024)).answer?.status == 200)
  }

  @Test func `more lines of headers than the library takes are no trouble`() async throws {
    let lines = (0..<600).map { ("x-\($0)", String(repeating: "x", count: 100)) }
    let reply = LoopbackReply.answer(200, headers: Dictionary(uniqueKeysWithValues: lines))
    #expect(try await ask(reply).answer?.header("x-599") != nil)
  }

  @Test func `of a body that never ends what is within the limit is read`() async throws {
    let answer = try #require(try await ask(.endless).answer)
    #expect(answer.status == 200)
    #expect(answer.cut?.cause == .badAnswer)
    #expect(answer.cut?.detail?.contains("1024 kB") == true)
    #expect(answer.bodySize == 1024 * 1024)
  }

  @Test func `a body of exactly the limit passes, and one byte more is cut off`() async throws {
    let body = LoopbackReply.answer(200, body: String(repeating: "x", count: 1000))
    let whole = try await ask(body) { $0.body = 1000 }.answer
    #expect(whole?.text.count == 1000)
    #expect(whole?.cut == nil)
    let cut = try await ask(body) { $0.body = 999 }.answer
    #expect(cut?.text.count == 999)
    #expect(cut?.cut?.cause == .badAnswer)
  }

  @Test func `a compressed body is counted after it is unpacked`() async throws {
    let answer = try #require(try await ask(.gzipBomb).answer)
    #expect(answer.cut?.cause == .badAnswer)
    #expect(answer.cut?.detail?.contains("longer than") == true)
    #expect(answer.bodySize <= 1024 * 1024)
  }

  @Test func `an answer that does not come in time ends the wait`() async throws {
    let start = ContinuousClock.now
    let result = try await ask(.silence) { $0.total = .milliseconds(200) }
    #expect(result.cause == .timeout)
    let slow = try await ask(.drip) { $0.total = .milliseconds(400) }
    #expect(slow.answer?.status == 200)
    #expect(slow.answer?.cut?.cause == .timeout)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test(arguments: [LoopbackReply.resetMidBody, .closeMidBody])
  func `of a connection that ends in the middle the status and the beginning are kept`(
    _ reply: LoopbackReply
  ) async throws {
    let answer = try #require(try await ask(reply).answer)
    #expect(answer.status == 200)
    #expect(answer.cut?.cause == .connectionReset)
  }

  @Test(arguments: ["000", "099", "007"])
  func `a status that HTTP does not have is named`(_ status: String) async throws {
    let raw = "HTTP/1.1 \(status) Odd\r\ncontent-length: 2\r\n\r\nhi"
    let failure = try #require(try await ask(.noise(raw)).failure)
    #expect(failure.cause == .badAnswer)
    #expect(failure.detail?.contains(status) == true, "\(failure)")
  }

  @Test(arguments: ["600", "999"])
  func `a status above those of HTTP is an answer`(_ status: String) async throws {
    let raw = "HTTP/1.1 \(status) Odd\r\ncontent-length: 2\r\n\r\nhi"
    #expect(try await ask(.noise(raw)).answer?.status == Int(status))
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
