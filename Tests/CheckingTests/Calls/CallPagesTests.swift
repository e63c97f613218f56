import Basics
import Checking
import Drafts
import LoopbackSupport
import Requests
import Testing

/// Lists that come in pages, as one document.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct CallPagesTests {
  private static func pages(_ port: Int) throws -> Submission {
    try Account.withKey(
      "https://localhost:\(port)",
      proxy:
        #","paginate":{"type":"link","link_path_in_response_body":"next","response_path":"items"}"#)
  }

  private static func page(_ items: String, next: String?) -> LoopbackReply {
    .json(#"{"items":\#(items)\#(next.map { #","next":"\#($0)""# } ?? "")}"#)
  }

  private static func numbers(_ text: String) throws -> [Int] {
    try (Value(json: text).list ?? []).compactMap { item in
      if case .int(let number) = item["n"] { number } else { nil }
    }
  }

  @Test func `all pages become one document over one connection`() async throws {
    let provider = try await RotatingProvider()
    let token = try await Account.fetch(try Account.ofClient(provider)).got()
    let result = await CallTrial().call("/items", of: try Account.ofClient(provider), token: token)
    {
      $0.paging = CallPaging()
    }
    #expect(try Self.numbers(result.text) == [1, 2, 3, 4, 5, 6])
    #expect(result.outcome.pages == 3)
    #expect(
      provider.lines == ["POST /token", "GET /items", "GET /items?page=2", "GET /items?page=3"])
    await provider.stop()
  }

  @Test func `one item a line, where that is wanted`() async throws {
    let provider = try await RotatingProvider()
    let token = try await Account.fetch(try Account.ofClient(provider)).got()
    let result = await CallTrial().call("/items", of: try Account.ofClient(provider), token: token)
    {
      $0.paging = CallPaging(form: .lines)
    }
    #expect(result.text.split(separator: "\n").count == 6)
    await provider.stop()
  }

  @Test func `a token that ends between two pages is renewed`() async throws {
    let provider = try await RotatingProvider()
    let old = try await Account.fetch(try Account.ofClient(provider)).got()
    provider.say(
      Self.page(#"[{"n":1},{"n":2}]"#, next: "/items?page=2"), .answer(401), .answer(401))
    let new = SendOnceBox(try await Account.fetch(try Account.ofClient(provider)).got())
    var trial = CallTrial()
    trial.renew = CallTrial.giving(new)
    let result = await trial.call("/items", of: try Account.ofClient(provider), token: old) {
      $0.paging = CallPaging()
    }
    // The second refusal is one of the new token.
    #expect(result.renewals == 1)
    #expect(result.outcome.exitCode == .refused)
    #expect(try Self.numbers(result.text) == [1, 2])
    await provider.stop()
  }

  @Test func `a page that fails ends the document, and the way on is told`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/items"
        ? Self.page(#"[{"n":1}]"#, next: "/items?page=2") : .answer(404, body: "gone")
    }
    let result = await CallTrial().call("/items", of: try Self.pages(server.port)) {
      $0.paging = CallPaging()
    }
    #expect(try Self.numbers(result.text) == [1])
    #expect(result.outcome.exitCode == .failed)
    #expect(result.outcome.continuation?.contains("page=2") == true)
    await server.stop()
  }

  @Test func `the document is closed when the call is stopped`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/items" ? Self.page(#"[{"n":1}]"#, next: "/items?page=2") : .silence
    }
    let trial = CallTrial()
    let called = Task {
      await trial.call("/items", of: try Self.pages(server.port)) { $0.paging = CallPaging() }
    }
    _ = await server.requests(atLeast: 2)
    let start = ContinuousClock.now
    trial.cancel.set()
    let result = try await called.value
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(result.outcome.exitCode == .interrupted)
    #expect(try Self.numbers(result.text) == [1])
    await server.stop()
  }

  @Test func `the head of the first page stands before the document`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/items"
        ? Self.page(#"[{"n":1}]"#, next: "/items?page=2") : Self.page(#"[{"n":2}]"#, next: nil)
    }
    var trial = CallTrial()
    trial.showsHead = true
    let result = await trial.call("/items", of: try Self.pages(server.port)) {
      $0.paging = CallPaging()
    }
    let parts = result.text.split(separator: "\r\n\r\n")
    #expect(parts.count == 2)
    #expect(parts.first?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
    #expect(try Self.numbers(String(parts.last ?? "")) == [1, 2])
    await server.stop()
  }
}
