import LoopbackSupport
import TestSupport
import Testing

/// Whole links, uses and renewals against an authorization server that nobody here wrote: it enforces PKCE, compares
/// redirect addresses letter by letter, rotates refresh tokens and ends everything where one is used twice.
@Suite(
  .enabled(if: AuthorizationServer.interpreter != nil, "needs Authlib and Flask"),
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct LinkFlowTests {
  @Test(arguments: ["post", "basic", "header", "public", "loose"])
  func `an account is linked, used and renewed`(_ slug: String) throws {
    let provider = try LinkingProvider()
    let link = try provider.link(slug, LinkingProvider.client(of: slug))
    try #require(link.status == 0, "\(link.errors)\n\(provider.server.log)")
    let usesProof = link.address?.contains("code_challenge_method=S256") == true
    #expect(usesProof == (slug != "loose"))
    #expect(provider.run("request", slug, "/userinfo").status == 0)
    let first = provider.run("token", slug).text
    #expect(first.count > 20)
    #expect(provider.run("token", slug).text == first, "what is kept is handed out again")
    let second = provider.run("token", slug, "--fresh")
    #expect(second.status == 0, "\(second.errorText)\n\(provider.server.log)")
    #expect(second.text != first)
    let third = provider.run("token", slug, "--fresh")
    #expect(third.status == 0 && third.text != second.text, "the refresh token was replaced")
    #expect(provider.run("request", slug, "/items").status == 0)
    for file in try provider.program.writtenFiles() {
      #expect(!file.holds(LinkingProvider.secret), "\(file.name)")
      #expect(!file.holds(first.filter { $0 != "\n" }), "\(file.name)")
    }
  }

  @Test func `an account is linked by a code on another device`() throws {
    let provider = try LinkingProvider { $0.deviceInterval = 1 }
    let command = UsherProgram.command(
      ["connect", "device", "--device", "--from", "-"] + provider.options)
    let errors = provider.program.home.file("errors")
    guard
      let running = RunningProgram(
        command[0], Array(command.dropFirst()), environment: provider.program.environment,
        errors: errors)
    else { throw LinkingProvider.NotStarted() }
    running.write("{\(LinkingProvider.client(of: "device"))}\n")
    let told = running.readLine()
    let line = try #require(
      told, "\(String(decoding: TextFile.read(errors) ?? [], as: UTF8.self))"
    ).split(separator: " ")
    #expect(line.count == 2)
    let page = try ConsentingBrowser(types: ["user_code": String(line.last ?? "")])
      .open(String(line.first ?? ""))
    #expect(page.status == 200, "\(page.text)")
    let status = running.finish()
    #expect(status == 0, "\(String(decoding: TextFile.read(errors) ?? [], as: UTF8.self))")
    #expect(provider.run("request", "device", "/userinfo").status == 0)
  }

  @Test func `an account is linked by OAuth 1.0a, and its requests are signed`() throws {
    let provider = try LinkingProvider()
    let link = try provider.link("signed", LinkingProvider.client(of: "signed"))
    #expect(link.status == 0, "\(link.errors)\n\(provider.server.log)")
    #expect(provider.run("request", "signed", "/oauth1/account").status == 0)
    let token = provider.run("token", "signed")
    #expect(token.status != 0 && token.errorText.contains("has no access token"))
  }

  @Test func `a refresh token that somebody has needs no browser`() throws {
    let provider = try LinkingProvider()
    #expect(try provider.link("post", LinkingProvider.client(of: "post")).status == 0)
    // What is kept is never handed out: the server's own log says which grants there were.
    let link = try provider.link(
      "post", LinkingProvider.client(of: "post") + #", "refresh_token": "never-given-EXAMPLE""#,
      ["--name", "other"])
    #expect(link.status == 5, "\(link.errors)")
    #expect(link.address == nil)
    #expect(provider.server.log.last?.contains("invalid_grant") == true)
    #expect(provider.run("list").text.contains("other") == false, "nothing was stored")
  }

  @Test func `whoever refuses, or is given less, is told so`() throws {
    let provider = try LinkingProvider()
    let refused = try provider.link(
      "post", LinkingProvider.client(of: "post"), browser: ConsentingBrowser(agrees: false))
    #expect(refused.status != 0 && refused.errors.contains("did not allow it"), "\(refused.errors)")
    #expect(!refused.errors.contains("state="))
    let less = try provider.link(
      "post", LinkingProvider.client(of: "post"), browser: ConsentingBrowser(keeps: ["profile"]))
    #expect(less.status == 0)
    #expect(less.errors.contains("Asked for and not granted: items"), "\(less.errors)")
    let answer = provider.run("request", "post", "/items")
    #expect(answer.status == 5, "\(answer.errorText)")
  }

  @Test func `an answer to another question, and a stale one, are refused`() throws {
    let provider = try LinkingProvider()
    let first = try provider.link("post", LinkingProvider.client(of: "post")) { address in
      address.replacing("state=", with: "state=x")
    }
    #expect(first.status != 0 && first.errors.contains("usher:"), "\(first.errors)")
    #expect(!provider.server.log.contains { $0.contains("/token") }, "no code was sent")
  }

  @Test func `however many ask at once, a refresh token is used once`() throws {
    let provider = try LinkingProvider()
    #expect(try provider.link("post", LinkingProvider.client(of: "post")).status == 0)
    #expect(provider.run("token", "post", "--fresh").status == 0)
    let before = provider.server.log.count { $0.contains("refresh_token") }
    let script = """
      for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
        "$0" token post --min-valid 120m --ca "$1" >/dev/null 2>&1 &
      done
      wait
      """
    let command = UsherProgram.command([provider.options[3]])
    let arguments = Array(command.dropLast(2)) + ["/bin/sh", "-c", script] + command.suffix(2)
    let all = ChildProcess.run(
      arguments[0], Array(arguments.dropFirst()), environment: provider.program.environment)
    #expect(all.status == 0)
    let after = provider.server.log.count { $0.contains("refresh_token") }
    #expect(after > before)
    #expect(
      !provider.server.log.contains { $0.contains("invalid_grant") }, "\(provider.server.log)")
    #expect(provider.run("token", "post", "--fresh").status == 0, "the family lives")
  }

  @Test func `an application stays with its provider, and is not lost to another`() throws {
    let provider = try LinkingProvider()
    let kept = try provider.link("post", LinkingProvider.client(of: "post"), ["--app", "basic"])
    #expect(kept.status == 0, "\(kept.errors)")
    // It has the name of another provider, and a secret that is not for that one.
    let nobody = try provider.link("basic", "")
    #expect(nobody.status != 0 && nobody.address == nil, "\(nobody.address ?? "")")
    let named = try provider.link("basic", #""app": "basic""#)
    #expect(named.errors.contains("belongs to post"), "\(named.errors)")
    #expect(named.address == nil)
    // Another application does not take its name.
    let other = try provider.link(
      "basic", LinkingProvider.client(of: "basic") + #", "app": "basic""#)
    #expect(other.status == 2 && other.errors.contains("is kept already"), "\(other.errors)")
    #expect(provider.run("apps", "list").text.contains("posting"))
  }

  @Test func `another client is not sent with the secret of one that is kept`() throws {
    let provider = try LinkingProvider()
    #expect(
      try provider.link("post", LinkingProvider.client(of: "post"), ["--app", "work"]).status == 0)
    let plan = try provider.link(
      "post", #""client_id": "open""#, ["--replace", "--dry-run", "--reveal"])
    #expect(plan.status == 0, "\(plan.errors)")
    let text = (plan.address ?? "") + plan.output
    #expect(text.contains("open") && !text.contains("s3cr"), "\(text)")
  }

  @Test func `what cannot be is no success, and what is kept has one meaning`() throws {
    let provider = try LinkingProvider()
    let device = try provider.link("post", LinkingProvider.client(of: "post"), ["--device"])
    #expect(device.status != 0 && device.errors.contains("Nothing was stored"), "\(device.errors)")
    #expect(try provider.link("post", LinkingProvider.client(of: "post")).status == 0)
    let get = provider.program.run(["get", "post"])
    #expect(get.status == 2 && get.text.isEmpty)
    #expect(get.errorText.contains("usher token post"), "\(get.errorText)")
    let shown = provider.program.run(["show", "post"]).text
    #expect(shown.contains("profile, items") && !shown.contains("oauth_scopes"), "\(shown)")
  }
}
