import Basics
import LoopbackSupport
import TestSupport
import Testing

/// `usher remove`, and what becomes of the key at the provider.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(3)))
struct RemoveTests {
  private let program = UsherProgram()

  /// Links an account of a provider whose keys take themselves back.
  private func link(
    at server: LoopbackServer, as name: String = "default",
    key: String = "dpt-1234567890abcdefEXAMPLE", more: [String] = []
  ) throws {
    let guides = program.home.file("guides")
    let entry = """
      {"display_name": "Depot", "auth_mode": "API_KEY",
      "proxy": {"base_url": "https://localhost:\(server.port)",
      "headers": {"authorization": "Bearer ${apiKey}"},
      "verification": {"method": "GET", "endpoints": ["/me"]}},
      "credentials": {"apiKey": {"type": "string", "title": "API key", "secret": true}},
      "usher": {"revoke": {"page": "https://depot.example/keys", "method": "DELETE", "url": "/key"}}}
      """
    try TestProvider.write(
      try #require(Value(json: entry).map), slug: "depot", below: guides)
    let linked = program.run(
      ["connect", "depot", "--name", name, "--from", "-", "--no-check", "--guides", guides] + more,
      input: #"{"credentials": {"apiKey": "\#(key)"}}"#)
    #expect(linked.status == 0, "\(linked.errorText)")
  }

  private var authority: [String] { ["--ca", TestProvider.authority(for: program)] }

  private var isLinked: Bool { program.run(["get", "depot"]).status == 0 }

  @Test func `--revoke takes the key back before it is removed`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(204) }
    try link(at: server)
    let result = program.run(["remove", "depot", "--yes", "--revoke"] + authority)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(
      result.text == """
        Revoked the key at Depot: it is good for nothing any more.
        Removed depot/default.

        """)
    #expect(server.requests.map { "\($0.method) \($0.target)" } == ["DELETE /key"])
    #expect(!isLinked)
    await server.stop()
  }

  @Test func `an earlier key that is kept goes with it, and is told of where it does not`()
    async throws
  {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(204) }
    for (name, options) in [("default", ["--revoke"]), ("other", [])] {
      try link(at: server, as: name)
      try link(
        at: server, as: name, key: "dpt-0987654321-\(name)-EXAMPLE", more: ["--replace"])
      let result = program.run(["remove", "depot/\(name)", "--yes"] + options + authority)
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.text.contains("earlier key"), "\(result.text)")
      #expect(server.requests.count == 2)
    }
    let keys = Set(server.requests.map { $0.header("authorization") ?? "" })
    #expect(keys.count == 2)
    await server.stop()
  }

  @Test func `a key that another connection goes by is not revoked`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(204) }
    try link(at: server)
    try link(at: server, as: "twin")
    let result = program.run(["remove", "depot/default", "--yes", "--revoke"] + authority)
    #expect(result.status == 2, "\(result.text)")
    #expect(result.errorText.contains("depot/twin goes by the same one"))
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test(arguments: [(403, Int32(5)), (503, 6)])
  func `where the provider does not nothing is removed`(status: Int, code: Int32) async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(status) }
    try link(at: server)
    let result = program.run(["remove", "depot", "--yes", "--revoke"] + authority)
    #expect(result.status == code, "\(result.errorText)")
    #expect(result.errorText.contains("nothing was removed"))
    #expect(result.errorText.contains("https://depot.example/keys"))
    #expect(isLinked)
    await server.stop()
  }

  @Test func `--yes alone revokes nothing and says where it is done`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(204) }
    try link(at: server)
    let dry = program.run(["remove", "depot", "--dry-run"])
    #expect(dry.text.contains("DELETE") && dry.text.contains("/key"), "\(dry.text)")
    #expect(!dry.text.contains("dpt-1234567890") && isLinked)
    let result = program.run(["remove", "depot", "--yes"] + authority)
    #expect(result.status == 0)
    #expect(result.text.contains("The key is still valid at the provider."))
    #expect(result.text.contains("https://depot.example/keys"))
    #expect(server.requests.isEmpty && !isLinked)
    await server.stop()
  }

  @Test func `--revoke where nothing is known of it is an error, and nothing is removed`() {
    #expect(
      program.run(
        ["connect", "tally", "--from", "-", "--no-check"],
        input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
      ).status == 0)
    let result = program.run(["remove", "tally", "--yes", "--revoke"])
    #expect(result.status == 1)
    #expect(result.errorText.contains("https://tally.so/settings/api-keys"))
    #expect(program.run(["get", "tally"]).status == 0)
  }

  @Test func `on a terminal it is offered, and a failure asks once more`() async throws {
    let server = try await LoopbackServer(.tls(.right)) { _ in .answer(503) }
    try link(at: server)
    let terminal = try #require(program.start(["remove", "depot"] + authority))
    #expect(terminal.wait(for: "Remove depot/default (Depot)? [y/N]"))
    terminal.type("y\r")
    #expect(terminal.wait(for: "Revoke the key at Depot too? [y/N]"))
    terminal.type("y\r")
    #expect(terminal.wait(for: "Remove depot/default all the same? [y/N]"))
    #expect(terminal.screen.text.contains("depot.example/keys"))
    terminal.type("n\r")
    #expect(terminal.waitForEnd() == 3)
    #expect(isLinked)
    await server.stop()
  }
}

/// The same for accounts that a person agreed to, at a server that nobody here wrote.
@Suite(
  .enabled(if: AuthorizationServer.interpreter != nil, "needs Authlib and Flask"),
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct RemoveLinkedTests {
  @Test(arguments: ["posting", "header"])
  func `the tokens of an account are taken back`(client: String) throws {
    let provider = try LinkingProvider()
    let more = client == "header" ? #""authorization_method": "header","# : ""
    try provider.add(
      "hub",
      """
      {"display_name": "Hub", "auth_mode": "OAUTH2", "authorization_url": "SERVER/authorize",
       "token_url": "SERVER/token", "default_scopes": ["profile"], \(more)
       "proxy": {"base_url": "SERVER"}, "usher": {"revoke": {"token_url": "SERVER/revoke"}}}
      """)
    let link = try provider.link(
      "hub", LinkingProvider.client(of: client == "header" ? "header" : "post"))
    #expect(link.status == 0, "\(link.errors)")
    let result = provider.run("remove", "hub", "--yes", "--revoke")
    #expect(result.status == 0, "\(result.errorText)\n\(provider.server.log)")
    #expect(result.text.contains("Revoked the access at Hub"))
    let revocations = provider.server.log.filter { $0.contains("/revoke") }
    #expect(revocations.count == 2 && revocations.allSatisfy { $0.contains("200") })
    #expect(provider.run("show", "hub").status == 8)
  }
}
