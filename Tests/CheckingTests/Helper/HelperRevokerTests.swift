import Basics
import Checking
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import Testing

/// Taking values back, in a process of its own.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct HelperRevokerTests {
  private static func revoker() -> HelperRevoker {
    HelperRevoker(
      program: Fixture.path,
      variable: { $0 == "SSL_CERT_FILE" ? LoopbackCertificates.trusted : nil })
  }

  private static func order(_ url: String) throws -> RevocationOrder {
    let entry = """
      {"display_name":"Loopback","auth_mode":"API_KEY","proxy":{"base_url":"\(url)",
       "headers":{"authorization":"Bearer ${apiKey}"},
       "verification":{"method":"GET","endpoints":["/me"]}},
       "credentials":{"apiKey":{"type":"string"}},
       "usher":{"revoke":{"method":"DELETE","url":"/keys/own"}}}
      """
    return RevocationOrder(
      try Fixture.submission(entry: entry, [("credentials.apiKey", "key-EXAMPLE")]), token: nil)
  }

  @Test func `the request is sent with the key, and its answer is believed`() async throws {
    let server = try await LoopbackServer { _ in .answer(204) }
    let outcome = await Self.revoker().revoke(try Self.order("https://127.0.0.1:\(server.port)"))
    #expect(outcome == .revoked)
    let request = try #require(server.requests.first)
    #expect(request.method == "DELETE" && request.target == "/keys/own")
    #expect(request.header("authorization") == "Bearer key-EXAMPLE")
    await server.stop()
  }

  @Test func `a refusal is settled by the check, with the same key`() async throws {
    let server = try await LoopbackServer { request in
      .answer(request.method == "DELETE" ? 401 : 200)
    }
    let outcome = await Self.revoker().revoke(try Self.order("https://127.0.0.1:\(server.port)"))
    guard case .failed(let diagnosis) = outcome else {
      Issue.record("a key that works was said to be revoked")
      return
    }
    #expect(diagnosis.kind == .lacksRight)
    #expect(server.requests.map(\.method) == ["DELETE", "GET"])
    await server.stop()
  }

  @Test func `interrupting it hangs up, and nothing is claimed`() async throws {
    let server = try await LoopbackServer { _ in .silence }
    let url = "https://127.0.0.1:\(server.port)"
    let task = Task.detached { await Self.revoker().revoke(try Self.order(url)) }
    _ = await server.requests(atLeast: 1)
    task.cancel()
    guard case .failed(let diagnosis) = try await task.value else {
      Issue.record("nobody has answered")
      return
    }
    #expect(diagnosis.kind == .cancelled)
    await server.allConnectionsClosed()
    await server.stop()
  }
}
