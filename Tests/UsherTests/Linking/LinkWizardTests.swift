import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// Somebody at a terminal who links accounts with a person's consent: through the built program, to the stored record.
@Suite(
  .enabled(if: AuthorizationServer.interpreter != nil, "needs Authlib and Flask"),
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct LinkWizardTests {
  private let provider: LinkingProvider

  init() throws {
    provider = try LinkingProvider()
    // The application is kept with the first account.
    let first = try provider.link("post", LinkingProvider.client(of: "post"), ["--app", "work"])
    #expect(first.status == 0, "\(first.errors)")
  }

  private var arguments: [String] { ["connect", "post", "--name", "second"] + provider.options }

  private func start() throws -> PseudoTerminal {
    try #require(provider.program.start(arguments, columns: 100, rows: 40))
  }

  /// The address on rows of its own, from their first column on.
  private func address(on terminal: PseudoTerminal) throws -> String {
    let rows = terminal.screen.text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(
      rows.firstIndex { $0.hasPrefix("https://") }, "\(terminal.screen.text)")
    return rows[start...].prefix { !$0.allSatisfy { $0 == " " } }
      .map { $0.filter { $0 != " " } }.joined()
  }

  @Test func `with a kept application it takes one paste and three keys`() throws {
    let terminal = try start()
    #expect(terminal.wait(for: "Link Post"))
    #expect(terminal.screen.text.contains("work"), "the application is named")
    #expect(terminal.pressEnter(until: "Which rights"))
    #expect(terminal.pressEnter(until: "Agree at Post"))
    let page = try ConsentingBrowser().open(
      try address(on: terminal), redirect: LinkingProvider.redirect)
    terminal.type("\u{1B}[200~\(page.address)\u{1B}[201~")
    #expect(terminal.wait(for: "characters"))
    #expect(terminal.pressEnterAfterPaste(until: "Post is linked"), "\(terminal.screen.text)")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
    let code = page.address.split(separator: "code=").last?.split(separator: "&").first ?? ""
    #expect(code.count > 10)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains(code))
    #expect(provider.run("request", "post/second", "/userinfo").status == 0)
    #expect(provider.run("apps", "list").text.contains("work"))
  }

  @Test func `the same in lines`() throws {
    let terminal = try #require(
      provider.program.start(arguments + ["--plain"], columns: 100, rows: 40))
    #expect(terminal.wait(for: "Link Post"))
    terminal.type("\r")
    #expect(terminal.wait(for: "Enter to go on"))
    terminal.type("\r")
    #expect(terminal.wait(for: "hidden"), "\(terminal.screen.text)")
    let text = String(decoding: terminal.output, as: UTF8.self)
    let line = try #require(
      text.split(whereSeparator: \.isNewline).last { $0.hasPrefix("https://") }, "\(text)")
    let page = try ConsentingBrowser().open(
      String(line), redirect: LinkingProvider.redirect)
    terminal.type(page.address + "\r")
    #expect(terminal.wait(for: "is linked"), "\(terminal.screen.text)")
    #expect(terminal.waitForEnd() == 0)
    #expect(provider.run("token", "post/second").status == 0)
  }

  @Test(.enabled(if: ConsentingBrowser.chromium != nil, "needs chromium"))
  func `a real browser that comes back by itself needs no paste`() throws {
    let terminal = try start()
    #expect(terminal.wait(for: "Link Post"))
    #expect(terminal.pressEnter(until: "Which rights"))
    #expect(terminal.pressEnter(until: "listens at 127.0.0.1:8976"))
    let page = try ConsentingBrowser().openInChromium(try address(on: terminal))
    #expect(page.status == 200)
    #expect(page.text.contains("terminal"), "\(page.text)")
    #expect(terminal.wait(for: "Post is linked"), "\(terminal.screen.text)")
    #expect(terminal.waitForEnd() == 0)
    #expect(provider.run("request", "post/second", "/userinfo").status == 0)
  }

  @Test(
    .enabled(if: SSHServer.isAvailable && Tool.path("curl") != nil, "needs sshd, ssh and curl"))
  func `a browser elsewhere comes back through the tunnel that is offered`() throws {
    let ssh = try #require(Tool.path("ssh"))
    let server = try #require(SSHServer())
    let variables = provider.program.environment.map { "\($0.key)='\($0.value)'" }
    let command = UsherProgram.command(arguments).map { "'\($0)'" }.joined(separator: " ")
    // The other machine is this one, under another address.
    let tunnel = ["-L", "127.0.0.2:8976:127.0.0.1:8976"]
    let terminal = try #require(
      PseudoTerminal(
        ssh,
        tunnel + server.arguments(for: "env \(variables.joined(separator: " ")) \(command)"),
        environment: ["HOME": provider.program.home.path], columns: 100, rows: 40))
    #expect(terminal.wait(for: "Link Post"))
    #expect(terminal.pressEnter(until: "Which rights"))
    #expect(terminal.pressEnter(until: "ssh -N -L 8976:127.0.0.1:8976"), "\(terminal.screen.text)")
    let page = try ConsentingBrowser().open(
      try address(on: terminal), redirect: LinkingProvider.redirect)
    let curl = try #require(Tool.path("curl"))
    let orders = "url = \"\(page.address)\"\nconnect-to = \"127.0.0.1:8976:127.0.0.2:8976\"\n"
    let answer = ChildProcess.run(curl, ["-sS", "--config", "-"], input: Array(orders.utf8))
    #expect(answer.text.contains("terminal"), "\(answer.text) \(answer.errorText)")
    #expect(terminal.wait(for: "Post is linked"), "\(terminal.screen.text)")
    #expect(terminal.waitForEnd() == 0)
    #expect(provider.run("token", "post/second").status == 0)
  }

  @Test func `a cut line costs one more consent and nothing else`() throws {
    let first = try start()
    #expect(first.wait(for: "Link Post"))
    #expect(first.pressEnter(until: "Which rights"))
    #expect(first.pressEnter(until: "Agree at Post"))
    let before = try ConsentingBrowser().open(
      try address(on: first), redirect: LinkingProvider.redirect)
    first.hangUp()
    #expect(PseudoTerminal.waitForEnd(of: first.process))

    let second = try start()
    #expect(second.wait(for: "Link Post"))
    #expect(second.pressEnter(until: "Which rights"))
    #expect(second.pressEnter(until: "Agree at Post"))
    // What the browser brought before belongs to a question that is gone.
    second.type("\u{1B}[200~\(before.address)\u{1B}[201~")
    #expect(second.wait(for: "characters"))
    #expect(second.pressEnterAfterPaste(until: "✗"), "\(second.screen.text)")
    let page = try ConsentingBrowser().open(
      try address(on: second), redirect: LinkingProvider.redirect)
    second.type("\u{15}\u{1B}[200~\(page.address)\u{1B}[201~")
    #expect(second.wait { !$0.text.contains("✗") })
    #expect(second.pressEnterAfterPaste(until: "Post is linked"), "\(second.screen.text)")
    #expect(second.waitForEnd() == 0)
  }
}
