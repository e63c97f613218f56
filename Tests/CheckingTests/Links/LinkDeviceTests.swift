import Basics
import Checking
import LoopbackSupport
import Requests
import Testing

/// Accounts that are linked by a code on another device, and without any browser.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct LinkDeviceTests {
  private static func entry(_ url: String) -> String {
    """
    {"display_name":"Consent","auth_mode":"OAUTH2","token_url":"\(url)/token",
     "usher":{"device":{"url":"\(url)/device"}}}
    """
  }

  @Test func `a code is told, and the provider asked until somebody agrees`() async throws {
    let provider = try await ConsentProvider()
    provider.delay("authorization_pending")
    var trial = LinkTrial()
    // Each question has a time of its own: waiting is not what is bounded.
    trial.options.limits.requests = 1
    let words = await trial.perform(.of(.device, try LinkTrial.flow(Self.entry(provider.url))))
      .words()
    #expect(words.hasPrefix("linked accessToken=access-EXAMPLE-1"), "\(words)")
    #expect(trial.codes.all == ["ABCD-EFGH at \(provider.url)/d"])
    #expect(provider.lines == ["POST /device", "POST /token", "POST /token"])
    await provider.stop()
  }

  @Test func `a refusal ends it`() async throws {
    let provider = try await ConsentProvider()
    provider.delay("access_denied")
    let trial = LinkTrial()
    let words = await trial.perform(.of(.device, try LinkTrial.flow(Self.entry(provider.url))))
      .words()
    #expect(words == "refused lacks_right")
    await provider.stop()
  }

  @Test func `interrupting ends a pause at once`() async throws {
    let provider = try await ConsentProvider()
    provider.delay("slow_down", "slow_down", "slow_down")
    let url = provider.url
    let task = Task.detached {
      let flow = try LinkTrial.flow(Self.entry(url))
      return try await LinkTrial().perform(.of(.device, flow)).refusal().diagnosis.kind
    }
    _ = await provider.requests(atLeast: 2)
    let start = ContinuousClock.now
    task.cancel()
    let kind = try await task.value
    #expect(kind == .cancelled)
    #expect(ContinuousClock.now - start < .seconds(1))
    await provider.stop()
  }

  @Test(arguments: [
    LoopbackReply.json(#"{"device_code":"d-EXAMPLE"}"#), .answer(200, body: "<html>"), .answer(404),
    .endless,
  ])
  func `what is no code is not told`(_ reply: LoopbackReply) async throws {
    let provider = try await ConsentProvider()
    provider.say(reply, to: "POST /device")
    let trial = LinkTrial()
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let refusal = try await trial.perform(.of(.device, flow)).refusal()
    #expect(trial.codes.all == [])
    #expect(!"\(refusal)".contains("EXAMPLE"))
    await provider.stop()
  }

  // MARK: Typed

  private static func plugin(_ url: String) -> String {
    """
    {"display_name":"Plugin","auth_mode":"INSTALL_PLUGIN","auth_type":"BASIC",
     "proxy":{"base_url":"\(url)","verification":{"method":"GET","endpoints":["/v1/plugin/connect/account"]}},
     "credentials":{"username":{"type":"string"},"password":{"type":"string"}}}
    """
  }

  private static let typed = [
    "credentials.username": "id-EXAMPLE", "credentials.password": "key-EXAMPLE-0001",
    "params.website_id": "site",
  ]

  @Test(arguments: [(200, "linked"), (401, "refused refused"), (503, "refused busy")])
  func `credentials that were typed are looked at`(_ status: Int, _ words: String) async throws {
    let server = try await LoopbackServer { _ in .answer(status) }
    let flow = try LinkTrial.flow(
      Self.plugin("https://localhost:\(server.port)"), Self.typed, scopes: [])
    let result = await LinkTrial().perform(.of(.typed, flow)).words()
    #expect(result == words)
    let request = try #require(server.requests.first)
    #expect(request.target == "/v1/plugin/connect/account")
    #expect(request.header("authorization") == "Basic aWQtRVhBTVBMRTprZXktRVhBTVBMRS0wMDAx")
    await server.stop()
  }

  @Test(arguments: [(200, Diagnosis.Kind.accepted), (401, .refused)])
  func `a plugin that is linked is checked like a key`(
    _ status: Int, _ kind: Diagnosis.Kind
  ) async throws {
    let server = try await LoopbackServer { _ in .answer(status) }
    let diagnosis = await Fixture.checker().check(
      try Fixture.submission(
        entry: Self.plugin("https://localhost:\(server.port)"), Self.typed))
    #expect(diagnosis.kind == kind)
    await server.stop()
  }

  @Test(.needsPython) func `an application tells where it is installed, and gets a token there`()
    async throws
  {
    let server = try await LoopbackServer { request in
      request.method == "GET"
        ? .json(
          #"[{"id":7,"account":{"login":"acme"},"target_type":"Organization"},{"id":9,"account":{"login":"ann"}}]"#
        )
        : .answer(
          201, body: #"{"token":"installation-EXAMPLE","expires_at":"2099-01-01T00:00:00Z"}"#)
    }
    let url = "https://localhost:\(server.port)"
    let entry = """
      {"display_name":"App","auth_mode":"APP",
       "token_url":"\(url)/app/installations/${connectionConfig.installation_id}/access_tokens"}
      """
    let flow = try LinkTrial.flow(
      entry,
      ["credentials.app_id": "1", "credentials.private_key": ProviderKeys.shared.rsa.private],
      scopes: [])
    let list = await LinkTrial().perform(.of(.installations, flow.duplicate())).words()
    #expect(list == "7=acme 9=ann")
    let words = await LinkTrial().perform(.of(.installation(7), flow)).words()
    #expect(words == "linked accessToken=installation-EXAMPLE params.installation_id=7")
    #expect(server.requests.last?.target == "/app/installations/7/access_tokens")
    await server.stop()
  }
}
