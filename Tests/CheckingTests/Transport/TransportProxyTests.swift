import Checking
import LoopbackSupport
import Requests
import Testing

/// Requests through a proxy of the environment.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportProxyTests {
  /// A trial in which only the proxy knows where the provider is.
  private func trial(_ proxy: String) -> Trial {
    var trial = Trial()
    trial.variables["HTTPS_PROXY"] = proxy
    return trial
  }

  private let url = "https://api.provider.example/me"

  @Test func `a request goes through the proxy and is seen by nobody but the provider`()
    async throws
  {
    let server = try await LoopbackServer(.tls(.right))
    let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
    let request = Trial.Request(url: url, headers: [("Authorization", "Bearer key-EXAMPLE")])
    let (results, progress) = await trial("http://127.0.0.1:\(proxy.port)").ask([request])
    #expect(results[0].answer?.status == 200)
    #expect(server.requests.first?.header("authorization") == "Bearer key-EXAMPLE")
    let head = try #require(proxy.requests.first)
    #expect(head.hasPrefix("CONNECT api.provider.example:443 HTTP/1.1\r\n"))
    #expect(!head.contains("key-EXAMPLE"))
    #expect(
      progress == [
        CheckProgress(
          host: "api.provider.example", proxy: "127.0.0.1:\(proxy.port)", request: 1)
      ])
    await proxy.stop()
    await server.stop()
  }

  @Test func `user and password of the proxy are sent to the proxy only`() async throws {
    let server = try await LoopbackServer(.tls(.right))
    let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
    let result = await trial("http://me:p%40ss@127.0.0.1:\(proxy.port)").ask(url)
    #expect(result.answer?.status == 200)
    // base64 of me:p@ss
    #expect(proxy.requests[0].lowercased().contains("proxy-authorization: basic bwu6cebzcw=="))
    #expect(server.requests[0].header("proxy-authorization") == nil)
    await proxy.stop()
    await server.stop()
  }

  @Test(arguments: [
    (407, "user name and password"), (403, "refused to make"), (502, "refused to make"),
  ])
  func `a proxy that refuses is the trouble, and says so`(_ status: Int, _ words: String)
    async throws
  {
    let proxy = try await LoopbackProxy(.status(status))
    let failure = try #require(
      await trial("http://127.0.0.1:\(proxy.port)").ask(url).failure)
    #expect(failure.cause == .proxy)
    #expect(failure.detail?.contains(words) == true)
    await proxy.stop()
  }

  @Test func `a proxy that is not there is the trouble`() async throws {
    let port = DeadPort.number
    let failure = try #require(await trial("http://127.0.0.1:\(port)").ask(url).failure)
    #expect(failure.cause == .proxy)
    #expect(failure.detail == "127.0.0.1:\(port) refused the connection")
  }

  @Test func `a proxy setting that cannot be used stops the check and is not repeated`()
    async throws
  {
    let failure = try #require(
      await trial("socks5://user:hidden@proxy.example").ask(url).failure)
    #expect(failure.cause == .proxy)
    #expect(failure.detail?.contains("hidden") == false)
  }

  @Test func `hosts of this machine and of NO_PROXY are reached directly`() async throws {
    let server = try await LoopbackServer(.tls(.right))
    let dead = DeadPort.number
    var trial = trial("http://127.0.0.1:\(dead)")
    #expect(await trial.ask("https://localhost:\(server.port)/").answer?.status == 200)
    trial.variables["NO_PROXY"] = ".provider.example"
    trial.names = ["api.provider.example": ["127.0.0.1"]]
    trial.ownHosts = ["api.provider.example"]
    let result = await trial.ask("https://api.provider.example:\(server.port)/")
    #expect(result.answer?.status == 200)
    await server.stop()
  }

  @Test func `the environment's proxy does not count where the environment is not trusted`()
    async throws
  {
    let dead = DeadPort.number
    var trial = trial("http://127.0.0.1:\(dead)")
    trial.options.usesEnvironment = false
    #expect(await trial.ask(url).cause == .noName)
  }

  @Test func `a certificate is verified through the proxy as well`() async throws {
    let server = try await LoopbackServer(.tls(.expired))
    let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
    let result = await trial("http://127.0.0.1:\(proxy.port)").ask(url)
    #expect(result.cause == .tls)
    #expect(server.requests.isEmpty)
    await proxy.stop()
    await server.stop()
  }
}
