import Basics
import Checking
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import TestSupport
import Testing

/// Whole calls: request, helper process, network, output.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct CallTests {
  @Test func `what the provider answers is the output`() async throws {
    let body = Noise.bytes(300_000)
    let server = try await LoopbackServer { _ in .bytes(body) }
    let url = "https://localhost:\(server.port)/v1"
    let result = await CallTrial().call("/users?a=1", of: try Account.withKey(url))
    #expect(Noise.areEqual(result.output, body))
    #expect(result.outcome == CallOutcome(status: 200))
    let request = try #require(server.requests.first)
    #expect(request.target == "/v1/users?a=1")
    #expect(request.header("authorization") == "Bearer key-EXAMPLE-0001")
    #expect(request.header("accept-encoding") == nil)
    #expect(result.heads.map(\.status) == [200])
    #expect(
      result.reports.contains(
        .progress(
          CheckProgress(host: "localhost:\(server.port)", address: "127.0.0.1", request: 1))))
    await server.stop()
  }

  @Test(arguments: [(404, ExitCode.failed), (403, .refused), (500, .notAsked), (304, .done)])
  func `what is no success is no output`(_ status: Int, _ code: ExitCode) async throws {
    let server = try await LoopbackServer { _ in .answer(status, body: status == 304 ? "" : "no") }
    let result = await CallTrial().call(
      "/x", of: try Account.withKey("https://localhost:\(server.port)")
    ) { $0.retries = 0 }
    #expect(result.output.isEmpty)
    #expect(result.outcome.status == status)
    #expect(result.outcome.exitCode == code)
    #expect(result.outcome.body == (status == 304 ? [] : Array("no".utf8)))
    await server.stop()
  }

  @Test func `an answer of something else than HTTP is none`() async throws {
    let server = try await LoopbackServer { _ in .noise("220 mail.example ESMTP\r\n") }
    let result = await CallTrial().call(
      "/x", of: try Account.withKey("https://localhost:\(server.port)")
    ) { $0.retries = 0 }
    #expect(result.outcome.status == nil)
    #expect(result.outcome.diagnosis?.cause == .badAnswer)
    #expect(result.outcome.exitCode == .notAsked)
    await server.stop()
  }

  @Test func `status and headers go before the body where they are wanted`() async throws {
    let server = try await LoopbackServer { request in
      request.target == "/good"
        ? .answer(201, headers: ["x-limit": "7"], body: "done") : .answer(404, body: "no")
    }
    var trial = CallTrial()
    trial.showsHead = true
    let url = "https://localhost:\(server.port)"
    let good = await trial.call("/good", of: try Account.withKey(url))
    #expect(good.text.hasPrefix("HTTP/1.1 201 Created\r\n"))
    #expect(good.text.contains("x-limit: 7\r\n"))
    #expect(good.text.hasSuffix("\r\n\r\ndone"))
    var other = CallTrial()
    other.showsHead = true
    let bad = await other.call("/bad", of: try Account.withKey(url))
    #expect(bad.text.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
    #expect(bad.text.hasSuffix("\r\n\r\n"))
    await server.stop()
  }

  @Test func `what was sent is told without its secrets, where that is wanted`() async throws {
    let server = try await LoopbackServer()
    let url = "https://localhost:\(server.port)"
    let result = await CallTrial().call("/x", of: try Account.withKey(url)) { $0.tellsHeads = true }
    let head = try #require(result.sent.first)
    #expect(head.method == "GET")
    #expect(head.address.hasSuffix("/x"))
    #expect(head.headers.contains { $0.name == "authorization" })
    #expect(!"\(result.reports)".contains("key-EXAMPLE-0001"))
    await server.stop()
  }

  @Test func `a token that is refused is renewed once, and the request repeated`() async throws {
    let provider = try await RotatingProvider()
    let old = try await Account.fetch(try Account.ofClient(provider)).got()
    let new = SendOnceBox(try await Account.fetch(try Account.ofClient(provider)).got())
    var trial = CallTrial()
    trial.renew = CallTrial.giving(new)
    let result = await trial.call("/me", of: try Account.ofClient(provider), token: old)
    #expect(result.text == "GET ")
    #expect(result.renewals == 1)
    #expect(result.outcome.exitCode == .done)
    #expect(result.heads.map(\.status) == [401, 200])
    #expect(
      provider.requests.suffix(2).map { $0.header("authorization") }
        == ["Bearer access-EXAMPLE-1", "Bearer access-EXAMPLE-2"])
    await provider.stop()
  }

  @Test func `without a token one is asked for first, and why there is none is told`() async throws
  {
    let provider = try await RotatingProvider()
    let result = await CallTrial().call("/me", of: try Account.ofClient(provider))
    #expect(result.renewals == 1)
    #expect(result.outcome.diagnosis?.sentence == CallTrial.noToken.sentence)
    #expect(result.outcome.exitCode == .refused)
    #expect(provider.lines.isEmpty)
    await provider.stop()
  }

  @Test func `a provider that is busy is asked again after the pause that it wants`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, body: "now") }
    let replies = Record<Void>()
    let busy = try await LoopbackServer { _ in
      replies.add(())
      return replies.all.count < 3
        ? .answer(429, headers: ["retry-after": "0"]) : .answer(200, body: "now")
    }
    let result = await CallTrial().call(
      "/x", of: try Account.withKey("https://localhost:\(busy.port)"))
    #expect(result.text == "now")
    #expect(result.waits.map(\.attempt) == [1, 2])
    #expect(busy.requests.count == 3)
    #expect(busy.connections == 1)
    await busy.stop()
    await server.stop()
  }

  @Test func `a body of any bytes is sent`() async throws {
    let server = try await LoopbackServer()
    let bytes = Noise.bytes(100_000)
    var content = SecretBuffer(capacity: bytes.count)
    content.append(text: bytes)
    let request = CallRequest(
      APICall(target: .path("/up")), body: .content(content, type: "application/octet-stream"))
    let url = "https://localhost:\(server.port)"
    let result = await CallTrial().call(request, of: try Account.withKey(url))
    #expect(result.outcome.exitCode == .done)
    let sent = try #require(server.requests.first)
    #expect(sent.method == "POST")
    #expect(sent.header("content-type") == "application/octet-stream")
    #expect(Noise.areEqual(sent.body, bytes))
    await server.stop()
  }

  @Test func `a long body goes up while it is read, and what comes back goes down`() async throws {
    let bytes = Noise.bytes(8 * 1024 * 1024)
    let server = try await LoopbackServer { .bytes($0.body) }
    let pipe = BytePipe().send(bytes)
    var trial = CallTrial()
    trial.body = pipe.readEnd
    let request = CallRequest(
      APICall(method: "PUT", target: .path("/up")),
      body: .stream(length: nil, type: "a/b", isRepeatable: false))
    let url = "https://localhost:\(server.port)"
    let result = await trial.call(request, of: try Account.withKey(url))
    #expect(Noise.areEqual(result.output, bytes))
    #expect(server.requests.first?.header("content-type") == "a/b")
    await server.stop()
  }

  @Test func `a host that the caller names may stand in the own network`() async throws {
    let server = try await LoopbackServer()
    let call = APICall(target: .path("/x"), baseURL: "https://127.0.0.1:\(server.port)")
    let submission = Fixture.submission("https://api.provider.example", origin: .builtIn)
    let result = await CallTrial().call(CallRequest(call), of: submission)
    #expect(result.outcome.status == 200)
    await server.stop()
  }

  @Test func `a proxy of the environment is used`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, body: "through") }
    let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
    var trial = CallTrial()
    trial.variables = ["https_proxy": "http://127.0.0.1:\(proxy.port)"]
    let result = await trial.call(
      "/x", of: try Account.withKey("https://api.provider.example"))
    #expect(result.text == "through")
    await proxy.stop()
    await server.stop()
  }
}
