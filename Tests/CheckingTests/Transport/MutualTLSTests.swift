import Checking
import LoopbackSupport
import Requests
import Secrets
import TestSupport
import Testing

@testable import Checking

/// Servers that want to know who asks before they listen.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct MutualTLSTests {
  private static func file(_ path: String) -> SecretBuffer {
    let bytes = TextFile.read(path) ?? []
    var buffer = SecretBuffer(capacity: max(1, bytes.count))
    for byte in bytes { buffer.append(byte) }
    return buffer
  }

  private static func identity(
    _ certificate: LoopbackCertificates.Kind, key: LoopbackCertificates.Kind? = nil
  ) throws -> ClientIdentity {
    let (chain, key) = LoopbackCertificates.withShared { certificates in
      (certificates.certificate(certificate), certificates.key(key ?? certificate))
    }
    let chainText = file(chain)
    let keyText = file(key)
    return try chainText.withBytes { chain in
      try keyText.withBytes { key in
        try ClientIdentity(ClientCertificate(certificate: chain, privateKey: key))
      }
    }
  }

  private func ask(
    _ server: LoopbackServer, showing identity: ClientIdentity?
  ) async throws -> Result<IncomingAnswer, TransportFailure> {
    let address = try #require(WebAddress("https://localhost:\(server.port)/token"))
    let request = OutgoingRequest(
      method: "POST", address: address, headers: [], body: nil, identity: identity)
    return await Trial().ask([request]).results[0]
  }

  @Test(arguments: MutualVersion.allCases)
  func `a certificate that the server knows opens the connection`(
    _ version: MutualVersion
  ) async throws {
    let server = try await LoopbackServer(.mutualTLS(version)) { _ in .json("{}") }
    let answer = try await ask(server, showing: Self.identity(.client)).get()
    #expect(answer.status == 200)
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test func `without a certificate it is said that one is demanded`() async throws {
    let server = try await LoopbackServer(.mutualTLS())
    let failure = try #require(try await ask(server, showing: nil).failure)
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
      let failure = try #require(try await ask(server, showing: Self.identity(kind)).failure)
      #expect(failure.cause == .clientCertificate, "\(failure)")
      #expect(server.requests.isEmpty)
      await server.stop()
    }
  }

  @Test func `a key that belongs to another certificate is found out before anybody is asked`() {
    let failure = #expect(throws: TransportFailure.self) {
      try Self.identity(.client, key: .strangeClient)
    }
    #expect(failure?.cause == .clientCertificate)
    #expect(failure?.detail?.contains("does not belong") == true)
  }

  @Test func `the server's own certificate is verified all the same`() async throws {
    let server = try await LoopbackServer(.tls(.stranger))
    let failure = try #require(try await ask(server, showing: Self.identity(.client)).failure)
    #expect(failure.cause == .tls)
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test func `a connection that was made with a certificate is not used without it`() async throws {
    let server = try await LoopbackServer(.tls(.right))
    let address = try #require(WebAddress("https://localhost:\(server.port)/"))
    let requests = try [Self.identity(.client), nil].map {
      OutgoingRequest(method: "GET", address: address, headers: [], body: nil, identity: $0)
    }
    let (results, _) = await Trial().ask(requests)
    #expect(results.allSatisfy { $0.answer?.status == 200 })
    #expect(server.connections == 2)
    await server.stop()
  }
}
