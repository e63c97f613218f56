import Basics
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `usher token`: what goes to a pipe, in which form, and what never does.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct TokenCommandTests {
  private let provider: AccessProvider

  init() async throws { provider = try await AccessProvider(UsherProgram()) }

  @Test func `one token and a line end, got once and kept`() {
    provider.link("acme")
    for _ in 0..<3 {
      let result = provider.run("token", "acme")
      #expect(result.text == "token-EXAMPLE-1\n", "\(result.errorText)")
      #expect(result.status == 0)
      #expect(result.errorText == "")
    }
    #expect(provider.state.tokens == 1)
    #expect(provider.run("token", "acme", "--fresh").text == "token-EXAMPLE-2\n")
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-2\n")
    // Nothing has so long a life, but a new one may.
    #expect(provider.run("token", "acme", "--min-valid", "59m").text == "token-EXAMPLE-2\n")
  }

  @Test func `what is kept can be thrown away`() {
    provider.link("acme")
    #expect(provider.run("token", "acme", "--forget").text.contains("No token was kept"))
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-1\n")
    #expect(provider.run("token", "acme", "--forget").text.contains("Threw away"))
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-2\n")
  }

  @Test func `as JSON it has its end and its type`() throws {
    provider.link("acme")
    let result = provider.run("token", "acme", "--json")
    let json = try Value(json: result.text)
    #expect(json["token"] == .string("token-EXAMPLE-1"))
    #expect(json["type"] == .string("Bearer"))
    let end = try #require(json["expires_at"]?.text.flatMap { Timestamp($0) })
    #expect(end > .now())
    #expect(result.text.hasSuffix("}\n"))
  }

  @Test func `a role of AWS has three values, and says how they are printed`() throws {
    provider.link("cloud")
    let plain = provider.run("token", "cloud")
    #expect(plain.status == 2)
    #expect(plain.text == "")
    #expect(plain.errorText.contains("--json") && plain.errorText.contains("--format aws"))
    let json = try Value(json: provider.run("token", "cloud", "--json").text)
    #expect(json["access_key_id"] == .string("ASIAEXAMPLE"))
    #expect(json["secret_access_key"] == .string("temporary/EXAMPLE"))
    #expect(json["session_token"] == .string("session/EXAMPLE+=="))
    #expect(json["expires_at"] == .string("2099-01-01T00:00:00Z"))
    #expect(json["token"] == nil)
    #expect(
      provider.run("token", "cloud", "--format", "aws").text == """
        {"Version":1,"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"temporary/EXAMPLE",\
        "SessionToken":"session/EXAMPLE+==","Expiration":"2099-01-01T00:00:00Z"}

        """)
    provider.link("acme")
    #expect(provider.run("token", "acme", "--format", "aws").status == 2)
  }

  @Test func `header lines come out for every mode, also for one without a token`() {
    provider.link("acme", "depot", "forge")
    #expect(
      provider.run("token", "acme", "--header").text.contains(
        "authorization: Bearer token-EXAMPLE-1\n"))
    #expect(provider.run("token", "depot", "--header").text == "x-api-key: api-key-EXAMPLE\n")
    #expect(
      provider.run("token", "forge", "--header").text.hasPrefix("authorization: Basic "))
    provider.link("cloud")
    let signed = provider.run("token", "cloud", "--header")
    #expect(signed.status == 1)
    #expect(signed.text == "")
  }

  @Test func `a token that is signed here is made anew, and nobody is asked`() throws {
    provider.link("press")
    let token = provider.run("token", "press").text
    #expect(token.hasPrefix("ey") && token.hasSuffix("\n"))
    #expect(token.count { $0 == "." } == 2)
    let json = try Value(json: provider.run("token", "press", "--json").text)
    #expect(json["expires_at"]?.text.flatMap { Timestamp($0) }.map { $0 > .now() } == true)
    #expect(provider.run("token", "press", "--header").text.hasPrefix("authorization: Ghost ey"))
    #expect(provider.program.run(["show", "press"]).text.contains("signed anew each time"))
    let run = provider.program.run(["run", "press", "--", "env"])
    #expect(run.text.contains("PRESS_ACCESS_TOKEN=ey"), "\(run.errorText)")
    #expect(run.errorText.contains("ends in "), "it lives five minutes")
    #expect(!run.text.contains(AccessProvider.signingKey))
    #expect(provider.server.requests.isEmpty)
  }

  @Test func `what is kept outlives a check, and goes with the values`() {
    provider.link("acme")
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-1\n")
    // It gets a token of its own, and throws it away.
    #expect(provider.run("check", "acme").status == 0)
    #expect(provider.state.tokens == 2)
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-1\n")
    // With a client of another name: the same values once more would change nothing.
    provider.link("acme", replacing: true)
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-3\n")
    #expect(provider.program.run(["remove", "acme", "--yes"]).status == 0)
    provider.link("acme")
    #expect(provider.program.run(["show", "acme"]).text.contains("none is kept"))
  }

  @Test(.enabled(if: Tool.path("curl") != nil, "needs curl"), arguments: ["acme", "depot"])
  func `curl takes the header lines`(slug: String) {
    provider.link(slug)
    let usher = UsherProgram.command([]).joined(separator: " ")
    let ca = provider.options.joined(separator: " ")
    let result = ChildProcess.run(
      "/bin/sh",
      [
        "-c",
        "\(usher) token \(slug) --header \(ca) | curl -sS --cacert \(provider.options[1]) "
          + "-H @- https://localhost:\(provider.server.port)/v1/me",
      ], environment: provider.program.environment)
    #expect(result.text == #"{"name": "Ann"}"#, "\(result.errorText)")
  }

  @Test func `a connection without a token says so, and what hands out its value`() {
    provider.link("depot")
    let result = provider.run("token", "depot")
    #expect(result.status == 2)
    #expect(result.text == "")
    #expect(result.errorText.contains("has no access token"))
    #expect(result.errorText.contains("usher get"))
  }

  @Test func `what the provider refuses ends with its code, and with nothing on standard output`() {
    provider.link("acme")
    let changed = provider.program.run(
      [
        "connect", "acme", "--name", "wrong", "--guides", provider.program.home.file("guides"),
        "--from", "-", "--no-check",
      ],
      input:
        #"{"credentials": {"client_id": "c", "client_secret": "no-EXAMPLE"}, "params": {"tenant": "n"}}"#
    )
    #expect(changed.status == 0, "\(changed.errorText)")
    let result = provider.run("token", "acme/wrong")
    #expect(result.status == 5)
    #expect(result.text == "")
    #expect(!result.errorText.contains("no-EXAMPLE"))
  }

  @Test(arguments: [
    "token acme", "token acme --json", "token acme --header", "git-credential acme get",
  ])
  func `a terminal gets nothing unless it is meant`(line: String) throws {
    provider.link("acme")
    let terminal = try #require(
      provider.program.start(line.split(separator: " ").map(String.init) + provider.options))
    #expect(terminal.waitForEnd() == 2)
    #expect(terminal.screen.text.contains("a secret is not printed to a terminal"))
    #expect(!terminal.screen.text.contains("token-EXAMPLE"))
    #expect(provider.state.tokens == 0)
  }

  @Test func `a terminal gets it with --reveal`() throws {
    provider.link("acme")
    let terminal = try #require(
      provider.program.start(["token", "acme", "--reveal"] + provider.options))
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.screen.text.contains("token-EXAMPLE-1"))
  }

  @Test func `show tells what is kept and until when, and not what it is`() throws {
    provider.link("acme")
    let before = provider.program.run(["show", "acme"]).text
    #expect(before.contains("none is kept"), "\(before)")
    #expect(before.contains("ACME_ACCESS_TOKEN is accessToken"))
    #expect(before.contains("credentials.client_id, credentials.client_secret"))
    _ = provider.run("token", "acme")
    let after = provider.program.run(["show", "acme"]).text
    #expect(after.contains("kept, valid until 20"), "\(after)")
    let json = try Value(json: provider.program.run(["show", "acme", "--json"]).text)
    #expect(json["token"]?["kept"] == .bool(true))
    #expect(json["token"]?["expires"]?.text.flatMap { Timestamp($0) } != nil)
    #expect(json["variables"]?["accessToken"] == .string("ACME_ACCESS_TOKEN"))
    #expect(json["variables"]?["params.tenant"] == .string("ACME_TENANT"))
    #expect(
      json["only_by_env"]?.list
        == [.string("credentials.client_id"), .string("credentials.client_secret")])
    #expect(!(before + after + json.json).contains("token-EXAMPLE"))
  }
}
