import Basics
import Checking
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import TestSupport
import Testing

/// Accounts that are linked in a helper process, by what a browser brought back and by what somebody has.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct LinkExchangeTests {
  private static func entry(_ url: String, _ members: String = "") -> String {
    """
    {"display_name":"Consent","auth_mode":"OAUTH2","authorization_url":"\(url)/authorize",
     "token_url":"\(url)/token","proxy":{"base_url":"\(url)"}\(members)}
    """
  }

  @Test func `a code becomes an account`() async throws {
    let provider = try await ConsentProvider()
    provider.add(#""scope":"read","region":"eu""#)
    let entry = Self.entry(provider.url, #","token_response_metadata":["region"]"#)
    let trial = LinkTrial()
    let words = try await trial.link(try LinkTrial.flow(entry), at: provider).words()
    #expect(
      words
        == "linked accessToken=access-EXAMPLE-2 refreshToken=refresh-EXAMPLE-2 params.region=eu scopes=read"
    )
    #expect(provider.lines == ["POST /token"])
    #expect(trial.asked.all.map { "https://\($0.host)" }.contains(provider.url))
    await provider.stop()
  }

  @Test func `a code without its own verifier gets nothing`() async throws {
    let provider = try await ConsentProvider()
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let answer = try LinkTrial.consent(to: flow, at: provider)
    // The answer is good, and what was kept is another question's.
    let other = try LinkTrial.consent(to: flow, at: provider)
    let stolen = try Stolen.redemption(answer, verifierOf: other)
    let result = await LinkTrial().perform(.redeem(stolen, flow))
    let refusal = try result.refusal()
    #expect(refusal.diagnosis.kind == .refused)
    #expect(!refusal.isClientUnknown)
    #expect(refusal.diagnosis.sentence.contains("does not take the code"))
    await provider.stop()
  }

  @Test func `a code is good once`() async throws {
    let provider = try await ConsentProvider()
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let text = try Stolen.text(try LinkTrial.consent(to: flow, at: provider))
    let first = await LinkTrial().perform(.redeem(try Stolen.redemption(text), flow.duplicate()))
    let again = await LinkTrial().perform(.redeem(try Stolen.redemption(text), flow))
    let words = [first.words(), again.words()]
    #expect(words[0].hasPrefix("linked"))
    #expect(words[1] == "refused refused")
    await provider.stop()
  }

  @Test func `a server that does not know the client is told from one that refuses`() async throws {
    let provider = try await ConsentProvider()
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let redemption = try LinkTrial.consent(to: flow, at: provider)
    provider.forgetClients()
    let words = await LinkTrial().perform(.redeem(redemption, flow)).words()
    #expect(words == "refused refused client unknown")
    await provider.stop()
  }

  @Test func `a refresh token that somebody has is renewed once`() async throws {
    let provider = try await ConsentProvider()
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let words = await LinkTrial()
      .perform(.renew(SecretBuffer(text: "brought-EXAMPLE", capacity: 1), flow)).words()
    #expect(
      words
        == "linked accessToken=access-EXAMPLE-1 refreshToken=refresh-EXAMPLE-1 scopes=read+write")
    await provider.stop()
  }

  @Test func `a provider that answers at once is asked without a browser`() async throws {
    let provider = try await ConsentProvider()
    let entry = Self.entry(
      provider.url,
      #"""
      ,"authorization_params":{"username":"${connectionConfig.username}","password":"${connectionConfig.password}"},
      "connection_config":{"username":{"type":"string"},"password":{"type":"string","secret":true}}
      """#)
    var values = LinkTrial.client
    values["params.username"] = "ann"
    values["params.password"] = "password-EXAMPLE-1"
    let trial = LinkTrial()
    let words = await trial.perform(.of(.ask, try LinkTrial.flow(entry, values))).words()
    #expect(words.hasPrefix("linked accessToken=access-EXAMPLE-2"), "\(words)")
    #expect(provider.lines == ["GET /authorize", "POST /token"])
    #expect(!"\(trial.asked.all)".contains("password-EXAMPLE"))
    await provider.stop()
  }

  @Test(arguments: [
    (LoopbackReply.answer(200, body: "<html>Sign in</html>"), "refused"),
    (.redirect(to: "https://elsewhere.example/?code=c-EXAMPLE"), "refused"),
    (.redirect(to: "http://127.0.0.1:8976/callback?code=c-EXAMPLE&state=wrong"), "refused"),
    (.redirect(to: "http://127.0.0.1:8976/callback?error=access_denied"), "refused"),
    (.answer(503), "busy"), (.noise("hello"), "unclear"),
  ])
  func `what is no answer of such a provider is refused`(
    _ reply: LoopbackReply, _ kind: String
  ) async throws {
    let provider = try await ConsentProvider()
    provider.say(reply, to: "GET /authorize")
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let refusal = try await LinkTrial().perform(.of(.ask, flow)).refusal()
    #expect(refusal.diagnosis.kind.rawValue == kind, "\(refusal.diagnosis)")
    #expect(!"\(refusal.diagnosis)".contains("c-EXAMPLE"))
    #expect(provider.lines == ["GET /authorize"])
    await provider.stop()
  }

  @Test(arguments: [
    LoopbackReply.answer(429, headers: ["retry-after": "7"]), .answer(200, body: "{}"),
    .answer(200, body: "<html></html>"), .answer(200, body: "[[[["), .resetMidBody,
    .noise("hello"), .gzipBomb, .redirect(to: "https://elsewhere.example/"),
  ])
  func `hostile answers give nothing, and nothing away`(_ reply: LoopbackReply) async throws {
    let provider = try await ConsentProvider()
    provider.say(reply, to: "POST /token")
    let trial = LinkTrial()
    let result = try await trial.link(try LinkTrial.flow(Self.entry(provider.url)), at: provider)
    let refusal = try result.refusal()
    #expect(!refusal.diagnosis.isAccepted)
    if refusal.diagnosis.status == 429 { #expect(refusal.diagnosis.wait == 7) }
    #expect(!"\(refusal) \(trial.asked.all)".contains("EXAMPLE"))
    await provider.stop()
  }

  @Test func `what a provider repeats of secrets is told to nobody`() async throws {
    let provider = try await ConsentProvider()
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let text = try Stolen.text(try LinkTrial.consent(to: flow, at: provider))
    let secrets = try Stolen.secrets(in: text) + [ConsentProvider.secret]
    let told = secrets.joined(separator: " ")
    provider.say(
      .answer(400, body: #"{"error":"invalid_grant","error_description":"\#(told)"}"#),
      to: "POST /token")
    let trial = LinkTrial()
    let result = await trial.perform(.redeem(try Stolen.redemption(text), flow))
    let refusal = try result.refusal()
    for secret in secrets {
      #expect(!"\(refusal) \(trial.asked.all)".contains(secret), "\(refusal)")
    }
    #expect(secrets.count == 4)
    await provider.stop()
  }

  @Test func `tokens stand once in the memory of the program, and not at all when they are gone`()
    async throws
  {
    let server = try await LoopbackServer { request in
      let form = Form.read(String(decoding: request.body, as: UTF8.self))
      return .json(#"{"access_token":"\#(form["refresh_token"] ?? "")","expires_in":60}"#)
    }
    let lines = ChildProcess.run(
      Fixture.path, ["link", "https://127.0.0.1:\(server.port)", "10"],
      environment: ["SSL_CERT_FILE": LoopbackCertificates.trusted, "LD_BIND_NOW": "1"]
    ).text.split(separator: "\n").map(String.init)
    // The refresh token is the same text, and is kept.
    #expect(lines.dropLast().allSatisfy { $0 == "linked 2" }, "\(lines)")
    #expect(lines.last == "residues 0", "\(lines)")
    #expect(lines.count == 11)
    await server.stop()
  }

  @Test func `interrupting ends the job at once`() async throws {
    let provider = try await ConsentProvider()
    provider.say(.silence, to: "POST /token")
    let flow = try LinkTrial.flow(Self.entry(provider.url))
    let job = SendOnceBox(LinkJob.redeem(try LinkTrial.consent(to: flow, at: provider), flow))
    let task = Task.detached {
      guard let job = job.take() else { return Diagnosis.Kind.unclear }
      return try await LinkTrial().perform(job).refusal().diagnosis.kind
    }
    _ = await provider.requests(atLeast: 1)
    let start = ContinuousClock.now
    task.cancel()
    let kind = try await task.value
    #expect(kind == .cancelled)
    #expect(ContinuousClock.now - start < .seconds(1))
    await provider.allConnectionsClosed()
    await provider.stop()
  }

  @Test func `an address of this machine is refused for a provider that came with the program`()
    async throws
  {
    let provider = try await ConsentProvider()
    let map = try #require(try Value(json: Self.entry(provider.url)).map)
    var values = SecretValues()
    for (name, text) in LinkTrial.client {
      values.set(try #require(Field.ID(name)), to: SecretBuffer(text: text, capacity: 1))
    }
    let flow = AuthorizationFlow(
      Submission(
        provider: Provider(slug: "loopback", entry: map, origin: .builtIn), values: values),
      scopes: Scopes())
    let result = try await LinkTrial().link(flow, at: provider)
    let cause = try result.refusal().diagnosis.cause
    #expect(cause == .forbiddenAddress)
    #expect(provider.lines == [])
    await provider.stop()
  }

  @Test(arguments: [
    "exit 3", ShellHelper.printing(#"{"link":{}}"#), ShellHelper.printing(#"{"renew":true}"#),
    ShellHelper.printing(#"{"link":{"linked":{}}}"#),
    ShellHelper.printing(#"{"diagnosis":{"kind":"accepted","sentence":"x"}}"#),
  ])
  func `a process that crashes or talks nonsense links nothing`(_ script: String) async throws {
    let linker = HelperLinker(
      program: "/bin/sh", arguments: ["-c", "\(script); cat > /dev/null"])
    let flow = try LinkTrial.flow(Self.entry("https://a.example"))
    let refusal = try await linker.perform(.of(.typed, flow), report: { _ in }).refusal()
    #expect(refusal.diagnosis.cause == .internalFailure)
  }
}
