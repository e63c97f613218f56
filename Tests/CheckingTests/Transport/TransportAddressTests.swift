import Basics
import Checking
import LoopbackSupport
import Requests
import Synchronization
import Testing

@testable import Checking

/// Names that lead to where they must not.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportAddressTests {
  @Test(arguments: [
    ["127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["169.254.169.254"], ["::ffff:127.0.0.1"],
    ["10.0.0.1"],
  ])
  func `a provider's name that leads inside is refused before a connection is made`(
    _ addresses: [String]
  ) async throws {
    let server = try await LoopbackServer(.tls(.right))
    var trial = Trial()
    trial.names = ["api.provider.example": addresses]
    let failure = try #require(
      try await trial.ask("https://api.provider.example:\(server.port)/").failure)
    #expect(failure.cause == .forbiddenAddress)
    #expect(server.connections == 0)
    await server.stop()
  }

  @Test func `a name is looked up once, so that its second answer changes nothing`() async throws {
    let server = try await LoopbackServer(.tls(.right))
    let lookups = Mutex(0)
    let transport = WebTransport(
      rules: NetworkRules(ownHosts: ["api.provider.example"]), options: CheckOptions(),
      environment: NetworkEnvironment {
        $0 == "SSL_CERT_FILE" ? LoopbackCertificates.trusted : nil
      },
      lookup: NameLookup { (_) async throws(TransportFailure) in
        let count = lookups.withLock { count in
          count += 1
          return count
        }
        return [IPAddress(count == 1 ? "127.0.0.1" : "127.0.0.9")].compactMap { $0 }
      })
    let address = try #require(WebAddress("https://api.provider.example:\(server.port)/"))
    let request = OutgoingRequest(method: "GET", address: address, headers: [], body: nil)
    for _ in 1...3 { #expect(try await transport.answer(to: request).status == 200) }
    await transport.close()
    #expect(lookups.withLock { $0 } == 1)
    await server.stop()
  }

  @Test func `a lookup that hangs runs into the time limit`() async throws {
    var options = CheckOptions()
    options.limits.total = .milliseconds(100)
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let transport = WebTransport(
      rules: NetworkRules(ownHosts: ["api.provider.example"]), options: options,
      environment: NetworkEnvironment { _ in nil },
      lookup: NameLookup { (_) async throws(TransportFailure) in
        for await _ in stream {}
        return []
      })
    let address = try #require(WebAddress("https://api.provider.example/"))
    let request = OutgoingRequest(method: "GET", address: address, headers: [], body: nil)
    let failure = await #expect(throws: TransportFailure.self) {
      try await transport.answer(to: request)
    }
    #expect(failure?.cause == .timeout)
    continuation.finish()
    await transport.close()
  }
}
