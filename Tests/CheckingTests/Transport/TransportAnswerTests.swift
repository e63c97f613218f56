import Checking
import LoopbackSupport
import Requests
import Testing

/// Requests that get an answer.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportAnswerTests {
  @Test(arguments: [200, 204, 400, 401, 403, 404, 429, 500, 503])
  func `every status is an answer`(_ status: Int) async throws {
    let server = try await LoopbackServer { _ in .answer(status, headers: ["x-test": "yes"]) }
    let answer = try await Trial().ask("https://127.0.0.1:\(server.port)/me").get()
    #expect(answer.status == status)
    #expect(answer.header("x-test") == "yes")
    await server.stop()
  }

  @Test func `method, path, headers and body arrive as they were given`() async throws {
    let server = try await LoopbackServer { _ in .json(#"{"ok":true}"#) }
    let answer = try await Trial().ask(
      "https://localhost:\(server.port)/v1/me?a=1", method: "POST",
      headers: [("Authorization", "Bearer key-EXAMPLE"), ("Content-Type", "application/json")],
      body: "{}"
    ).get()
    #expect(answer.text == #"{"ok":true}"#)
    let request = try #require(server.requests.first)
    #expect(request.method == "POST")
    #expect(request.target == "/v1/me?a=1")
    #expect(request.header("authorization") == "Bearer key-EXAMPLE")
    #expect(request.header("host") == "localhost:\(server.port)")
    #expect(request.header("user-agent") == "usher")
    #expect(request.body == Array("{}".utf8))
    await server.stop()
  }

  @Test func `an answer that was compressed without being asked to is unpacked`() async throws {
    let server = try await LoopbackServer { _ in .gzipped("plain words") }
    let answer = try await Trial().ask("https://127.0.0.1:\(server.port)/").get()
    #expect(answer.text == "plain words")
    await server.stop()
  }

  @Test func `requests to one host share a connection`() async throws {
    let server = try await LoopbackServer()
    let request = Trial.Request(url: "https://127.0.0.1:\(server.port)/")
    let (results, progress) = await Trial().ask([request, request, request])
    #expect(results.allSatisfy { $0.answer?.status == 200 })
    // The authority that is trusted has signed the certificate itself: there is no chain to look at.
    #expect(server.connections == 1)
    #expect(progress.last?.request == 3)
    await server.stop()
  }

  @Test func `plain http works on this machine`() async throws {
    let server = try await LoopbackServer(.plain)
    #expect(await Trial().ask("http://127.0.0.1:\(server.port)/").answer?.status == 200)
    await server.stop()
  }

  @Test func `the next address is tried when nobody listens on the first`() async throws {
    let server = try await LoopbackServer()
    let trial = Trial.named(["api.provider.example": ["127.0.0.3", "127.0.0.1"]])
    let request = Trial.Request(url: "https://api.provider.example:\(server.port)/")
    let (results, progress) = await trial.ask([request])
    #expect(results[0].answer?.status == 200)
    #expect(progress.map(\.address) == [nil, "127.0.0.3", "127.0.0.1"])
    await server.stop()
  }

  @Test func `a check cannot become a crawler`() async throws {
    let server = try await LoopbackServer()
    var trial = Trial()
    trial.options.limits.requests = 2
    let request = Trial.Request(url: "https://127.0.0.1:\(server.port)/")
    let (results, _) = await trial.ask([request, request, request])
    #expect(results[2].cause == .internalFailure)
    #expect(server.requests.count == 2)
    await server.stop()
  }
}
