import Basics
import Checking
import LoopbackSupport
import Requests
import Synchronization
import Testing

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
      await trial.ask("https://api.provider.example:\(server.port)/").failure)
    #expect(failure.cause == .forbiddenAddress)
    #expect(server.connections == 0)
    await server.stop()
  }

  @Test func `a name is looked up once, so that its second answer changes nothing`() async throws {
    let server = try await LoopbackServer(.tls(.right))
    let lookups = Mutex(0)
    var trial = Trial()
    trial.ownHosts = ["api.provider.example"]
    trial.lookup = { _ in
      let count = lookups.withLock { count in
        count += 1
        return count
      }
      return [count == 1 ? "127.0.0.1" : "127.0.0.9"]
    }
    let request = Trial.Request(url: "https://api.provider.example:\(server.port)/")
    let (results, _) = await trial.ask([request, request, request])
    #expect(results.map(\.answer?.status) == [200, 200, 200])
    #expect(lookups.withLock { $0 } == 1)
    await server.stop()
  }

  @Test func `a lookup that hangs runs into the time limit`() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    var trial = Trial()
    trial.ownHosts = ["api.provider.example"]
    trial.options.limits.total = .milliseconds(100)
    trial.lookup = { _ in
      for await _ in stream {}
      return []
    }
    #expect(await trial.ask("https://api.provider.example/").cause == .timeout)
    continuation.finish()
  }
}
