import Checking
import LoopbackSupport
import Requests
import Testing

/// Redirects: followed at home, never abroad.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportRedirectTests {
  private static let key: [(name: String, value: String)] = [
    ("Authorization", "Bearer key-EXAMPLE"), ("X-Api-Key", "key-EXAMPLE"),
  ]

  @Test func `a redirect within the origin is followed with the credentials`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/old" ? .redirect(to: "/new?x=1") : .json("here")
    }
    let answer = try await Trial().ask(
      "https://127.0.0.1:\(server.port)/old", headers: Self.key
    ).get()
    #expect(answer.text == "here")
    #expect(server.requests.map(\.target) == ["/old", "/new?x=1"])
    #expect(server.requests.last?.header("x-api-key") == "key-EXAMPLE")
    await server.stop()
  }

  @Test(arguments: [
    (301, "POST", "GET"), (302, "POST", "GET"), (303, "PUT", "GET"), (307, "POST", "POST"),
    (308, "POST", "POST"), (301, "PUT", "PUT"), (303, "HEAD", "HEAD"),
  ])
  func `the method after a redirect is the one that browsers use`(
    _ status: Int, _ before: String, _ after: String
  ) async throws {
    let server = try await LoopbackServer { request in
      request.target == "/old" ? .redirect(status, to: "/new") : .answer(200)
    }
    let body = before == "HEAD" ? nil : "words"
    _ = try await Trial().ask(
      "https://127.0.0.1:\(server.port)/old", method: before,
      headers: [("Content-Type", "text/plain")], body: body
    ).get()
    let last = try #require(server.requests.last)
    #expect(last.method == after)
    #expect(last.body.isEmpty == (before != after || body == nil))
    #expect((last.header("content-type") == nil) == (before != after))
    await server.stop()
  }

  @Test func `a redirect to another origin ends the check and the other sees nothing`() async throws
  {
    let other = try await LoopbackServer(.tls(.right))
    let plain = try await LoopbackServer(.plain)
    let places = [
      "https://127.0.0.1:\(other.port)/steal", "//127.0.0.1:\(other.port)/steal",
      "https://localhost:\(other.port)/", "http://127.0.0.1:\(plain.port)/",
      "https://user@127.0.0.1:\(other.port)/",
    ]
    for place in places {
      let server = try await LoopbackServer { _ in .redirect(to: place) }
      let result = await Trial().ask(
        "https://127.0.0.1:\(server.port)/", headers: Self.key)
      #expect(result.cause == .redirect)
      await server.stop()
    }
    #expect(other.connections == 0)
    #expect(plain.connections == 0)
    await other.stop()
    await plain.stop()
  }

  @Test func `the other host is named, and its path is not`() async throws {
    let server = try await LoopbackServer { _ in
      .redirect(to: "https://login.example/?key=key-EXAMPLE")
    }
    let failure = try #require(
      await Trial().ask("https://127.0.0.1:\(server.port)/", headers: Self.key).failure)
    #expect(failure.detail == "the place is login.example")
    await server.stop()
  }

  @Test func `a downgrade to plain http on the same host is another origin`() async throws {
    let server = try await LoopbackServer { request in
      .redirect(to: "http://\(request.header("host") ?? "")/")
    }
    let failure = try #require(
      await Trial().ask("https://127.0.0.1:\(server.port)/").failure)
    #expect(failure.cause == .redirect)
    #expect(failure.detail?.contains("http://127.0.0.1") == true)
    await server.stop()
  }

  @Test func `redirects in a circle end after five`() async throws {
    let server = try await LoopbackServer { _ in .redirect(to: "/again") }
    let result = await Trial().ask("https://127.0.0.1:\(server.port)/")
    #expect(result.cause == .redirect)
    #expect(server.requests.count == 6)
    await server.stop()
  }

  @Test(arguments: [300, 304, 305])
  func `other answers with a location are answers`(_ status: Int) async throws {
    let server = try await LoopbackServer { _ in
      .answer(status, headers: ["location": "https://other.example/"])
    }
    let result = await Trial().ask("https://127.0.0.1:\(server.port)/")
    #expect(result.answer?.status == status)
    await server.stop()
  }

  @Test func `a redirect without a place to go is an answer`() async throws {
    let server = try await LoopbackServer { _ in .answer(302) }
    #expect(await Trial().ask("https://127.0.0.1:\(server.port)/").answer?.status == 302)
    await server.stop()
  }
}
