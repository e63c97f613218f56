import Basics
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// The commands that use a connection that was linked in a browser, against a provider that takes a refresh token that
/// comes twice for a theft.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct ConsentAccessTests {
  private let provider: LinkedProvider

  init() async throws { provider = try await LinkedProvider(UsherProgram()) }

  @Test func `a token is handed out as it was given, and renewed near its end`() throws {
    try provider.link(lifetime: 3600)
    let first = provider.run("token", "hub")
    #expect(first.text == "access-EXAMPLE-1\n", "\(first.errorText)")
    #expect(provider.server.lines.isEmpty)
    try provider.link(lifetime: 60)
    let next = provider.run("token", "hub")
    #expect(next.text == "access-EXAMPLE-3\n", "\(next.errorText)")
    #expect(provider.run("token", "hub").text == "access-EXAMPLE-3\n")
    #expect(provider.server.lines == ["POST /renew"])
    #expect(try provider.keptRefreshToken() == "refresh-EXAMPLE-3")
    // Of a renewal each refresh token is the last one's successor.
    #expect(provider.run("token", "hub", "--fresh").text == "access-EXAMPLE-4\n")
    #expect(provider.run("token", "hub", "--fresh").text == "access-EXAMPLE-5\n")
    #expect(provider.server.reuses == 0)
  }

  @Test func `fifty at once show the refresh token once`() throws {
    try provider.link(lifetime: 60)
    let command = UsherProgram.command(["token", "hub"] + provider.options)
      .joined(separator: " ")
    let result = ChildProcess.run(
      "/bin/sh", ["-c", "for number in $(seq 50); do \(command) & done; wait"],
      environment: provider.program.environment)
    let answers = result.text.split(separator: "\n")
    #expect(answers.count == 50, "\(result.errorText)")
    #expect(Set(answers) == ["access-EXAMPLE-2"])
    #expect(provider.server.lines == ["POST /renew"])
    #expect(provider.server.reuses == 0)
  }

  @Test func `a renewal that is refused says who has to do what, and loses nothing`() throws {
    try provider.link(lifetime: 1)
    provider.server.revoke()
    for _ in 0..<2 {
      let result = provider.run("token", "hub", "--min-valid", "5s")
      #expect(result.status == 5)
      #expect(result.text == "")
      #expect(
        result.errorText.contains("usher replace hub"), "\(result.errorText)")
    }
    #expect(provider.server.lines == ["POST /renew"])
    #expect(try provider.keptRefreshToken() == "refresh-EXAMPLE-1")
    let shown = provider.run("show", "hub").text
    #expect(shown.contains("last try: refused"), "\(shown)")
  }

  @Test func `without anything that renews it a token lives as long as it lives`() throws {
    try provider.link(lifetime: 600, isRenewable: false)
    let result = provider.run("token", "hub")
    #expect(result.text == "access-EXAMPLE-1\n")
    #expect(result.errorText.contains("gave nothing to renew the token with"))
    #expect(provider.run("show", "hub").text.contains("then a person has to agree again"))
    #expect(provider.run("token", "hub", "--fresh").status == 5)
    #expect(provider.server.lines.isEmpty)
  }

  @Test func `a request carries token and client, and renews the token once after a 401`() throws {
    try provider.link(lifetime: nil)
    provider.server.expireAccess()
    let result = provider.run("request", "hub", "/me")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text == "GET ")
    #expect(provider.server.lines == ["GET /me", "POST /renew", "GET /me"])
    let last = provider.server.requests.last
    #expect(last?.header("authorization") == "Bearer access-EXAMPLE-2")
    #expect(last?.header("x-client") == "client-EXAMPLE")
    #expect(last?.header("x-token") == "access-EXAMPLE-2")
    provider.server.expireAccess()
    provider.server.revoke()
    let refused = provider.run("request", "hub", "/me")
    #expect(refused.status == 5, "\(refused.errorText)")
    #expect(provider.server.lines.count == 5)
  }

  @Test func `header lines, variables and git's password hold the token, and no client's secret`()
    throws
  {
    try provider.link()
    let header = provider.run("token", "hub", "--header").text
    #expect(header.contains("authorization: Bearer access-EXAMPLE-1\n"))
    #expect(header.contains("x-client: client-EXAMPLE\n"))
    let run = provider.program.run(["run", "hub", "--", "env"])
    #expect(run.text.contains("HUB_ACCESS_TOKEN=access-EXAMPLE-1\n"), "\(run.errorText)")
    #expect(!run.text.contains(RotatingProvider.secret) && !run.text.contains("refresh-EXAMPLE"))
    let git = provider.run("git-credential", "hub", "get", input: "protocol=https\nhost=h\n\n")
    #expect(git.text == "username=oauth2\npassword=access-EXAMPLE-1\n", "\(git.errorText)")
  }

  @Test func `a password that git has seen refused is renewed, and what renews it stays`() throws {
    try provider.link()
    let erased = provider.run(
      "git-credential", "hub", "erase",
      input: "protocol=https\nusername=oauth2\npassword=access-EXAMPLE-1\n\n")
    #expect(erased.status == 0)
    #expect(try provider.keptRefreshToken() == "refresh-EXAMPLE-1")
    let next = provider.run("git-credential", "hub", "get", input: "protocol=https\nhost=h\n\n")
    #expect(next.text == "username=oauth2\npassword=access-EXAMPLE-2\n", "\(next.errorText)")
    #expect(provider.server.reuses == 0)
  }

  @Test func `what only a person gives again is not thrown away`() throws {
    try provider.link()
    let result = provider.run("token", "hub", "--forget")
    #expect(result.status == 2)
    #expect(result.errorText.contains("--fresh"), "\(result.errorText)")
    #expect(try provider.keptRefreshToken() == "refresh-EXAMPLE-1")
  }

  @Test func `its page names the application, and what is kept of its token`() throws {
    try provider.link()
    let shown = provider.run("show", "hub").text
    #expect(shown.contains("Application") && shown.contains("hub-app"), "\(shown)")
    #expect(shown.contains("renewed as needed"))
    let json = try Value(json: provider.run("show", "hub", "--json").text)
    #expect(json["application"] == .string("hub-app"))
    #expect(json["token"]?["renewal"] == .string("possible"))
    #expect(!"\(json)".contains("access-EXAMPLE"))
  }

  @Test func `a check asks what the entry names, with the token`() throws {
    try provider.link(verification: "/me")
    #expect(provider.run("check", "hub").text.contains("Hub takes the access token"))
    provider.server.expireAccess()
    #expect(provider.run("check", "hub").status == 0)
    #expect(provider.server.lines == ["GET /me", "GET /me", "POST /renew", "GET /me"])
    provider.server.expireAccess()
    provider.server.revoke()
    #expect(provider.run("check", "hub").status == 5)
  }

  @Test func `elsewhere a check renews the token`() throws {
    try provider.link()
    let renewed = provider.run("check", "hub")
    #expect(renewed.status == 0, "\(renewed.errorText)")
    #expect(renewed.text.contains("Hub has renewed the access token"))
    #expect(provider.server.lines == ["POST /renew"])
    provider.server.revoke()
    let refused = provider.run("check", "hub", "--json")
    #expect(refused.status == 5)
    let json = try Value(json: refused.text)
    #expect(json["checks"]?.list?.first?["diagnosis"] == .string("refused"))
    #expect(json["checks"]?.list?.first?["noted"] == .bool(true))
    #expect(refused.text.contains("usher replace hub"))
    // What is kept outlives both.
    #expect(try provider.keptRefreshToken() == "refresh-EXAMPLE-2")
  }

  @Test func `where nothing can be asked a check says so, and notes nothing`() throws {
    try provider.link(lifetime: nil, isRenewable: false)
    let result = provider.run("check", "hub")
    #expect(result.status == 0)
    #expect(result.text.contains("nothing was asked"))
    #expect(provider.server.lines.isEmpty)
    #expect(provider.run("list").text.contains("stored, not checked"))
  }
}
