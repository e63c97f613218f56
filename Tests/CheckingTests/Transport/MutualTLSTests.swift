import Checking
import LoopbackSupport
import Requests
import Testing

/// Servers that want to know who asks before they listen.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct MutualTLSTests {
  private func ask(
    _ server: LoopbackServer, showing identity: Trial.Identity?
  ) async -> Trial.Outcome {
    let request = Trial.Request(
      url: "https://localhost:\(server.port)/token", method: "POST", identity: identity)
    return await Trial().ask([request]).results[0]
  }

  @Test(arguments: MutualVersion.allCases)
  func `a certificate that the server knows opens the connection`(
    _ version: MutualVersion
  ) async throws {
    let server = try await LoopbackServer(.mutualTLS(version)) { _ in .json("{}") }
    let answer = try await ask(server, showing: .init(certificate: .client)).get()
    #expect(answer.status == 200)
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test func `without a certificate it is said that one is demanded`() async throws {
    let server = try await LoopbackServer(.mutualTLS())
    let failure = try #require(await ask(server, showing: nil).failure)
    #expect(failure.cause == .clientCertificate, "\(failure)")
    #expect(failure.detail == "none was given")
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test(arguments: [LoopbackCertificates.Kind.strangeClient, .expiredClient])
  func `a certificate that the server refuses is said to be refused`(
    _ kind: LoopbackCertificates.Kind
  ) async throws {
    for version in MutualVersion.allCases {
      let server = try await LoopbackServer(.mutualTLS(version))
      let failure = try #require(await ask(server, showing: .init(certificate: kind)).failure)
      #expect(failure.cause == .clientCertificate, "\(failure)")
      #expect(server.requests.isEmpty)
      await server.stop()
    }
  }

  @Test func `a key that belongs to another certificate is found out before anybody is asked`()
    async throws
  {
    let server = try await LoopbackServer(.mutualTLS())
    let failure = try #require(
      await ask(server, showing: .init(certificate: .client, key: .strangeClient)).failure)
    #expect(failure.cause == .clientCertificate)
    #expect(failure.detail?.contains("does not belong") == true)
    #expect(server.connections == 0)
    await server.stop()
  }

  @Test func `the server's own certificate is verified all the same`() async throws {
    let server = try await LoopbackServer(.tls(.stranger))
    let failure = try #require(await ask(server, showing: .init(certificate: .client)).failure)
    #expect(failure.cause == .tls)
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test func `a connection that was made with a certificate is not used without it`() async throws {
    let server = try await LoopbackServer(.tls(.right))
    let requests = [Trial.Identity(certificate: .client), nil].map {
      Trial.Request(url: "https://localhost:\(server.port)/", identity: $0)
    }
    let (results, _) = await Trial().ask(requests)
    #expect(results.allSatisfy { $0.answer?.status == 200 })
    #expect(server.connections == 2)
    await server.stop()
  }
}
