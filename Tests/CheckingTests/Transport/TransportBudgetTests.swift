import Checking
import LoopbackSupport
import Requests
import Testing

/// Bounds that a check of several requests keeps as a whole, and what one request leaves for the next.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportBudgetTests {
  private func request(
    _ server: LoopbackServer, _ path: String = "/", headers: [(name: String, value: String)] = []
  ) -> Trial.Request {
    Trial.Request(url: "https://localhost:\(server.port)\(path)", headers: headers)
  }

  @Test func `the time limit is that of all requests together`() async throws {
    let server = try await LoopbackServer { _ in .silence }
    var trial = Trial()
    trial.options.limits.total = .milliseconds(400)
    let asked = request(server)
    let (results, _) = await trial.ask([asked, asked, asked])
    #expect(results.map(\.cause) == [.timeout, .timeout, .timeout])
    // What is late is not asked any more.
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test func `redirects are counted over all requests`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/old" ? .redirect(to: "/new") : .answer(200)
    }
    var trial = Trial()
    trial.options.limits.redirects = 2
    let old = request(server, "/old")
    let (results, _) = await trial.ask([old, old, old])
    #expect(results.map(\.cause) == [nil, nil, .redirect])
    await server.stop()
  }

  @Test func `bodies are counted over all answers`() async throws {
    let body = String(repeating: "x", count: 1000)
    let server = try await LoopbackServer { _ in .answer(200, body: body) }
    var trial = Trial()
    trial.options.limits.body = 1000
    trial.options.limits.bodies = 2500
    let asked = request(server)
    let (results, _) = await trial.ask([asked, asked, asked])
    #expect(results.map { $0.answer?.bodySize } == [1000, 1000, 500])
    #expect(results[2].answer?.cut?.detail?.contains("together") == true)
    await server.stop()
  }

  @Test func `nothing that one origin was told or has set goes to another, or back by itself`()
    async throws
  {
    let first = try await LoopbackServer { _ in
      .answer(200, headers: ["set-cookie": "session=EXAMPLE; Domain=localhost; Path=/"])
    }
    let second = try await LoopbackServer()
    let (results, _) = await Trial().ask([
      request(first, headers: [("authorization", "Bearer key-EXAMPLE")]),
      request(second), request(first),
    ])
    #expect(results.allSatisfy { $0.answer?.status == 200 })
    for request in second.requests + first.requests.dropFirst() {
      #expect(request.header("cookie") == nil)
      #expect(request.header("authorization") == nil)
    }
    await first.stop()
    await second.stop()
  }
}
